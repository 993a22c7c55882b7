// PRR-SUP-04 incident-drill
// Fields: spec.support.lastDrill.date
// Allowed: a date within the policy's limit (180 days, at critical 90).
// Strength: claimed; that it was held is for people to know.
#include "gates/age.h"

namespace launchgate {

Finding incident_drill(const Facts& f) {
  constexpr Occasion drill{"DrillMissing", "DrillTooOld", "no incident drill", "the last incident drill",
                           "spec.support.lastDrill.date"};
  const auto wrong = unless_recent(f, f.spec["support"]["lastDrill"]["date"], Limit::DrillMaxAge, drill);
  return wrong ? *wrong : pass();
}

}  // namespace launchgate
