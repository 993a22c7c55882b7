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
  if (!world.kinds.find(group, kind)) return nullptr;
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

const WorldObject* referred(const Snapshot& world, const Reference& to, Node from, std::string_view ns);

// It is not gated itself, but is made of something that is: a claim of a SandboxTemplate.
bool is_of_a_gated_kind(const Snapshot& world, const WorldObject& object, int steps) {
  const auto group = group_of(object.object->root()["apiVersion"].text());
  const Kind *kind = world.kinds.find(group, object.kind), *built_in = find_kind(group, object.kind);
  if (!kind || steps == 0) return false;
  if (kind->gated()) return true;
  if (!built_in || built_in->gated()) return true;  // the platform team leaves it alone, and so what it makes
  for (auto text : kind->instance_of)
    if (const auto* of = referred(world, parse_reference(text), object.object->root(), object.ns))
      if (is_of_a_gated_kind(world, *of, steps - 1)) return true;
  return false;
}

// What only routes or configures makes nothing, is never refused, and anybody may write one: it excuses no more than what
// its controller is known to make. Of a kind that a policy adds, that is not known: what has pods may make some.
bool recorded_kind_may_own(const Kind& of, const Kind& child) {
  const Kind* built_in = find_kind(of.group, of.kind);
  if (!built_in) return !of.pod_templates.empty() || !of.images.empty();
  return built_in->posture == KindPosture::Gate || of.creates.holds(qualified(child));
}

// Kubernetes' own controllers make only some kinds, and of Pods and ReplicaSets only those that their selector matches (a
// Job's comes from the API server): who writes such a reference by hand has to look like a child, and then the controller
// will treat it as one.
bool may_own(const WorldObject& owner, const Kind& of, const Workload& w) {
  if (of.posture == KindPosture::Audit && !recorded_kind_may_own(of, *w.kind)) return false;
  if (!of.built_in_api()) return true;
  if (!of.creates.holds(qualified(*w.kind))) return false;
  const auto selector = Selector::decode(owner.object->root()["spec"]["selector"]);
  return !selector || !selector->present() || selector->matches(w.labels);
}

// The way up from an owner ends at a root, which is gated. Who controls himself, and those who control each other in a
// ring, have none: somebody wrote that reference to pass.
bool has_root(const Snapshot& world, const WorldObject* owner, const Workload& w) {
  constexpr int deepest =
      8;  // a real chain has five: DynamoGraphDeployment, its component, PodCliqueSet, PodClique, Pod
  const Kind* kind = world.kinds.find(group_of(owner->object->root()["apiVersion"].text()), owner->kind);
  if (!may_own(*owner, *kind, w)) return false;
  for (int steps = 0; steps < deepest; ++steps) {
    if (owner->kind == w.kind_name && owner->name == w.name) return false;
    const Node above = controller_of(owner->object->root());
    const WorldObject* next = above ? exists(world, above, w.ns) : nullptr;
    if (!next) return is_of_a_gated_kind(world, *owner, deepest);
    owner = next;
  }
  return false;
}

// What `to` names in `from`: in its namespace, or in none where the kind stands in none.
const WorldObject* referred(const Snapshot& world, const Reference& to, Node from, std::string_view ns) {
  const WorldObject* found = nullptr;
  const Kind* kind = world.kinds.find(to.group, to.kind);
  walk(from, to.path, [&](Node name) {
    const auto in = kind && !kind->namespaced ? std::string_view{} : ns;
    world.objects_by_name.find(hash_of(to.kind, in, name.text()), [&](std::uint32_t i) {
      const WorldObject& o = *world.objects[i];
      if (o.kind == to.kind && o.ns == in && o.name == name.text() &&
          group_of(o.object->root()["apiVersion"].text()) == to.group)
        found = &o;
    });
  });
  return found;
}

// Pods are not followed, and the leader of a LeaderWorkerSet is one: the StatefulSet of its workers names the set itself.
const WorldObject* leader_set_of(const Snapshot& world, Node owner, const Workload& w) {
  const auto set = w.labels["leaderworkerset.sigs.k8s.io/name"].text();
  const WorldObject* found = set.empty() ? nullptr : world.find("LeaderWorkerSet", w.ns, set);
  const auto leader = owner["name"].text();
  const bool of_the_set =
      leader.size() > set.size() && leader.substr(0, set.size()) == set && leader[set.size()] == '-';
  return found && of_the_set ? found : nullptr;
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

std::vector<const Review*> directly_covering(const Snapshot& world, const Workload& w) {
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

// What an object without a template of its own runs: the Deployment that an Argo Rollout refers to.
std::vector<const WorldObject*> templates_of(const Snapshot& world, const Workload& w) {
  std::vector<const WorldObject*> out;
  for (auto text : w.kind->instance_of)
    if (const auto* found = referred(world, parse_reference(text), w.object, w.ns)) out.push_back(found);
  return out;
}

// Those that run the same template, by either's reference: a review of one speaks of both.
std::vector<const WorldObject*> same_template(const Snapshot& world, const Workload& w) {
  if (!w.kind->instance_of.empty()) return templates_of(world, w);
  std::vector<const WorldObject*> out;
  for (const Kind& kind : kinds_table()) {
    if (!kind.gated() || kind.instance_of.empty()) continue;
    world.each(kind.kind, w.ns, [&](const WorldObject& o) {
      for (auto text : kind.instance_of) {
        const Reference r = parse_reference(text);
        if (r.kind != w.kind_name || r.group != w.kind->group) continue;
        walk(o.object->root(), r.path, [&](Node name) {
          if (name.text() == w.name) out.push_back(&o);
        });
      }
    });
  }
  return out;
}

}  // namespace

std::vector<const Review*> covering_reviews(const Snapshot& world, const Workload& w) {
  auto found = directly_covering(world, w);
  if (!found.empty() || !w.kind || world.reviews.empty()) return found;
  for (const WorldObject* other : same_template(world, w)) {
    found = directly_covering(world, Workload::view(other->object->root(), other->ns, {}, &world.kinds));
    if (!found.empty()) return found;
  }
  return found;
}

void complete(const Snapshot& world, Workload& w) {
  if (!w.pods.empty() || !w.kind || w.kind->instance_of.empty()) return;
  for (const WorldObject* other : templates_of(world, w))
    w.take_pods(Workload::view(other->object->root(), other->ns, {}, &world.kinds).pods);
}

std::vector<const WorldObject*> covered_workloads(const Snapshot& world, const Review& review) {
  std::vector<std::uint32_t> hits;
  for (const Cover& c : review.covers) {
    const auto take = [&](std::uint32_t i) {
      const WorldObject& o = *world.objects[i];
      if (o.kind == c.kind && o.ns == review.ns &&
          covers(c, Workload::view(o.object->root(), o.ns, o.name, &world.kinds)))
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
  if (group.empty() && kind == "Pod" && w.kind_name == "StatefulSet") return leader_set_of(world, owner, w);
  if (group == "flagger.app" && kind == "Canary") return canary_of(world, owner, w);
  return nullptr;
}

}  // namespace launchgate
