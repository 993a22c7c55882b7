// The judgement: one pure function for the webhook, the background audit and the command line. What CI said is what
// the cluster will say, because it is the same call.
#pragma once

#include "model/change.h"
#include "model/snapshot.h"
#include "verdict/verdict.h"

namespace launchgate {

// DESIGN §3, steps 1 to 9, in that order. Total: it never fails and never looks anything up outside its arguments.
// `memory` (may be null) knows digests that were admitted a moment ago and are in no status yet.
// Any number of threads may call it at once. `world` and the change's Doc must outlive the verdict.
Verdict judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory = nullptr);

// The same into a verdict that was used before: what it has allocated for its gates serves again.
void judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory, Verdict& into);

// A manifest as a CREATE by nobody: what `check` judges.
Change as_create(Node object);

// What the gates say of an object that runs: steps 1 to 4, then 8 and 9, as if its template were new. That it was
// approved before, or that its review is suspended, settles nothing here. The verdict carries the rollout digest.
// `object` must outlive it.
Verdict audit(const Snapshot& world, Node object, TimePoint now);

// The same of a review while no workload that it covers exists: what will be asked of the first one. Gates that look at
// the workload are Unknown (NoWorkload), and deny nothing.
Verdict audit_alone(const Snapshot& world, const Review& review, TimePoint now);

}  // namespace launchgate
