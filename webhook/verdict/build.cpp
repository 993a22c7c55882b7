#include "verdict/build.h"

#include <algorithm>

#include "gates/facts.h"
#include "gates/table.h"
#include "model/labels_of_namespace.h"
#include "verdict/approvals.h"
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

using Docs = std::vector<std::shared_ptr<const Doc>>;

// What the spec of a review is merged from: its own Doc, its profile's (null: missing) and those of the policies whose
// defaults reach it.
class Sources {
 public:
  Sources(const Review& review, const std::vector<Profile>& profiles, const Snapshot& world) {
    add(review.object, "spec", "ReadinessReview " + review.name);
    if (const auto wanted = layers.front()["profileRef"]["name"].text(); !wanted.empty()) {
      if (const Profile* p = find_profile(profiles, review.ns, wanted))
        add(p->object, "spec", "ReadinessProfile " + p->name);
      else missing_profile = wanted, docs.push_back(nullptr);
    }
    const LabelsOfNamespace of_namespace{world, review.ns};
    const Node ns_labels = of_namespace.root();
    // A policy for some workloads only is no default of a review: it may speak of others.
    for (const Policy& p : world.policies) {
      if (p.workloads.present() || !p.object || !p.object->root()["spec"]["defaults"]) continue;
      if (p.namespaces.present() && !p.namespaces.matches(ns_labels)) continue;
      add(p.object, "defaults", "ReadinessPolicy " + p.name);
    }
  }

  std::vector<Node> layers;  // the strongest first
  std::vector<std::string> names;
  std::string missing_profile;
  Docs docs;

 private:
  void add(const std::shared_ptr<const Doc>& doc, std::string_view what, std::string name) {
    const Node spec = doc->root()["spec"];
    layers.push_back(what == "spec" ? spec : spec[what]);
    names.push_back(std::move(name));
    docs.push_back(doc);
  }
};

// The objects that a review's evidence is read from, missing ones as null: every `ref` below these two sections.
void add_evidence(Node node, const Snapshot& world, const Review& review, Docs& docs) {
  for (Node child : node) {
    if (child.key() == "ref" && child.is_string()) {
      const Ref ref = follow(world, review.ns, child.text());
      docs.push_back(ref.object ? ref.object->object : nullptr);
    } else {
      add_evidence(child, world, review, docs);
    }
  }
}

Docs with_evidence(Docs docs, const Snapshot& world, const Review& resolved) {
  for (const char* section : {"evaluation", "observability"})
    add_evidence(resolved.spec()[section], world, resolved, docs);
  if (resolved.spec()["evaluation"]["attestations"].size())  // whose keys verify is evidence too
    for (const Policy& p : world.policies)
      if (!p.eval_signers.empty()) docs.push_back(p.object);
  return docs;
}

bool starts_with(const Docs& all, const Docs& first) {
  return all.size() >= first.size() && std::equal(first.begin(), first.end(), all.begin());
}

Review resolved(const Review& decoded, Sources sources) {
  Review r = decoded;
  r.missing_profile = std::move(sources.missing_profile);
  if (sources.layers.size() > 1) {
    r.merged = std::make_shared<const Doc>(merge_layers(sources.layers));
    r.layers = std::move(sources.names);
  }
  r.digest = review_digest(r.spec());
  return r;
}

// By namespace and name: what has been resolved before.
class Earlier {
 public:
  explicit Earlier(const Snapshot* before) : before_(before) {}
  const std::shared_ptr<const Review>* find(const Review& review) const {
    if (!before_) return nullptr;
    const auto at = before_->position_of(review);
    if (at == before_->reviews.size()) return nullptr;
    const auto& found = before_->reviews[at];
    return found->ns == review.ns && found->name == review.name ? &found : nullptr;
  }

 private:
  const Snapshot* before_;
};

void resolve_all(Snapshot& s, const std::vector<Profile>& profiles, const Snapshot* before) {
  const Earlier earlier{before};
  for (auto& review : s.reviews) {
    Sources sources{*review, profiles, s};
    const auto* known = earlier.find(*review);
    // The same sources mean the same spec, and so the same references: what they lead to must be the same as well.
    if (known && starts_with((*known)->inputs, sources.docs) &&
        with_evidence(sources.docs, s, **known) == (*known)->inputs) {
      review = *known;
      continue;
    }
    const Docs docs = sources.docs;
    Review fresh = resolved(*review, std::move(sources));
    fresh.inputs = with_evidence(docs, s, fresh);
    fresh.inputs.shrink_to_fit();
    fresh.covers.shrink_to_fit();
    fresh.evidence = gather_evidence(s, fresh);
    review = std::make_shared<const Review>(std::move(fresh));
  }
}

// Sorted, so that verdicts do not depend on the order in which objects came.
void sort_by_name(Snapshot& s, std::vector<Profile>& profiles) {
  const auto by_place = [](const auto& a, const auto& b) { return std::tie(a.ns, a.name) < std::tie(b.ns, b.name); };
  std::sort(s.policies.begin(), s.policies.end(), [](const Policy& a, const Policy& b) { return a.name < b.name; });
  std::sort(s.reviews.begin(), s.reviews.end(), [&](const auto& a, const auto& b) { return by_place(*a, *b); });
  std::sort(profiles.begin(), profiles.end(), by_place);
  std::sort(s.waivers.begin(), s.waivers.end(), [&](const auto& a, const auto& b) { return by_place(*a, *b); });
  std::sort(s.approvals.begin(), s.approvals.end(), [](const auto& a, const auto& b) {
    return std::tie(a->ns, a->review, a->name) < std::tie(b->ns, b->review, b->name);
  });
}

}  // namespace

KindSet declared_kinds(const std::vector<Policy>& policies) {
  std::vector<const DeclaredKind*> all;
  for (const Policy& p : policies)
    for (const DeclaredKind& kind : p.kinds) all.push_back(&kind);
  return KindSet{all};
}

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

std::shared_ptr<const Snapshot> build_snapshot(World w, const Snapshot* before) {
  auto out = std::make_shared<Snapshot>();
  Snapshot& s = *out;
  s.builtin = builtin_policy();
  s.namespaces = std::move(w.namespaces);
  s.objects = std::move(w.objects);
  s.problems = std::move(w.problems);
  s.policies = std::move(w.policies);
  s.reviews = std::move(w.reviews);
  s.waivers = std::move(w.waivers);
  s.approvals = std::move(w.approvals);
  sort_by_name(s, w.profiles);
  s.index();
  s.kinds = declared_kinds(s.policies);
  resolve_all(s, w.profiles, before);
  examine_approvals(s, before);
  s.reviews.shrink_to_fit();
  return out;
}

}  // namespace launchgate
