// PRR-EVAL-07 failure-analysis
// Fields: spec.evaluation.failureAnalysis.{ref, topFailures[].{pattern, riskRef}}, spec.risks[].id
// Allowed: where the analysis is, and the most frequent failures, each with the id of the risk that stands for it. No
// failures need be named where every test of the reports passed.
// Strength: linked when the object was found, else claimed; whether the analysis is good is not seen from here.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// Some report lists tests, and none of them failed.
bool all_passed(const Review& review) {
  bool any = false;
  for (const EvalReport& r : review.evidence.reports) {
    if (!trusted(r)) continue;
    if (!r.failed_tests.empty()) return false;
    any |= !r.passed_tests.empty();
  }
  return any;
}

bool has_risk(Node spec, std::string_view id) {
  for (Node risk : spec["risks"])
    if (risk["id"].text() == id) return true;
  return false;
}

}  // namespace

Finding failure_analysis(const Facts& f) {
  const Node analysis = f.spec["evaluation"]["failureAnalysis"], failures = analysis["topFailures"];
  const std::string path = "spec.evaluation.failureAnalysis";
  if (!stated(analysis["ref"]))
    return fail("FailureAnalysisMissing",
                failures.size() ? "the failure analysis does not say where it is" : "no failure analysis",
                path + ".ref");
  if (failures.size() == 0 && !all_passed(*f.review))
    return fail("NoFailureNamed", "the failure analysis names no failure, and not every test passed",
                path + ".topFailures");
  Offenders bad;
  for (Node failure : failures) {
    const auto at = "spec." + path_to(f.spec, failure), who = called("failure", failure["pattern"]);
    if (!stated(failure["pattern"])) bad.add("FailureIncomplete", who + " is listed", at + ".pattern");
    else if (!stated(failure["riskRef"])) bad.add("FailureWithoutRisk", who + " names no risk", at + ".riskRef");
    else if (!has_risk(f.spec, failure["riskRef"].text()))
      bad.add("FailureWithoutRisk",
              who + " names risk " + shown(failure["riskRef"].text()) + ", which is not in spec.risks[]",
              at + ".riskRef");
  }
  if (bad) return bad.finding();
  const Ref ref = follow(f.world, f.review->ns, analysis["ref"].text());
  if (ref.link == Link::Missing)
    return warn("FailureAnalysisNotFound", "failure analysis " + shown(analysis["ref"].text()) + " is not there",
                path + ".ref");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
