// PRR-SUP-03 feedback-intake
// Fields: spec.support.feedback.{channel, triageWithinHours}
// Allowed: a channel, and hours above zero within which somebody looks at what arrives there.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding feedback_intake(const Facts& f) {
  const Node feedback = f.spec["support"]["feedback"], hours = feedback["triageWithinHours"];
  if (!stated(feedback["channel"])) return fail("FeedbackChannelMissing", "no user feedback channel");
  if (!hours)
    return fail("FeedbackTriageMissing", "user feedback has no triage time", "spec.support.feedback.triageWithinHours");
  if (!positive(hours))
    return fail("FeedbackTriageNotPositive",
                "triageWithinHours is " + shown(hours.text()) + ", expected a number above 0",
                "spec.support.feedback.triageWithinHours");
  return pass();
}

}  // namespace launchgate
