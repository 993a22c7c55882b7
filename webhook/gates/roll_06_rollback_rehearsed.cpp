// PRR-ROLL-06 rollback-rehearsed
// Fields: spec.rollout.lastRehearsal.{date, durationSeconds}, spec.rollout.killSwitch.maxSeconds
// Allowed: a date within the policy's limit (180 days, at critical 90), and a rehearsal that took at most twice as long
// as the off switch promises.
// Strength: claimed; a rollback in earnest counts, and neither is seen from here.
#include <cstdlib>

#include "gates/age.h"

namespace launchgate {

Finding rollback_rehearsed(const Facts& f) {
  constexpr Occasion rehearsal{"RehearsalMissing", "RehearsalTooOld", "no rehearsal of the rollback",
                               "the last rehearsal of the rollback", "spec.rollout.lastRehearsal.date"};
  const Node last = f.spec["rollout"]["lastRehearsal"], took = last["durationSeconds"];
  if (const auto wrong = unless_recent(f, last["date"], Limit::RehearsalMaxAge, rehearsal)) return *wrong;
  const Node promised = f.spec["rollout"]["killSwitch"]["maxSeconds"];
  const auto seconds = [](Node n) { return std::strtod(std::string{n.text()}.c_str(), nullptr); };
  if (took.is_number() && promised.is_number() && seconds(took) > 2 * seconds(promised))
    return fail("RehearsalTooSlow",
                "the rehearsal took " + shown(took.text()) + " s, more than twice the " + shown(promised.text()) +
                    " s that the off switch promises",
                "spec.rollout.lastRehearsal.durationSeconds",
                "make the way back faster, or promise less in spec.rollout.killSwitch.maxSeconds");
  return pass();
}

}  // namespace launchgate
