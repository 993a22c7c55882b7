#include "model/limits.h"

#include <algorithm>

namespace launchgate {
namespace {

constexpr double day = 86400;

// Sources: the baseline pack (policies/baseline.yaml); a test holds both equal.
// clang-format off
constexpr LimitRow rows[] = {
    {Limit::EvaluationMaxAge, "evaluationMaxAge", true, false, {365 * day, 180 * day, 90 * day, 60 * day}},
    {Limit::AdversarialMaxAge, "adversarialMaxAge", true, false, {90 * day, 90 * day, 90 * day, 90 * day}},
    {Limit::Validity, "validity", true, false, {365 * day, 180 * day, 90 * day, 90 * day}},
    {Limit::WaiverTerm, "waiverTerm", true, false, {90 * day, 60 * day, 30 * day, 14 * day}},
    {Limit::RiskAcceptance, "riskAcceptance", true, false, {365 * day, 180 * day, 90 * day, 60 * day}},
    {Limit::DrillMaxAge, "drillMaxAge", true, false, {180 * day, 180 * day, 180 * day, 90 * day}},
    {Limit::RehearsalMaxAge, "rehearsalMaxAge", true, false, {180 * day, 180 * day, 180 * day, 90 * day}},
    {Limit::FallbackTestMaxAge, "fallbackTestMaxAge", true, false, {90 * day, 90 * day, 90 * day, 90 * day}},
    {Limit::WaiverRenewals, "waiverRenewals", false, false, {2, 2, 2, 2}},
    {Limit::MinSliceCases, "minSliceCases", false, true, {0, 20, 50, 100}},
    {Limit::MinRisks, "minRisks", false, true, {0, 1, 3, 5}},
    {Limit::MinRollbackTriggers, "minRollbackTriggers", false, true, {1, 1, 2, 2}},
    {Limit::KillSwitchSeconds, "killSwitchSeconds", false, false, {300, 300, 300, 60}},
    {Limit::FirstExposurePercent, "firstExposurePercent", false, false, {100, 25, 10, 5}},
    {Limit::MaxRetries, "maxRetries", false, false, {3, 3, 3, 3}},
    {Limit::RetentionDays, "retentionDays", false, true, {30, 30, 90, 183}},
    {Limit::HumanAgreement, "humanAgreement", false, true, {0, 0, 0.7, 0.7}},
    // clang-format on
};
static_assert(std::size(rows) == kLimitCount);

}  // namespace

std::span<const LimitRow> limit_table() { return rows; }

Limits::Limits() {
  for (const auto& row : rows)
    for (Tier t : kTiers) set(row.limit, t, row.value[static_cast<std::size_t>(t)]);
}

void Limits::tighten(const Limits& other) {
  for (const auto& row : rows)
    for (Tier t : kTiers) {
      const double a = get(row.limit, t), b = other.get(row.limit, t);
      set(row.limit, t, row.larger_is_stricter ? std::max(a, b) : std::min(a, b));
    }
}

}  // namespace launchgate
