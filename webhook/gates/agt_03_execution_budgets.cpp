// PRR-AGT-03 execution-budgets
// Fields: spec.agent.limits.{maxSteps, maxTokensPerRun, maxCostPerRun, maxSeconds, maxToolCallsPerMinute}
// Allowed: the first four above zero; at tier critical maxToolCallsPerMinute too. One that is written is never zero.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding execution_budgets(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  const Node limits = f.spec["agent"]["limits"];
  const std::string path = "spec.agent.limits";
  if (!limits.size()) return fail("ExecutionLimitsMissing", "no step/token/money/time limit per run", path);
  std::vector<std::string> missing;
  for (const char* field : {"maxSteps", "maxTokensPerRun", "maxCostPerRun", "maxSeconds", "maxToolCallsPerMinute"}) {
    const Node limit = limits[field];
    const bool optional = std::string_view{field} == "maxToolCallsPerMinute" && f.tier != Tier::Critical;
    if (limit && !positive(limit))
      return fail("ExecutionLimitNotPositive",
                  std::string{field} + " is " + shown(limit.text()) + ", expected a number above 0",
                  path + "." + field);
    if (!limit && !optional) missing.push_back(field);
  }
  if (missing.empty()) return pass();
  return fail("ExecutionLimitsMissing", "no " + listed(missing) + " is set for a run", path + "." + missing.front());
}

}  // namespace launchgate
