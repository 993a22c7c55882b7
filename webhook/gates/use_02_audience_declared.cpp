// PRR-USE-02 audience-declared
// Fields: spec.useCase.{audience, userGroups[]}
// Allowed: an audience; at high and above the user groups too. At low an absent audience counts as internal, unless
// the policy takes the worst for what is not answered (unknownAxis: worst).
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding audience_declared(const Facts& f) {
  const Node use = f.spec["useCase"];
  if (!stated(use["audience"])) {
    if (f.tier != Tier::Low || f.authority.unknown_axis_worst) return fail("AudienceMissing", "no audience");
    return pass(Strength::Claimed, "audience not stated: internal is assumed");
  }
  if (f.tier >= Tier::High && use["userGroups"].size() == 0)
    return fail("UserGroupsMissing", "no user groups", "spec.useCase.userGroups",
                "spec.useCase.userGroups[]: who uses it, as groups");
  return pass();
}

}  // namespace launchgate
