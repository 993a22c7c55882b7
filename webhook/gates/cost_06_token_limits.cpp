// PRR-COST-06 token-limits
// Fields: spec.cost.limits.{maxInputTokens, maxOutputTokens}
// Allowed: both, above zero.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding token_limits(const Facts& f) {
  const Node limits = f.spec["cost"]["limits"];
  if (!limits["maxInputTokens"] && !limits["maxOutputTokens"])
    return fail("TokenLimitsMissing", "no max input/output tokens");
  for (const std::string field : {"maxInputTokens", "maxOutputTokens"}) {
    const Node limit = limits[field];
    if (!limit) return fail("TokenLimitsIncomplete", "no " + field, "spec.cost.limits." + field);
    if (!positive(limit))
      return fail("TokenLimitNotPositive", field + " is " + shown(limit.text()) + ", expected a number above 0",
                  "spec.cost.limits." + field);
  }
  return pass();
}

}  // namespace launchgate
