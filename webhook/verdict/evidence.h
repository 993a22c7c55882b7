// Reads what a review refers to, once, when a snapshot is built: evaluation reports in ConfigMaps, and prompts that
// should hold no keys. Contents are hostile: parsed with bounds, never printed.
#pragma once

#include "model/snapshot.h"

namespace launchgate {

// Needs world.objects_by_name. Formats: launchgate/v1 EvaluationReport, promptfoo results, in-toto test-result,
// Inspect logs, lm-eval results (reference: workloads §5).
Evidence gather_evidence(const Snapshot& world, const Review& review);

}  // namespace launchgate
