// PRR-LAT-03 fallback-defined
// Fields: spec.latency.fallback.{mode, target, trigger}
// Allowed: a mode; a target where another model or a person takes over; from moderate on also what triggers it.
// Strength: linked when the target names an object that exists, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding fallback_defined(const Facts& f) {
  const Node fallback = f.spec["latency"]["fallback"], target = fallback["target"];
  const auto mode = fallback["mode"].text();
  if (!stated(fallback["mode"])) return fail("FallbackMissing", "no fallback for provider or model degradation");
  if ((mode == "alternate-model" || mode == "human") && !stated(target))
    return fail("FallbackWithoutTarget", "the fallback (" + shown(mode) + ") does not say where requests go",
                "spec.latency.fallback.target");
  if (f.tier >= Tier::Moderate && !stated(fallback["trigger"]))
    return fail("FallbackWithoutTrigger", "the fallback (" + shown(mode) + ") does not say when it takes over",
                "spec.latency.fallback.trigger");
  const Ref ref = follow(f.world, f.review->ns, target.text());
  if (ref.link == Link::Missing)
    return warn("FallbackNotFound", "the fallback refers to " + shown(target.text()) + ", which is not there",
                "spec.latency.fallback.target");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
