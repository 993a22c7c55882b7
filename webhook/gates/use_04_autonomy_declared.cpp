// PRR-USE-04 autonomy-declared
// Fields: spec.useCase.{automation, tools[].effect}
// Allowed: an automation level. "suggest" beside a tool that changes state warns: what only suggests changes nothing.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding autonomy_declared(const Facts& f) {
  const Node use = f.spec["useCase"];
  if (!stated(use["automation"]))
    return fail("AutomationMissing",
                has_tools(f.spec) ? "no automation level, although tools are listed" : "no automation level");
  if (automation(f.spec) != "suggest") return pass();
  std::vector<std::string> acting;
  for (Node tool : use["tools"])
    if (stated(tool["effect"]) && changes_state(tool["effect"].text()))
      acting.push_back(shown(tool["name"].text()) + " effect=" + shown(tool["effect"].text()));
  if (acting.empty()) return pass();
  return warn("AutomationContradictsTools", "automation is \"suggest\" but tools change state: " + listed(acting), {},
              "raise spec.useCase.automation, or correct spec.useCase.tools[].effect");
}

}  // namespace launchgate
