// PRR-AGT-08 out-of-band-stop
// Fields: spec.rollout.killSwitch.{type, ref}, spec.agent.stopsInFlight; the roles bound to the workload's account
// Allowed: a switch that also stops runs that have begun, and an account that cannot change it, in whatever namespace it
// stands; scaling counts where it is scaled to zero.
// Strength: observed when the pods take no token or all of the account's roles stand in the snapshot, else claimed.
#include <array>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/rbac.h"

namespace launchgate {
namespace {

struct Place {
  std::string_view kind, group, resource, scale;
};
constexpr std::array<Place, 7> places{{{"ConfigMap", "", "configmaps", ""},
                                       {"FeatureFlag", "core.openfeature.dev", "featureflags", ""},
                                       {"HTTPRoute", "gateway.networking.k8s.io", "httproutes", ""},
                                       {"Rollout", "argoproj.io", "rollouts", "rollouts/scale"},
                                       {"Deployment", "apps", "deployments", "deployments/scale"},
                                       {"StatefulSet", "apps", "statefulsets", "statefulsets/scale"},
                                       {"Service", "", "services", ""}}};

// What the switch is changed through; null when it is nothing that the cluster keeps.
const Place* place_of(const Facts& f, const Ref& ref) {
  const Node s = f.spec["rollout"]["killSwitch"];
  const auto kind = s["type"].text() == "scale-to-zero" ? f.workload.kind_name : std::string_view{ref.kind};
  for (const Place& place : places)
    if (place.kind == kind) return &place;
  return nullptr;
}

// The verb with which the grant changes the switch; empty: it doesn't.
std::string_view changes(const Grant& grant, const Place& place, std::string_view ns, std::string_view name) {
  if (!grant.ns.empty() && grant.ns != ns) return {};
  for (const std::string_view verb : {"update", "patch", "delete", "deletecollection"}) {
    if (allows(grant, verb, place.group, place.resource, name)) return verb;
    if (!place.scale.empty() && allows(grant, verb, place.group, place.scale, name)) return verb;
  }
  return {};
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
  const Ref ref = follow(f.world, f.review->ns, s["ref"].text());
  const std::string_view ns = ref.ns.empty() ? f.workload.ns : ref.ns;
  const std::string_view name = ref.name.empty() ? f.workload.name : ref.name;
  const Rights rights = rights_of(f.world, f.workload, ns);
  if (!rights.token && !f.workload.pods.empty()) return pass(Strength::Observed);
  if (const Place* place = place_of(f, ref))
    for (const Grant& grant : rights.grants)
      if (const auto verb = changes(grant, *place, ns, name); !verb.empty())
        return fail("AgentHoldsSwitch",
                    "service account " + listed(rights.accounts) + " can " + std::string{verb} + " the off switch (" +
                        grant.by + ")",
                    "spec.rollout.killSwitch.ref",
                    "take that right away, or keep the switch where the agent cannot write");
  return pass(rights.known() ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
