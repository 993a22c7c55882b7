// PRR-RISK-06 mitigation-linked
// Fields: spec.risks[].{mitigation, controls, tests} of mitigated risks
// Allowed: what was done, and something that checks it: controls[] (gate ids of the catalogue, test names or object
// references) or tests[]. A test that failed in the newest report that knows it fails; an object that is not there warns.
// Strength: of each risk its best link, of the gate its weakest risk. observed: a test that passed in the newest
// report that knows it (of those whose digest agrees); linked: an object that exists; else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/table.h"
#include "gates/tests.h"

namespace launchgate {
namespace {

bool is_gate_id(std::string_view id) {
  const auto all = gate_table();
  return std::any_of(all.begin(), all.end(), [&](const Gate& gate) { return gate.id == id; });
}

class Mitigation {
 public:
  Mitigation(const Facts& f, Node risk, Offenders& bad, Offenders& absent)
      : f_(f), risk_(risk), bad_(bad), absent_(absent) {}

  Strength judge() {
    if (!stated(risk_["mitigation"]))
      say(bad_, "MitigationMissing", "is mitigated without saying how", risk_, ".mitigation");
    if (!risk_["controls"].size() && !risk_["tests"].size())
      say(bad_, "MitigatedByProse", "is mitigated by prose only", risk_, ".controls");
    for (Node name : risk_["tests"]) test(name);
    for (Node control : risk_["controls"]) {
      if (control.text().substr(0, 4) == "PRR-") {
        if (!is_gate_id(control.text()))
          say(bad_, "ControlUnknown", "names the control " + shown(control.text()) + ", which is no gate id", control);
      } else {
        object_or_test(control);
      }
    }
    return best_;
  }

 private:
  void say(Offenders& into, std::string_view reason, const std::string& what, Node at, const char* field = "") {
    into.add(reason, called("risk", risk_["id"]) + " " + what, "spec." + path_to(f_.spec, at) + field);
  }
  void object_or_test(Node control) {
    const Ref ref = follow(f_.world, f_.review->ns, control.text());
    if (ref.link == Link::Missing)
      say(absent_, "ControlNotFound", "refers to " + shown(control.text()) + ", which is not there", control);
    best_ = std::max(best_, strength_of(ref.link));
    if (ref.kind.empty()) test(control);
  }
  void test(Node name) {
    const TestResult result = test_result(*f_.review, name.text());
    if (result == TestResult::Failed)
      say(bad_, "MitigationTestFails", "rests on test " + shown(name.text()) + ", which fails", name);
    if (result == TestResult::Passed) best_ = std::max(best_, Strength::Observed);
  }

  const Facts& f_;
  Node risk_;
  Offenders &bad_, &absent_;
  Strength best_ = Strength::Claimed;
};

}  // namespace

Finding mitigation_linked(const Facts& f) {
  Offenders bad, absent;
  auto weakest = Strength::Attested;
  for (Node risk : f.spec["risks"])
    if (risk["disposition"].text() == "mitigated")
      weakest = std::min(weakest, Mitigation{f, risk, bad, absent}.judge());
  if (bad) return bad.finding();
  if (absent) return absent.warning(weakest);
  return weakest == Strength::Attested ? not_applicable("no risk is mitigated") : pass(weakest);
}

}  // namespace launchgate
