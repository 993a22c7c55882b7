#include "verdict/build.h"

#include <algorithm>

#include "gates/table.h"
#include "verdict/digest.h"
#include "verdict/evidence.h"
#include "verdict/resolve.h"

namespace launchgate {
namespace {

const Profile* find_profile(const std::vector<Profile>& sorted, std::string_view ns, std::string_view name) {
  const auto at =
      std::lower_bound(sorted.begin(), sorted.end(), std::pair{ns, name}, [](const Profile& p, const auto& key) {
        return std::pair{std::string_view{p.ns}, std::string_view{p.name}} < key;
      });
  return at != sorted.end() && at->ns == ns && at->name == name ? &*at : nullptr;
}

void resolve(Review& review, const std::vector<Profile>& profiles, const Snapshot& world) {
  std::vector<Node> layers{review.object->root()["spec"]};
  review.layers = {"ReadinessReview " + review.name};
  if (const auto wanted = layers[0]["profileRef"]["name"].text(); !wanted.empty()) {
    if (const Profile* p = find_profile(profiles, review.ns, wanted)) {
      layers.push_back(p->object->root()["spec"]);
      review.layers.push_back("ReadinessProfile " + p->name);
    } else {
      review.missing_profile = wanted;
    }
  }
  const Node ns_labels = world.namespace_labels(review.ns);
  // A policy for some workloads only is no default of a review: it may speak of others.
  for (const Policy& p : world.policies) {
    if (p.workloads.present()) continue;
    const Node defaults = p.object ? p.object->root()["spec"]["defaults"] : Node{};
    if (!defaults || (p.namespaces.present() && !p.namespaces.matches(ns_labels))) continue;
    layers.push_back(defaults);
    review.layers.push_back("ReadinessPolicy " + p.name);
  }
  if (layers.size() > 1) review.merged = std::make_shared<const Doc>(merge_layers(layers));
  else review.layers.clear();
  review.digest = review_digest(review.spec());
}

}  // namespace

Policy builtin_policy() {
  Policy p;
  p.name = "(built-in)";
  p.packs = {"baseline"};
  p.exempt_namespaces = {"kube-system", "kube-public", "kube-node-lease"};
  for (const Gate& gate : gate_table()) {
    GateSetting s;
    for (Tier t : kTiers) s.mode[t] = gate.baseline(t);
    p.gates.push_back(s);
  }
  return p;
}

std::shared_ptr<const Snapshot> build_snapshot(World w) {
  auto out = std::make_shared<Snapshot>();
  Snapshot& s = *out;
  s.builtin = builtin_policy();
  s.namespaces = std::move(w.namespaces);
  s.objects = std::move(w.objects);
  s.problems = std::move(w.problems);
  s.policies = std::move(w.policies);
  s.reviews = std::move(w.reviews);
  // Sorted, so that verdicts do not depend on the order of files.
  std::sort(s.policies.begin(), s.policies.end(), [](const Policy& a, const Policy& b) { return a.name < b.name; });
  std::sort(s.reviews.begin(), s.reviews.end(),
            [](const Review& a, const Review& b) { return std::tie(a.ns, a.name) < std::tie(b.ns, b.name); });
  std::sort(w.profiles.begin(), w.profiles.end(),
            [](const Profile& a, const Profile& b) { return std::tie(a.ns, a.name) < std::tie(b.ns, b.name); });
  for (Review& r : s.reviews) resolve(r, w.profiles, s);
  s.index();
  for (Review& r : s.reviews) r.evidence = gather_evidence(s, r);
  s.reviews.shrink_to_fit();
  return out;
}

}  // namespace launchgate
