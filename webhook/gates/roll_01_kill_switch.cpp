// PRR-ROLL-01 kill-switch
// Fields: spec.rollout.killSwitch.{type, ref, maxSeconds}
// Allowed: a type and a reference; maxSeconds, where given, within the policy's limit (300, at critical 60).
// Strength: linked when the reference names an object that exists, else claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding kill_switch(const Facts& f) {
  const Node s = f.spec["rollout"]["killSwitch"];
  if (!s["type"]) return fail("KillSwitchMissing", "no off switch");
  const auto type = s["type"].text();
  if (!stated(s["ref"]) && type != "scale-to-zero")
    return fail("KillSwitchWithoutRef", "the off switch (" + std::string{type} + ") does not say where it is",
                "spec.rollout.killSwitch.ref");
  const auto limit = std::to_string(static_cast<long>(f.limit(Limit::KillSwitchSeconds)));
  const Node seconds = s["maxSeconds"];
  if (seconds && !holds(seconds.text(), "<=", limit).value_or(false))
    return fail("KillSwitchTooSlow",
                "the off switch takes up to " + std::string{seconds.text()} + " s; the limit for " +
                    std::string{to_string(f.tier)} + " is " + limit + " s",
                "spec.rollout.killSwitch.maxSeconds");
  const Ref ref = follow(f.world, f.review->ns, s["ref"].text());
  if (ref.link == Link::Missing)
    return warn("KillSwitchNotFound",
                "the off switch refers to " + std::string{s["ref"].text()} + ", which is not there",
                "spec.rollout.killSwitch.ref");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
