// PRR-LAT-04 fallback-tested
// Fields: spec.latency.fallback.lastTested
// Allowed: a date within the policy's limit (90 days).
// Strength: claimed; that it was exercised is for people to know.
#include "gates/age.h"

namespace launchgate {

Finding fallback_tested(const Facts& f) {
  constexpr Occasion test{"FallbackNeverTested", "FallbackTestTooOld", "no test of the fallback",
                          "the last test of the fallback", "spec.latency.fallback.lastTested"};
  const auto wrong = unless_recent(f, f.spec["latency"]["fallback"]["lastTested"], Limit::FallbackTestMaxAge, test);
  return wrong ? *wrong : pass();
}

}  // namespace launchgate
