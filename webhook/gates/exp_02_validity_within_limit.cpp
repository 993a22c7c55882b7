// PRR-EXP-02 validity-within-limit
// Fields: spec.expiresAt; where approvals are asked for, metadata.creationTimestamp of the ReadinessApprovals that count
// Allowed: absent (then the limit itself is the end), or at most the policy's validity (365, 180, 90, 90 days by tier) after
// the approval, with a day of grace for those who count in dates: moving the end does not make trust last longer. The
// approval is as old as the oldest of the newest ones that PRR-APPR-01 asks for. Where none is asked for, or none tells
// when it was given, it is counted from now.
// Strength: claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/roles.h"

namespace launchgate {

Finding validity_within_limit(const Facts& f) {
  const auto& end = f.review->expires_at;
  if (!end) {
    if (f.spec["expiresAt"])
      return unknown("ValidityUnknown", "expiresAt cannot be read");  // EXP-01 says what is wrong
    return pass();
  }
  const auto limit = f.limit_span(Limit::Validity);
  const auto approved = approved_since(f);
  const Seconds lasts = *end - std::min(approved.value_or(f.now), f.now);
  if (lasts <= limit + std::chrono::days{1}) return pass();
  const auto days = [](Seconds span) { return std::to_string(whole_days(span)) + "d"; };
  const auto most = "; the limit for " + std::string{to_string(f.tier)} + " is " + days(limit);
  if (!approved) return fail("ValidityTooLong", "expires in " + days(lasts) + most);
  const auto since = " after the approval of " + format_date(*approved);
  return fail("ValidityTooLong", "expires " + days(lasts) + since + most, {},
              "have the review approved again as it stands, or lower spec.expiresAt to " +
                  format_date(*approved + limit) + " at most");
}

}  // namespace launchgate
