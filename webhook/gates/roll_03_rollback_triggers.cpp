// PRR-ROLL-03 rollback-triggers
// Fields: spec.rollout.rollbackTriggers[].{metric, op, threshold, window}
// Allowed: on as many metrics as the policy asks for (1, 1, 2, 2), each with all four, its window above zero.
// Strength: claimed.
#include "base/time.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

namespace {

// One metric twice is one thing that is watched: at high it takes one of quality and a technical one.
std::size_t metrics_of(Node triggers) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < triggers.size(); ++i) {
    bool seen = false;
    for (std::uint32_t j = 0; j < i; ++j) seen |= triggers.at(j)["metric"].text() == triggers.at(i)["metric"].text();
    count += !seen;
  }
  return count;
}

}  // namespace

Finding rollback_triggers(const Facts& f) {
  const Node triggers = f.spec["rollout"]["rollbackTriggers"];
  Offenders bad;
  std::size_t position = 0;
  for (Node t : triggers) {
    const auto at = "rollbackTriggers[" + std::to_string(position++) + "]", path = "spec.rollout." + at;
    std::vector<std::string> missing;
    for (const char* field : {"metric", "op", "threshold", "window"})
      if (!stated(t[field])) missing.emplace_back(field);
    if (!missing.empty()) bad.add("TriggerIncomplete", at + " has no " + listed(missing), path + "." + missing.front());
    const Node window = t["window"];
    if (stated(window) && parse_duration(window.text()).value_or(Seconds{0}).count() <= 0)
      bad.add("TriggerWindowInvalid", at + ".window is " + shown(window.text()) + ", expected a duration such as 15m",
              path + ".window");
  }
  if (bad) return bad.finding();
  const auto watched = metrics_of(triggers);
  if (watched >= f.limit(Limit::MinRollbackTriggers)) return pass();
  if (triggers.size() == 0) return fail("RollbackTriggerMissing", "no measurable rollback trigger");
  return fail("TooFewRollbackTriggers",
              std::string{watched < triggers.size() ? "metrics with a rollback trigger: " : "rollback triggers: "} +
                  std::to_string(watched) + "; the minimum for " + std::string{to_string(f.tier)} + " is " +
                  f.limit_text(Limit::MinRollbackTriggers));
}

}  // namespace launchgate
