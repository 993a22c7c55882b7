#include "verdict/examine.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "verdict/dependencies.h"
#include "verdict/digest.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

std::int64_t number(Node n) {
  std::int64_t value = 0;
  const auto text = n.text();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool holds(const Review& review, const Workload& w, std::string_view digest) {
  return std::any_of(review.approved.begin(), review.approved.end(), [&](const ApprovedRevision& a) {
    return a.digest == digest && a.kind == w.kind_name && a.name == w.name;
  });
}

// How long a review without an end of its own lasts, for this workload.
Seconds validity(const Snapshot& world, const Verdict& v) {
  const PolicySet policies{world, v.workload.ns, v.workload.labels};
  return Seconds{static_cast<std::int64_t>(policies.limits().get(Limit::Validity, v.tiering.tier))};
}

std::optional<TimePoint> end_of(const Snapshot& world, const Examination& e) {
  if (e.review->spec()["expiresAt"]) return e.review->expires_at;
  if (!e.review->created) return std::nullopt;
  std::optional<Seconds> shortest;
  e.each([&](const Verdict& v) {
    if (!v.judged() || v.review != e.review) return;
    const Seconds span = validity(world, v);
    if (!shortest || span < *shortest) shortest = span;
  });
  return shortest ? std::optional{*e.review->created + *shortest} : std::nullopt;
}

}  // namespace

const Verdict* Examination::tiered() const {
  const Verdict* highest = nullptr;
  each([&](const Verdict& v) {
    if (!v.judged() || v.review != review) return;
    if (!highest || v.tiering.tier > highest->tiering.tier) highest = &v;
  });
  return highest;
}

bool is_observed(const Kind& kind, Node object) {
  const Node seen = object["status"]["observedGeneration"];
  if (seen) return number(seen) >= number(object["metadata"]["generation"]);
  return kind.group != "apps" || !object["metadata"]["generation"];
}

std::vector<const WorldObject*> audited_objects(const Snapshot& world, std::string_view ns) {
  std::vector<const WorldObject*> out;
  for (const auto& object : world.objects) {
    const Node root = object->object->root();
    if (!ns.empty() && object->ns != ns) continue;
    const Kind* kind = world.kinds.find(group_of(root["apiVersion"].text()), object->kind);
    if (!kind || !kind->gated() || root.size() <= 3) continue;  // of others only apiVersion, kind and metadata are kept
    out.push_back(object.get());
  }
  return out;
}

std::vector<Verdict> audit_all(const Snapshot& world, std::string_view ns, TimePoint now) {
  std::vector<Verdict> out;
  for (const WorldObject* object : audited_objects(world, ns)) {
    Verdict verdict = audit(world, object->object->root(), now);
    if (verdict.judged()) out.push_back(std::move(verdict));
  }
  const auto order = [](const Verdict& v) {
    return std::tuple{-static_cast<int>(v.decision), v.workload.ns, v.workload.kind_name, v.workload.name};
  };
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return out;
}

Examination examine(const Snapshot& world, const Review& review, TimePoint now, const AdmittedRevisions* memory) {
  Examination e;
  e.review = &review;
  for (const WorldObject* object : covered_workloads(world, review)) {
    const Node root = object->object->root();
    Running r{object, audit(world, root, now), {}, {}, {}, false, false, false};
    if (r.verdict.step == Step::NotGated || r.verdict.step == Step::Owned) continue;
    const Workload& w = r.verdict.workload;
    r.digest = r.verdict.digest.empty() ? rollout_digest(*w.kind, root) : r.verdict.digest;
    const auto dependencies_of = dependencies(world, w);
    r.dependencies = dependencies_digest(dependencies_of);
    for (const Dependency& d : dependencies_of) r.depends_on.push_back(d.name);
    r.observed = is_observed(*w.kind, root);
    r.approved = holds(review, w, r.digest);
    r.admitted = r.approved || judge(world, as_create(root), now, memory).allowed();
    e.running.push_back(std::move(r));
  }
  std::sort(e.running.begin(), e.running.end(), [](const Running& a, const Running& b) {
    return std::tie(a.object->kind, a.object->name) < std::tie(b.object->kind, b.object->name);
  });
  if (std::none_of(e.running.begin(), e.running.end(),
                   [&](const Running& r) { return r.verdict.judged() && r.verdict.review == &review; }))
    e.alone = audit_alone(world, review, now);
  e.ends = end_of(world, e);
  return e;
}

}  // namespace launchgate
