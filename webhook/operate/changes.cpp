#include "operate/changes.h"

#include <algorithm>
#include <unordered_set>

#include "model/kinds.h"
#include "verdict/dependencies.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

class Comparison {
 public:
  Comparison(const Snapshot& before, const Snapshot& now) : before_(before), now_(now) {}

  Changes run() {
    compare_policies();
    compare_namespaces();
    compare_reviews();
    compare_objects();
    compare_words(before_.waivers, now_.waivers);
    compare_words(before_.approvals, now_.approvals);
    return std::move(out_);
  }

 private:
  void compare_policies() {
    const bool same =
        std::equal(before_.policies.begin(), before_.policies.end(), now_.policies.begin(), now_.policies.end(),
                   [](const Policy& a, const Policy& b) { return a.object == b.object; });
    if (same) return;
    out_.policies = true;
    // Our own writing of their status is no reason to judge the world again.
    out_.all = !std::equal(before_.policies.begin(), before_.policies.end(), now_.policies.begin(), now_.policies.end(),
                           [](const Policy& a, const Policy& b) {
                             return a.name == b.name && a.object && b.object &&
                                    launchgate::same(a.object->root()["spec"], b.object->root()["spec"]);
                           });
  }

  void compare_namespaces() {
    for (const auto& [name, labels] : now_.namespaces) {
      const auto old = before_.namespaces.find(name);
      if (old != before_.namespaces.end() &&
          (old->second == labels || launchgate::same(old->second->root(), labels->root())))
        continue;
      out_.namespaces.insert(name);
      out_.policies = true;
    }
    out_.policies |= before_.namespaces.size() != now_.namespaces.size();
  }

  void compare_reviews() {
    auto old = before_.reviews.begin();
    auto fresh = now_.reviews.begin();
    while (old != before_.reviews.end() || fresh != now_.reviews.end()) {  // both are sorted
      const int order = old == before_.reviews.end() ? 1 : fresh == now_.reviews.end() ? -1 : compare(**old, **fresh);
      if (order < 0) gone(**old++);
      else if (order > 0) out_.reviews.insert(key_of(**fresh)), covers(**fresh), ++fresh;
      else {
        if (*old != *fresh) changed(**old, **fresh);
        ++old, ++fresh;
      }
    }
  }
  static int compare(const Review& a, const Review& b) {
    const int by_ns = a.ns.compare(b.ns);
    return by_ns ? by_ns : a.name.compare(b.name);
  }
  void gone(const Review& review) {
    out_.gone.insert(key_of(review));
    covers(review);
  }
  void changed(const Review& old, const Review& fresh) {
    out_.reviews.insert(key_of(fresh));
    const bool same_covers =
        launchgate::same(old.object->root()["spec"]["covers"], fresh.object->root()["spec"]["covers"]);
    if (!same_covers) covers(old), covers(fresh);
  }
  // Other reviews that cover the same: two that do are a finding of both. And what nobody covers any more.
  void covers(const Review& review) {
    for (const WorldObject* o : covered_workloads(now_, review)) touch(*o);
  }

  void touch(const WorldObject& o) {
    out_.workloads.push_back(&o);
    for (const Review* r : covering_reviews(now_, Workload::view(o.object->root(), o.ns, o.name, &now_.kinds)))
      out_.reviews.insert(key_of(*r));
  }

  // Waivers and approvals: what people said of the reviews of a namespace.
  template <class Words>
  void compare_words(const Words& before, const Words& now) {
    std::unordered_set<const Doc*> old, fresh;
    for (const auto& w : before) old.insert(w->object.get());
    for (const auto& w : now) fresh.insert(w->object.get());
    for (const auto& w : now)
      if (!old.count(w->object.get())) out_.namespaces.insert(w->ns);
    for (const auto& w : before)
      if (!fresh.count(w->object.get())) out_.namespaces.insert(w->ns);
  }

  void compare_objects() {
    if (before_.objects == now_.objects) return;
    std::unordered_set<const WorldObject*> old, fresh;
    for (const auto& o : before_.objects) old.insert(o.get());
    for (const auto& o : now_.objects) fresh.insert(o.get());
    for (const auto& o : now_.objects)
      if (!old.contains(o.get())) came(*o);
    for (const auto& o : before_.objects)
      if (!fresh.contains(o.get())) went(*o);
  }
  void came(const WorldObject& o) {
    const WorldObject* old = before_.find(o.kind, o.ns, o.name);
    if (is_gated(now_, o)) touch(o);
    for (const Review* r : dependants(now_, o)) out_.reviews.insert(key_of(*r));
    // In place, of a workload: nobody else looks at what is in it. Whether an owner is there, others ask.
    if (!is_gated(now_, o) || !old || old->uid != o.uid) others_look_at(o);
  }
  void went(const WorldObject& o) {
    const WorldObject* successor = now_.find(o.kind, o.ns, o.name);
    if (is_gated(now_, o))
      for (const Review* r : covering_reviews(before_, Workload::view(o.object->root(), o.ns, o.name, &before_.kinds)))
        out_.reviews.insert(key_of(*r));
    if (successor) return;
    if (is_gated(now_, o)) out_.gone_workloads.push_back(id_of(o));
    others_look_at(o);
  }
  void others_look_at(const WorldObject& o) {
    if (o.ns.empty() || o.kind == "Gateway") out_.all = true;  // routes of any namespace hang on a Gateway
    else out_.namespaces.insert(o.ns);
  }

  const Snapshot& before_;
  const Snapshot& now_;
  Changes out_;
};

bool names_a_namespace(Node node) {
  if (node.is_string()) {
    const auto text = node.text();
    const auto first = text.find('/');
    if (first == std::string_view::npos || text.find('/', first + 1) == std::string_view::npos) return false;
    const auto kind = text.substr(0, first);  // letters only: neither "https:" nor a registry
    return !kind.empty() && kind.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == kind.npos;
  }
  for (Node child : node)
    if (names_a_namespace(child)) return true;
  return false;
}

}  // namespace

Changes changes_between(const Snapshot* before, const Snapshot& now) {
  if (before) return Comparison{*before, now}.run();
  Changes out;
  out.all = out.policies = true;
  return out;
}

bool looks_abroad(const Review& review) { return names_a_namespace(review.spec()); }

bool is_gated(const Snapshot& world, const WorldObject& o) {
  const Kind* kind = world.kinds.find(group_of(o.object->root()["apiVersion"].text()), o.kind);
  return kind && kind->gated();
}

}  // namespace launchgate
