#include "model/kind_set.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace launchgate {
namespace {

using Text = std::optional<std::string>;

struct List {
  Text DeclaredKind::*declared;
  Words Kind::*row;
};
constexpr std::array<List, 8> lists{{{&DeclaredKind::versions, &Kind::versions},
                                     {&DeclaredKind::pod_templates, &Kind::pod_templates},
                                     {&DeclaredKind::images, &Kind::images},
                                     {&DeclaredKind::models, &Kind::models},
                                     {&DeclaredKind::arguments, &Kind::arguments},
                                     {&DeclaredKind::environment, &Kind::environment},
                                     {&DeclaredKind::rollout, &Kind::rollout},
                                     {&DeclaredKind::ignored, &Kind::ignored}}};

void join(Text& into, const Text& more) {
  if (!more) return;
  if (!into) into.emplace();
  for (auto word : Words{std::string_view{*more}})
    if (!Words{std::string_view{*into}}.holds(word))
      into->append(into->empty() ? "" : " ").append(word.empty() ? "." : word);
}

// As Kubernetes guesses it where nobody says (meta.UnsafeGuessKindToResource).
std::string plural_of(std::string_view kind) {
  auto out = lower(kind);
  if (out.back() == 's') return out + "es";
  if (out.back() == 'y') return out.replace(out.size() - 1, 1, "ies");
  return out + "s";
}

}  // namespace

struct KindSet::Row {
  DeclaredKind texts;
  Kind kind;

  explicit Row(DeclaredKind declared) : texts(std::move(declared)) {
    if (const Kind* known = find_kind(texts.group, texts.kind)) kind = *known;
    if (texts.plural.empty()) texts.plural = kind.plural.empty() ? plural_of(texts.kind) : std::string{kind.plural};
    kind.group = texts.group;
    kind.kind = texts.kind;
    kind.plural = texts.plural;
    for (const List& list : lists)
      if (const auto& text = texts.*list.declared) kind.*list.row = Words{std::string_view{*text}};
    if (texts.posture) kind.posture = *texts.posture;
    if (!kind.rollout.empty()) return;
    // Where nobody says what a rollout is, it is whatever is looked at.
    texts.rollout.emplace();
    for (const Words* looked_at : {&kind.pod_templates, &kind.images, &kind.models, &kind.arguments, &kind.environment})
      join(texts.rollout, std::string{looked_at->text()});
    kind.rollout = Words{std::string_view{*texts.rollout}};
  }
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
};

KindSet::KindSet(const std::vector<const DeclaredKind*>& declared) {
  std::vector<DeclaredKind> together;
  for (const DeclaredKind* d : declared) {
    const auto same = std::find_if(together.begin(), together.end(),
                                   [&](const DeclaredKind& t) { return t.group == d->group && t.kind == d->kind; });
    if (same == together.end()) {
      together.push_back(*d);
      continue;
    }
    for (const List& list : lists) join((*same).*list.declared, d->*list.declared);
    if (same->plural.empty()) same->plural = d->plural;
    if (d->posture) same->posture = std::max(same->posture.value_or(*d->posture), *d->posture);
  }
  for (DeclaredKind& d : together) own_.push_back(std::make_shared<const Row>(std::move(d)));
}

const Kind* KindSet::find_own(std::string_view group, std::string_view kind) const {
  for (const auto& row : own_)
    if (row->kind.kind == kind && row->kind.group == group) return &row->kind;
  return find_kind(group, kind);
}

std::vector<const Kind*> KindSet::all() const {
  std::vector<const Kind*> out;
  for (const Kind& row : kinds_table()) out.push_back(find(row.group, row.kind));
  for (const auto& row : own_)
    if (!find_kind(row->kind.group, row->kind.kind)) out.push_back(&row->kind);
  return out;
}

std::optional<std::string> fault_of(const DeclaredKind& declared) {
  if (!find_kind(declared.group, declared.kind) && declared.posture != KindPosture::Ignore) {
    const bool looks = declared.pod_templates || declared.images || declared.models;
    if (!looks)
      return "is not built in, and says nowhere what to look at: name podTemplatePaths, imagePaths or modelPaths";
  }
  const KindSet set{{&declared}};
  return fault_of(*set.find(declared.group, declared.kind));
}

}  // namespace launchgate
