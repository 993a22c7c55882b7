// PRR-ROLL-08 pause-authority
// Fields: spec.rollout.pauseAuthority[]
// Allowed: at least one group; that the people on call are among them is for the review's readers to see.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding pause_authority(const Facts& f) {
  for (Node group : f.spec["rollout"]["pauseAuthority"])
    if (stated(group)) return pass();
  return fail("PauseAuthorityMissing", "nobody is named who may pause it");
}

}  // namespace launchgate
