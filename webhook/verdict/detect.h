// Is it an LLM workload, and how do we know? An explicit label, a covering review or an LLM-only kind decide; else
// signals are scored (reference: workloads §2). Every signal that fired is named, so that a person can object.
#pragma once

#include "gates/facts.h"

namespace launchgate {

// `covered`: a review covers it. `allow_opt_out`: the policies honour launchgate.dev/llm: "false" with a reason.
Detection detect(const Workload& workload, bool covered, bool allow_opt_out);
// The same into one that was used before.
void detect(const Workload& workload, bool covered, bool allow_opt_out, Detection& into);

}  // namespace launchgate
