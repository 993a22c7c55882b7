// PRR-RISK-04 no-blocked-risk
// Fields: spec.risks[].{disposition, unblock}
// Allowed: no risk whose disposition is "blocked". Its own owners say stop: this is never a false positive, so it
// denies wherever the mode is warn or enforce (DESIGN §3).
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding no_blocked_risk(const Facts& f) {
  std::string message, path;
  std::size_t position = 0;
  for (Node risk : f.spec["risks"]) {
    const auto at = "spec.risks[" + std::to_string(position++) + "].disposition";
    if (risk["disposition"].text() != "blocked") continue;
    if (path.empty()) path = at;
    const Node unblock = risk["unblock"];
    message += (message.empty() ? "" : "; ") + std::string{"risk "} + std::string{risk["id"].text()} +
               " is blocked: " + std::string{unblock ? unblock.text() : "nothing says what would unblock it"};
  }
  if (!message.empty()) return fail("RiskBlocked", std::move(message), std::move(path));
  return pass();
}

}  // namespace launchgate
