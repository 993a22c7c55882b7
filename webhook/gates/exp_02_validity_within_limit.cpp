// PRR-EXP-02 validity-within-limit
// Fields: spec.expiresAt
// Allowed: absent (then the limit itself is the end), or at most the policy's validity ahead (365, 180, 90, 90 days by
// tier), with a day of grace for those who count in dates.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding validity_within_limit(const Facts& f) {
  const auto& end = f.review->expires_at;
  if (!end) {
    if (f.spec["expiresAt"])
      return unknown("ValidityUnknown", "expiresAt cannot be read");  // EXP-01 says what is wrong
    return pass();
  }
  const auto limit = f.limit_span(Limit::Validity);
  const Seconds ahead = *end - f.now;
  if (ahead <= limit + std::chrono::days{1}) return pass();
  return fail("ValidityTooLong", "expires in " + std::to_string(whole_days(ahead)) + "d; the limit for " +
                                     std::string{to_string(f.tier)} + " is " + std::to_string(whole_days(limit)) + "d");
}

}  // namespace launchgate
