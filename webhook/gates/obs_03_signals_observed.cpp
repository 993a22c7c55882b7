// PRR-OBS-03 signals-observed
// Fields: spec.observability.signals; the condition TelemetryObserved in the review's status
// Allowed: a condition that is not False. Whether samples arrive is known only to whoever can ask the metrics store;
// that one writes the condition. Admission reads it and never asks by itself.
// Strength: measured when the condition is True, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding signals_observed(const Facts& f) {
  if (!f.spec["observability"]["signals"].size()) return not_applicable("no signal is declared");
  for (Node condition : f.review->object->root()["status"]["conditions"]) {
    if (condition["type"].text() != "TelemetryObserved") continue;
    const auto status = condition["status"].text();
    if (status == "True") return pass(Strength::Measured);
    const auto said = stated(condition["message"]) ? ": " + shown(condition["message"].text()) : "";
    if (status == "False") return fail("SignalsNotObserved", "no samples were found" + said);
    return unknown("SignalsUnknown", "nobody could look for samples" + said);
  }
  return pass();
}

}  // namespace launchgate
