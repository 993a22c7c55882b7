#include "verdict/match.h"

#include <algorithm>

#include "model/selector.h"

namespace launchgate {
namespace {

bool covers(const Cover& cover, const Workload& w) {
  if (cover.kind != w.kind_name) return false;
  if (!cover.any_group && cover.group != group_of(w.api_version)) return false;
  if (!cover.name.empty()) return cover.name == w.name;
  return cover.selector.present() && cover.selector.matches(w.labels);
}

// The owner is of a gated kind, stands in the snapshot, and is the one that is meant: by uid where both know it.
const WorldObject* exists(const Snapshot& world, Node owner, std::string_view ns) {
  const auto group = group_of(owner["apiVersion"].text()), kind = owner["kind"].text(), name = owner["name"].text();
  if (!find_kind(group, kind)) return nullptr;
  const WorldObject* found = nullptr;
  world.objects_by_name.find(hash_of(kind, ns, name), [&](std::uint32_t i) {
    const WorldObject& o =
        *world.objects[i];  // two groups may have the kind: Knative's Service stands beside a Service
    if (o.kind != kind || o.ns != ns || o.name != name || group_of(o.object->root()["apiVersion"].text()) != group)
      return;
    if (o.uid.empty() || o.uid == owner["uid"].text()) found = &o;
  });
  return found;
}

// The way up from an owner ends at a root, which is gated. Who controls himself, and those who control each other in a
// ring, have none: somebody wrote that reference to pass.
bool has_root(const Snapshot& world, const WorldObject* owner, const Workload& w) {
  constexpr int deepest = 8;  // a real chain has three: CronJob, Job, Pod
  for (int steps = 0; steps < deepest; ++steps) {
    if (owner->kind == w.kind_name && owner->name == w.name) return false;
    const Node above = controller_of(owner->object->root());
    owner = above ? exists(world, above, w.ns) : nullptr;
    if (!owner) return true;
  }
  return false;
}

// A directory holds Deployments, not the ReplicaSets that a controller makes: a Pod of such a ReplicaSet belongs to
// the Deployment whose name it carries and whose selector it matches. A ReplicaSet that is here under another uid is
// not the one that the Pod names.
const WorldObject* deployment_of(const Snapshot& world, Node owner, const Workload& pod) {
  const auto replica_set = owner["name"].text();
  if (world.find("ReplicaSet", pod.ns, replica_set)) return nullptr;
  const auto dash = replica_set.rfind('-');
  if (dash == std::string_view::npos) return nullptr;
  const WorldObject* found = world.find("Deployment", pod.ns, replica_set.substr(0, dash));
  if (!found) return nullptr;
  const auto selector = Selector::decode(found->object->root()["spec"]["selector"]);
  return selector && selector->present() && selector->matches(pod.labels) ? found : nullptr;
}

// Flagger's "-primary" is the stable copy of what the Canary's target was judged for.
const WorldObject* canary_of(const Snapshot& world, Node owner, const Workload& primary) {
  const WorldObject* canary = world.find("Canary", primary.ns, owner["name"].text());
  if (!canary || (!canary->uid.empty() && canary->uid != owner["uid"].text())) return nullptr;
  const auto target = canary->object->root()["spec"]["targetRef"]["name"].text();
  return !target.empty() && primary.name == std::string{target} + "-primary" ? canary : nullptr;
}

}  // namespace

std::vector<const Review*> covering_reviews(const Snapshot& world, const Workload& w) {
  std::vector<std::uint32_t> hits;
  const auto take = [&](std::uint32_t i) {
    const Review& r = *world.reviews[i];
    if (r.ns == w.ns && std::any_of(r.covers.begin(), r.covers.end(), [&](const Cover& c) { return covers(c, w); }))
      hits.push_back(i);
  };
  world.reviews_by_name.find(hash_of(w.ns, w.kind_name, w.name), take);
  world.reviews_by_selector.find(hash_of(w.ns, w.kind_name, {}), take);
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  std::vector<const Review*> out;
  for (auto i : hits) out.push_back(world.reviews[i].get());
  return out;
}

std::vector<const WorldObject*> covered_workloads(const Snapshot& world, const Review& review) {
  std::vector<std::uint32_t> hits;
  for (const Cover& c : review.covers) {
    const auto take = [&](std::uint32_t i) {
      const WorldObject& o = *world.objects[i];
      if (o.kind == c.kind && o.ns == review.ns && covers(c, Workload::view(o.object->root(), o.ns, o.name)))
        hits.push_back(i);
    };
    if (c.name.empty()) world.objects_by_kind.find(hash_of(c.kind, review.ns, {}), take);
    else world.objects_by_name.find(hash_of(c.kind, review.ns, c.name), take);
  }
  std::sort(hits.begin(), hits.end());
  hits.erase(std::unique(hits.begin(), hits.end()), hits.end());
  std::vector<const WorldObject*> out;
  for (auto i : hits) out.push_back(world.objects[i].get());
  return out;
}

const WorldObject* gated_owner(const Snapshot& world, const Workload& w) {
  const Node owner = controller_of(w.object);
  if (!owner) return nullptr;
  if (const auto* found = exists(world, owner, w.ns)) return has_root(world, found, w) ? found : nullptr;
  const auto group = group_of(owner["apiVersion"].text());
  const auto kind = owner["kind"].text();
  if (group == "apps" && kind == "ReplicaSet" && w.kind_name == "Pod") return deployment_of(world, owner, w);
  if (group == "flagger.app" && kind == "Canary") return canary_of(world, owner, w);
  return nullptr;
}

}  // namespace launchgate
