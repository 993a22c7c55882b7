// PRR-OBS-07 log-retention
// Fields: spec.observability.retentionDays
// Allowed: a number of days, at least as many as the policy asks for (30, 30, 90, 183 by tier).
// Strength: claimed; the store's own settings are not read.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding log_retention(const Facts& f) {
  const Node days = f.spec["observability"]["retentionDays"];
  const auto least = f.limit_text(Limit::RetentionDays);
  const auto expected = "the limit for " + std::string{to_string(f.tier)} + " is " + least + "d";
  if (!days.is_number()) return fail("RetentionMissing", "log retention is not stated; " + expected);
  if (!holds(days.text(), ">=", least).value_or(false))
    return fail("RetentionTooShort", "records are kept for " + shown(days.text()) + "d; " + expected);
  return pass();
}

}  // namespace launchgate
