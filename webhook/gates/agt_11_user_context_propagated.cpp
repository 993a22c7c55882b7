// PRR-AGT-11 user-context-propagated
// Fields: spec.agent.identity.{mode, reason}, spec.risks[].category, spec.useCase.{tools, dataClassification}
// Allowed: tools that act with the user's own rights; or with those of a service, with the reason, and where the data is
// confidential with a risk of category misuse or leakage in the register.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding user_context_propagated(const Facts& f) {
  if (!has_tools(f.spec)) return not_applicable("no tool is listed");
  const Node identity = f.spec["agent"]["identity"];
  const auto mode = identity["mode"].text();
  if (!stated(identity["mode"]))
    return fail("IdentityNotStated", "nobody says with whose rights tools are called", "spec.agent.identity.mode");
  if (mode == "on-behalf-of-user") return pass();
  if (!stated(identity["reason"]))
    return fail("SharedIdentity", "tools run with a shared identity, and no reason is given",
                "spec.agent.identity.reason");
  if (!sensitive_data(f.spec)) return pass();
  for (Node risk : f.spec["risks"])
    if (risk["category"].text() == "misuse" || risk["category"].text() == "leakage") return pass();
  return fail(
      "SharedIdentityWithoutRisk",
      "tools run with a shared identity on " + std::string{data_class(f.spec)} + " data, and no risk speaks of it",
      "spec.risks",
      "spec.agent.identity.mode: on-behalf-of-user, or a risk of category misuse or leakage under spec.risks[]");
}

}  // namespace launchgate
