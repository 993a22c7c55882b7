// PRR-COST-05 unit-economics-add-up
// Fields: spec.cost.unit.{costPerRequest, expectedRequestsPerMonth}, spec.cost.budget.{amount, currency, period}
// Allowed: both numbers, above zero, and a product that stays within the budget of a month (a day's times 30, a week's
// times 30/7).
// Strength: claimed; what requests really cost is measured elsewhere.
#include <cstdio>
#include <cstdlib>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

double number(Node n) { return std::strtod(std::string{n.text()}.c_str(), nullptr); }

// "1440", "0.5": for a sentence, not for a comparison.
std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);
  return text;
}

}  // namespace

Finding unit_economics_add_up(const Facts& f) {
  const Node unit = f.spec["cost"]["unit"], budget = f.spec["cost"]["budget"];
  for (const std::string field : {"costPerRequest", "expectedRequestsPerMonth"})
    if (!unit[field].is_number())
      return fail("UnitCostMissing", "the arithmetic behind the budget is not stated: no " + field,
                  "spec.cost.unit." + field);
  for (const std::string field : {"costPerRequest", "expectedRequestsPerMonth"})
    if (!positive(unit[field]))
      return fail("UnitCostZero", field + " is " + shown(unit[field].text()) + ", expected a number above 0",
                  "spec.cost.unit." + field);
  if (!positive(budget["amount"])) return unknown("NoBudget", "there is no budget to compare with", "spec.cost.budget");
  const auto period = budget["period"].text();
  const double monthly = number(budget["amount"]) * (period == "day" ? 30 : period == "week" ? 30.0 / 7 : 1);
  const double spend = number(unit["costPerRequest"]) * number(unit["expectedRequestsPerMonth"]);
  if (spend <= monthly * (1 + 1e-9)) return pass();
  const auto currency = stated(budget["currency"]) ? " " + shown(budget["currency"].text()) : std::string{};
  return fail("BudgetWillBurst",
              "cost per request x expected volume = " + rounded(spend) + currency + " a month, the budget is " +
                  rounded(monthly) + currency + ": it bursts in " +
                  std::to_string(static_cast<long>(30 * monthly / spend)) + " days",
              "spec.cost.unit", "raise spec.cost.budget, or lower the cost or the number of requests");
}

}  // namespace launchgate
