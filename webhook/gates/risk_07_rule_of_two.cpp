// PRR-RISK-07 rule-of-two
// Fields: spec.useCase.{untrustedInput, dataClassification, tools[].{effect, approval}, automation}, spec.risks[].category
// Legs: untrusted input; confidential or restricted data; a tool whose effect is not read.
// Allowed: at most one leg; two with a risk of category lethal-combination; three when every tool that changes state
// waits for approval of each action, and never autonomous.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

constexpr const char* kAll = "workload combines untrusted input, sensitive data and state-changing tools";

Finding three_legs(const Facts& f) {
  if (automation(f.spec) == "autonomous")
    return fail("LethalTrifecta", std::string{kAll} + " and is autonomous", "spec.useCase.automation",
                "drop one leg, or spec.useCase.automation: act-with-approval and tools[].approval: per-action");
  std::vector<std::string> unapproved;
  std::string path;
  for (Node tool : f.spec["useCase"]["tools"]) {
    if (!changes_state(tool["effect"].text()) || tool["approval"].text() == "per-action") continue;
    if (unapproved.empty()) path = "spec." + path_to(f.spec, tool) + ".approval";
    unapproved.push_back(shown(tool["name"].text()));
  }
  if (unapproved.empty()) return pass();
  return fail("LethalTrifecta", std::string{kAll} + " without per-action approval: " + listed(unapproved), path,
              "drop one leg, or spec.useCase.tools[].approval: per-action for each tool that changes state");
}

}  // namespace

Finding rule_of_two(const Facts& f) {
  const bool untrusted = untrusted_input(f.spec), sensitive = sensitive_data(f.spec);
  bool changes = false;
  for (Node tool : f.spec["useCase"]["tools"]) changes |= changes_state(tool["effect"].text());
  if (untrusted && sensitive && changes) return three_legs(f);
  if (untrusted + sensitive + changes < 2)
    return not_applicable("at most one of untrusted input, sensitive data and state-changing tools");
  for (Node risk : f.spec["risks"])
    if (risk["category"].text() == "lethal-combination") return pass();
  const std::string first = untrusted ? "untrusted input" : "sensitive data",
                    second = changes ? "state-changing tools" : "sensitive data";
  return fail("TwoLegsWithoutRisk", "workload combines " + first + " and " + second + " without a residual-risk entry",
              {}, "drop one leg, or list a risk with category: lethal-combination under spec.risks[]");
}

}  // namespace launchgate
