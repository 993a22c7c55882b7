// PRR-SUP-02 runbook-answers-bad-answer
// Fields: spec.support.badAnswer.{traceBy, classes[], decisions.{prompt, data, retrieval, policy}}
// Allowed: all three steps: what an answer is traced by, the classes it is put in, and who decides about prompt, data
// and policy, and about retrieval where that is enabled.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding runbook_answers_bad_answer(const Facts& f) {
  const Node answer = f.spec["support"]["badAnswer"], classes = answer["classes"], decisions = answer["decisions"];
  std::vector<std::string> missing;
  if (!stated(answer["traceBy"])) missing.emplace_back("traceBy");
  bool classified = false;
  for (Node name : classes) classified |= stated(name);
  if (!classified) missing.emplace_back("classes");
  for (const std::string field : {"prompt", "data", "retrieval", "policy"}) {
    if (decisions.size() == 0) break;
    if (field == "retrieval" && !f.spec["useCase"]["retrieval"]["enabled"].is_true()) continue;
    if (!stated(decisions[field])) missing.push_back("decisions." + field);
  }
  if (decisions.size() == 0) missing.emplace_back("decisions");
  if (missing.empty()) return pass();
  return fail("BadAnswerStepsMissing", "runbook lacks: " + listed(missing),
              "spec.support.badAnswer." + missing.front());
}

}  // namespace launchgate
