// PRR-OWN-03 model-change-owner
// Fields: spec.ownership.modelChanges
// Allowed: a group.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding model_change_owner(const Facts& f) {
  if (!stated(f.spec["ownership"]["modelChanges"]))
    return fail("ModelChangeOwnerMissing", "no owner for model/prompt changes");
  return pass();
}

}  // namespace launchgate
