// PRR-LAT-01 latency-target
// Fields: spec.latency.targets[].{metric, seconds}
// Allowed: at least one, each with its percentile and seconds above zero.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding latency_target(const Facts& f) {
  const Node targets = f.spec["latency"]["targets"];
  if (targets.size() == 0) return fail("LatencyTargetMissing", "no latency target");
  Offenders bad;
  std::size_t position = 0;
  for (Node t : targets) {
    const auto at = "targets[" + std::to_string(position++) + "]", path = "spec.latency." + at;
    const Node seconds = t["seconds"];
    if (!stated(t["metric"])) bad.add("LatencyTargetIncomplete", at + " has no metric", path + ".metric");
    else if (!seconds) bad.add("LatencyTargetIncomplete", at + " has no seconds", path + ".seconds");
    else if (!positive(seconds))
      bad.add("LatencyTargetNotPositive", at + ".seconds is " + shown(seconds.text()) + ", expected a number above 0",
              path + ".seconds");
  }
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
