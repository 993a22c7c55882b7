// PRR-EVAL-03 eval-fresh
// Fields: the date in each report, else spec.evaluation.reports[].ranAt
// Allowed: the newest report is not older than the policy's limit (365, 180, 90, 60 days by tier); none is dated more
// than a day ahead.
// Strength: measured when the date stands in the file, claimed when it stands in the review.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

constexpr Seconds day = std::chrono::hours{24};

std::string days(Seconds span) { return std::to_string(whole_days(span)) + "d"; }

}  // namespace

Finding eval_fresh(const Facts& f) {
  const auto& reports = f.review->evidence.reports;
  std::size_t newest = reports.size();
  for (std::size_t i = 0; i < reports.size(); ++i) {
    if (!reports[i].ran_at || !trusted(reports[i])) continue;
    if (newest == reports.size() || *reports[i].ran_at > *reports[newest].ran_at) newest = i;
  }
  if (newest == reports.size())
    return unknown("ReportUndated", reports.empty() ? "there is no report to date" : "no report says when it ran", {},
                   "spec.evaluation.reports[].ranAt, or a report that carries its date");
  const Node declared = f.spec["evaluation"]["reports"].at(static_cast<std::uint32_t>(newest));
  const TimePoint ran_at = *reports[newest].ran_at;
  const Seconds age = f.now - ran_at, limit = f.limit_span(Limit::EvaluationMaxAge);
  const auto path = "spec.evaluation.reports[" + std::to_string(newest) + "]";
  if (age < -day)
    return fail(
        "ReportFromTheFuture",
        "report " + shown(declared["ref"].text()) + " is dated " + format_time(ran_at) + ", which is still to come",
        path, "correct the date in the report, or " + path + ".ranAt");
  if (age > limit)  // a started day counts, so that the age never reads like the limit
    return fail("ReportTooOld",
                "newest report is " + days(age + day - Seconds{1}) + " old; limit for " +
                    std::string{to_string(f.tier)} + " is " + days(limit),
                path);
  return pass(reports[newest].parsed && !declared["ranAt"] ? Strength::Measured : Strength::Claimed);
}

}  // namespace launchgate
