#include "model/kinds.h"

#include <algorithm>
#include <array>

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 3> postures{"ignore", "audit", "gate"};

// A path that ends in a key: only a member can be left out of what is around it.
bool ends_in_a_key(std::string_view path) { return !path.empty() && path.back() != ']' && path.back() != '}'; }

// Whatever `path` names lies below what `root` names.
bool reaches(std::string_view root, std::string_view path) {
  if (root.empty()) return true;
  if (path.substr(0, root.size()) != root) return false;
  return path.size() == root.size() || std::string_view{".[{"}.find(path[root.size()]) != std::string_view::npos;
}

struct Condition {
  std::string_view path, words;
  char how = 0;  // '=', '~', or 0: it is there
};
Condition parse_condition(std::string_view text) {
  const auto at = text.find_first_of("=~");
  if (at == std::string_view::npos) return {text, {}, 0};
  return {text.substr(0, at), text.substr(at + 1), text[at]};
}

bool holds(const Condition& c, Node value) {
  if (!c.how) return true;
  for (auto words = c.words; !words.empty();) {
    const auto word = words.substr(0, words.find('|'));
    if (c.how == '=' ? value.text() == word : value.text().find(word) != std::string_view::npos) return true;
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return false;
}

std::optional<std::string> bad_reference(Words references) {
  for (auto text : references)
    if (const auto r = parse_reference(text); r.kind.empty() || !is_valid_path(r.path))
      return "\"" + std::string{text} + "\" is no reference: expected path>Kind.group";
  return {};
}

std::optional<std::string> bad_path(const Kind& k) {
  for (const Paths* list : {&k.pod_templates, &k.images, &k.models, &k.arguments, &k.environment, &k.tools, &k.rollout,
                            &k.ignored, &k.selects})
    for (auto path : *list)
      if (!is_valid_path(path))
        return "\"" + std::string{path} +
               "\" is no path: expected keys with dots between them, [] for each element, {*} " +
               "for each value, such as spec.roles[].template";
  for (auto text : k.llm_if)
    if (const auto c = parse_condition(text); !is_valid_path(c.path) || (c.how && c.words.empty()))
      return "\"" + std::string{text} + "\" is no condition";
  return {};
}

// Whatever a gate reads must be part of the rollout: else it could be changed unseen.
std::optional<std::string> unreached(const Kind& k) {
  for (const Paths* list : {&k.pod_templates, &k.images, &k.models, &k.arguments, &k.environment, &k.tools})
    for (auto path : *list) {
      bool found = false;
      for (auto root : k.rollout) found |= reaches(root, path) || reaches(path, root);
      if (!found) return "\"" + std::string{path} + "\" is part of no rollout path";
    }
  for (auto path : k.ignored) {
    bool found = false;
    for (auto root : k.rollout) found |= reaches(root, path) && path != root;
    if (!found) return "\"" + std::string{path} + "\" is ignored, and lies below no rollout path";
    if (!ends_in_a_key(path)) return "\"" + std::string{path} + "\" is ignored, and does not end in a key";
  }
  return {};
}

}  // namespace

std::string_view to_string(KindPosture posture) { return postures[static_cast<std::size_t>(posture)]; }

std::optional<KindPosture> parse_kind_posture(std::string_view text) {
  const auto at = std::find(postures.begin(), postures.end(), text);
  if (at == postures.end()) return {};
  return static_cast<KindPosture>(at - postures.begin());
}

const Kind* find_kind(std::string_view group, std::string_view kind) {
  for (const Kind& row : kinds_table())
    if (row.kind == kind && row.group == group) return &row;
  return nullptr;
}

std::size_t kind_position(const Kind* kind) {
  const auto table = kinds_table();
  const Kind* row = kind ? find_kind(kind->group, kind->kind) : nullptr;
  return row ? static_cast<std::size_t>(row - table.data()) : table.size();
}

std::vector<std::string> kind_labels() {
  std::vector<std::string> labels;
  for (const Kind& kind : kinds_table()) {
    std::string label{kind.kind};
    if (std::find(labels.begin(), labels.end(), label) != labels.end()) label.append(".").append(kind.group);
    labels.push_back(std::move(label));
  }
  return labels;
}

std::string_view group_of(std::string_view api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string_view::npos ? std::string_view{} : api_version.substr(0, slash);
}

std::string qualified(const Kind& kind) {
  std::string out{kind.kind};
  if (!kind.group.empty()) out.append(".").append(kind.group);
  return out;
}

Reference parse_reference(std::string_view text) {
  const auto arrow = text.find('>');
  if (arrow == std::string_view::npos || arrow == 0) return {};
  const auto target = text.substr(arrow + 1), kind = target.substr(0, target.find('.'));
  return {text.substr(0, arrow), kind,
          kind.size() < target.size() ? target.substr(kind.size() + 1) : std::string_view{}};
}

std::string_view says_llm(const Kind& kind, Node object) {
  for (auto text : kind.llm_if) {
    const Condition c = parse_condition(text);
    bool met = false;
    walk(object, c.path, [&](Node value) { met |= holds(c, value); });
    if (met) return text;
  }
  return {};
}

std::optional<std::string> fault_of(const Kind& k) {
  if (k.gated() && k.rollout.empty()) return "nothing of it would ever be a rollout";
  if (auto bad = bad_path(k)) return bad;
  if (auto bad = unreached(k)) return bad;
  for (const Words* list : {&k.instance_of, &k.depends_on})
    if (auto bad = bad_reference(*list)) return bad;
  return {};
}

}  // namespace launchgate
