// PRR-RISK-03 every-risk-disposed
// Fields: spec.risks[].disposition
// Allowed: accepted, mitigated or blocked, for each risk.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding every_risk_disposed(const Facts& f) {
  const Node risks = f.spec["risks"];
  if (!risks.size()) return not_applicable("no risk is listed");
  Offenders bad;
  for (Node risk : risks) {
    const Node disposition = risk["disposition"];
    const auto word = disposition.text();
    if (word == "accepted" || word == "mitigated" || word == "blocked") continue;
    const auto what = stated(disposition) ? " has the unknown disposition " + shown(word) : " has no disposition";
    bad.add("RiskUndecided", called("risk", risk["id"]) + what, "spec." + path_to(f.spec, risk) + ".disposition");
  }
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
