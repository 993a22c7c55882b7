// PRR-ROLL-02 progressive-exposure
// Fields: spec.rollout.exposure.{method, steps[]}; spec.stage
// Allowed: a method with ascending percentages that end at 100 (an experiment may stop short), the first within the
// policy's limit (100, 25, 10, 5). A step of 0 reaches nobody, so the first is the first above 0. Shadow traffic
// reaches no user, so it needs no steps.
// Strength: claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding progressive_exposure(const Facts& f) {
  const Node exposure = f.spec["rollout"]["exposure"], steps = exposure["steps"];
  const auto method = exposure["method"].text();
  if (!stated(exposure["method"])) return fail("ExposureMissing", "no ring, flag percentage or canary");
  if (steps.size() == 0) {
    if (method == "shadow") return pass();
    return fail("ExposureWithoutSteps", "the exposure (" + shown(method) + ") has no steps",
                "spec.rollout.exposure.steps");
  }
  const auto at = [](std::uint32_t i) { return "spec.rollout.exposure.steps[" + std::to_string(i) + "]"; };
  const auto limit = f.limit_text(Limit::FirstExposurePercent);
  std::uint32_t begins = 0;
  while (begins + 1 < steps.size() && !positive(steps.at(begins))) ++begins;
  const auto first = steps.at(begins).text(), last = steps.at(steps.size() - 1).text();
  if (!holds(first, "<=", limit).value_or(false))
    return fail("FirstExposureTooLarge",
                "the first exposure step is " + shown(first) + " %; the limit for " + std::string{to_string(f.tier)} +
                    " is " + limit + " %",
                at(begins));
  for (std::uint32_t i = 1; i < steps.size(); ++i)
    if (!holds(steps.at(i).text(), ">=", steps.at(i - 1).text()).value_or(false))
      return fail("ExposureNotAscending",
                  "exposure step " + shown(steps.at(i).text()) + " follows " + shown(steps.at(i - 1).text()) +
                      ", expected ascending percentages",
                  at(i));
  if (f.spec["stage"].text() != "experiment" && !holds(last, "==", "100").value_or(false))
    return fail("ExposureStopsShort", "the last exposure step is " + shown(last) + " %, expected 100 %",
                at(steps.size() - 1));
  return pass();
}

}  // namespace launchgate
