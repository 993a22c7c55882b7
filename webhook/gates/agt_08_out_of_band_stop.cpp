// PRR-AGT-08 out-of-band-stop
// Fields: spec.rollout.killSwitch.{type, ref}, spec.agent.stopsInFlight; the roles bound to the workload's account
// Allowed: a switch that also stops runs that have begun, and an account that cannot change it.
// Strength: observed when the pods take no token or the account's roles stand in the snapshot, else claimed.
#include <array>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/rbac.h"

namespace launchgate {
namespace {

struct Place {
  std::string_view kind, group, resource;
};
constexpr std::array<Place, 6> places{{{"ConfigMap", "", "configmaps"},
                                       {"FeatureFlag", "core.openfeature.dev", "featureflags"},
                                       {"HTTPRoute", "gateway.networking.k8s.io", "httproutes"},
                                       {"Rollout", "argoproj.io", "rollouts"},
                                       {"Deployment", "apps", "deployments"},
                                       {"Service", "", "services"}}};

// What the switch is changed through; null when that is nothing of this namespace.
const Place* place_of(const Facts& f, const Ref& ref) {
  const Node s = f.spec["rollout"]["killSwitch"];
  const auto kind = s["type"].text() == "scale-to-zero" ? f.workload.kind_name : std::string_view{ref.kind};
  if (!ref.ns.empty() && ref.ns != f.workload.ns) return nullptr;
  for (const Place& place : places)
    if (place.kind == kind) return &place;
  return nullptr;
}

}  // namespace

Finding out_of_band_stop(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  const Node s = f.spec["rollout"]["killSwitch"];
  if (!s["type"]) return fail("KillSwitchMissing", "there is no off switch to stop it with", "spec.rollout.killSwitch");
  if (!f.spec["agent"]["stopsInFlight"].is_true())
    return fail("RunsGoOn", "the off switch does not say that it also stops runs that have begun",
                "spec.agent.stopsInFlight",
                "make the switch end runs in flight, and set spec.agent.stopsInFlight: true");
  const Rights rights = rights_of(f.world, f.workload);
  if (!rights.token && !f.workload.pods.empty()) return pass(Strength::Observed);
  const Ref ref = follow(f.world, f.review->ns, s["ref"].text());
  if (const Place* place = place_of(f, ref))
    for (const Grant& grant : rights.grants)
      for (const char* verb : {"update", "patch", "delete"})
        if (allows(grant, verb, place->group, place->resource, ref.name.empty() ? f.workload.name : ref.name))
          return fail(
              "AgentHoldsSwitch",
              "service account " + listed(rights.accounts) + " can " + verb + " the off switch (" + grant.by + ")",
              "spec.rollout.killSwitch.ref", "take that right away, or keep the switch where the agent cannot write");
  return pass(rights.grants.empty() ? Strength::Claimed : Strength::Observed);
}

}  // namespace launchgate
