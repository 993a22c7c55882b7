// PRR-COST-01 budget-set
// Fields: spec.cost.budget.{amount, currency, period}
// Allowed: an amount above zero with its currency and period.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding budget_set(const Facts& f) {
  const Node budget = f.spec["cost"]["budget"];
  const Node amount = budget["amount"];
  if (!amount) return fail("BudgetMissing", "no cost budget");
  if (!holds(amount.text(), ">", "0").value_or(false))
    return fail("BudgetNotPositive",
                "the cost budget is " + std::string{amount.text()} + ", expected an amount above 0",
                "spec.cost.budget.amount");
  for (const char* field : {"currency", "period"})
    if (!budget[field])
      return fail("BudgetIncomplete", "the cost budget has no " + std::string{field},
                  "spec.cost.budget." + std::string{field});
  return pass();
}

}  // namespace launchgate
