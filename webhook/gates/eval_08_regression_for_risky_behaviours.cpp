// PRR-EVAL-08 regression-for-risky-behaviours
// Fields: spec.risks[].tests of mitigated risks; the passed and failed tests of the reports, and when they ran
// Allowed: for every mitigated risk at least one test; where reports list tests, one that passed in the newest report that
// knows it and none that failed there.
// Strength: observed when every such risk has a test that a report lists as passed, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/tests.h"

namespace launchgate {

Finding regression_for_risky_behaviours(const Facts& f) {
  const bool listed_anywhere = any_tests(*f.review);
  Offenders bad;
  bool any = false;
  for (Node risk : f.spec["risks"]) {
    if (risk["disposition"].text() != "mitigated") continue;
    any = true;
    const auto who = called("risk", risk["id"]), at = "spec." + path_to(f.spec, risk) + ".tests";
    bool proven = false;
    std::string failing;
    for (Node name : risk["tests"]) {
      const TestResult result = test_result(*f.review, name.text());
      proven |= result == TestResult::Passed;
      if (result == TestResult::Failed) failing = shown(name.text());
    }
    if (risk["tests"].size() == 0) bad.add("RiskWithoutTest", who + " has no regression test", at);
    else if (!failing.empty()) bad.add("RegressionTestFails", who + " has test " + failing + ", which fails", at);
    else if (!proven && listed_anywhere)
      bad.add("RegressionTestNotRun", who + " has no test that a report lists as passed", at,
              "spec.risks[].tests[]: names that stand in passedTests of a report");
  }
  if (bad) return bad.finding();
  if (!any) return not_applicable("no risk is mitigated");
  return pass(listed_anywhere ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
