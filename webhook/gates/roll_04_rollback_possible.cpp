// PRR-ROLL-04 rollback-possible
// Fields: the workload's spec.revisionHistoryLimit; spec.rollout.rollback.method
// Allowed: a kind whose controller keeps revisions, with a history above zero; for other kinds a method. rollout-undo is
// none for them, since it needs those revisions.
// Strength: observed where the controller keeps revisions, else claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding rollback_possible(const Facts& f) {
  const Node kept = f.workload.object["spec"]["revisionHistoryLimit"];
  if (kept && !positive(kept))
    return fail("RollbackImpossible", "rollback is impossible: revisionHistoryLimit is " + shown(kept.text()),
                "spec.revisionHistoryLimit",
                "set spec.revisionHistoryLimit of " + f.workload.reference() + " to 2 or more");
  if (f.workload.kind && f.workload.kind->reversible) return pass(Strength::Observed);
  const Node method = f.spec["rollout"]["rollback"]["method"];
  const std::string kind{f.workload.kind_name};
  if (!stated(method))
    return fail(
        "RollbackMethodMissing", "rollback is impossible: a " + kind + " keeps no revisions and no method is stated",
        "spec.rollout.rollback.method", "spec.rollout.rollback: {method: helm|git-revert|argo-abort, previous?}");
  if (method.text() == "rollout-undo")
    return warn("RollbackMethodUnfit", "rollout-undo does not work on a " + kind + ", which keeps no revisions",
                "spec.rollout.rollback.method", "spec.rollout.rollback.method: helm|git-revert|argo-abort");
  return pass();
}

}  // namespace launchgate
