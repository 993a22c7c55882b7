// PRR-OWN-04 feedback-owner
// Fields: spec.ownership.userFeedback
// Allowed: a group.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding feedback_owner(const Facts& f) {
  if (!stated(f.spec["ownership"]["userFeedback"])) return fail("FeedbackOwnerMissing", "no owner for user feedback");
  return pass();
}

}  // namespace launchgate
