// PRR-EXP-01 review-in-date
// Fields: spec.expiresAt; metadata.creationTimestamp where it is absent
// Allowed: an end in the future; without spec.expiresAt, a review not older than the policy's validity (365, 180, 90,
// 90 days by tier). Running pods are never touched, and a rollback is allowed before any gate is asked.
// Strength: observed when it is the API server's creation time that counts, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding review_in_date(const Facts& f) {
  const Node declared = f.spec["expiresAt"];
  const auto& end = f.review->expires_at;
  if (declared && !end) return fail("ExpiryUnreadable", "expiresAt is no date and time: " + shown(declared.text()));
  if (!end && !f.review->created) return pass();
  const auto limit = f.limit_span(Limit::Validity);
  const TimePoint until = end ? *end : *f.review->created + limit;
  if (until > f.now) return pass(end ? Strength::Claimed : Strength::Observed);
  const auto days = whole_days(f.now - until);
  auto message = "review expired " + (days ? std::to_string(days) + "d ago (" : "less than a day ago (") +
                 format_date(until) + ")";
  if (!end)
    message += ": it is older than " + std::to_string(whole_days(limit)) + "d, the limit for " +
               std::string{to_string(f.tier)};
  return fail("ReviewExpired", std::move(message));
}

}  // namespace launchgate
