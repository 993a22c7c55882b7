// PRR-EVAL-08 regression-for-risky-behaviours
// Fields: spec.risks[].tests of mitigated risks; the passed and failed tests of the reports
// Allowed: for every mitigated risk at least one test; where a report lists tests, one of them among those that passed
// and none among those that failed.
// Strength: observed when every such risk has a test that a report lists as passed, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// Of every report whose bytes are those that were reviewed.
struct Tests {
  explicit Tests(const Review& review) {
    for (const EvalReport& r : review.evidence.reports) {
      if (!trusted(r)) continue;
      for (const auto& t : r.passed_tests) passed.emplace_back(t);
      for (const auto& t : r.failed_tests) failed.emplace_back(t);
    }
  }
  bool none() const { return passed.empty() && failed.empty(); }
  std::vector<std::string_view> passed, failed;
};

bool has(const std::vector<std::string_view>& all, Node name) {
  return std::find(all.begin(), all.end(), name.text()) != all.end();
}

}  // namespace

Finding regression_for_risky_behaviours(const Facts& f) {
  const Tests tests{*f.review};
  Offenders bad;
  bool any = false;
  for (Node risk : f.spec["risks"]) {
    if (risk["disposition"].text() != "mitigated") continue;
    any = true;
    const auto who = called("risk", risk["id"]), at = "spec." + path_to(f.spec, risk) + ".tests";
    bool proven = false;
    std::string failing;
    for (Node name : risk["tests"]) {
      proven |= has(tests.passed, name);
      if (has(tests.failed, name)) failing = shown(name.text());
    }
    if (risk["tests"].size() == 0) bad.add("RiskWithoutTest", who + " has no regression test", at);
    else if (!failing.empty()) bad.add("RegressionTestFails", who + " has test " + failing + ", which fails", at);
    else if (!proven && !tests.none())
      bad.add("RegressionTestNotRun", who + " has no test that a report lists as passed", at,
              "spec.risks[].tests[]: names that stand in passedTests of a report");
  }
  if (bad) return bad.finding();
  if (!any) return not_applicable("no risk is mitigated");
  return pass(tests.none() ? Strength::Claimed : Strength::Observed);
}

}  // namespace launchgate
