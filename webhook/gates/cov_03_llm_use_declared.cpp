// PRR-COV-03 llm-use-declared
// Fields: metadata.labels["launchgate.dev/llm"] of the workload or its pod template; spec.covers[] of a review
// Allowed: what carries signals of LLM use says so: by label, by a review that covers it, or by an LLM-only kind.
// Signals short of certain only warn. Strength: observed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding llm_use_declared(const Facts& f) {
  const auto looks = [&] {
    return f.workload.reference() + " looks like an LLM workload (" + listed(texts(f.detection.signals)) +
           ") but declares none";
  };
  switch (f.detection.detected) {
    case Detected::Labelled:
    case Detected::Covered:
    case Detected::LlmKind: return pass(Strength::Observed);
    case Detected::Signals: return fail("LlmUseUndeclared", looks());
    case Detected::Suspected: return warn(Strength::Observed, "LlmUseSuspected", looks());
    case Detected::None: break;
  }
  return not_applicable("no sign of LLM use");
}

}  // namespace launchgate
