// Which review covers a workload, and who owns it.
#pragma once

#include <vector>

#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

// Every review of the workload's namespace whose covers[] names it or selects its labels, in a stable order. Where there is
// none, those of what runs the same template: an Argo Rollout with workloadRef, and the Deployment that it refers to.
std::vector<const Review*> covering_reviews(const Snapshot& world, const Workload& workload);

// The other way round: the objects of the snapshot that the review covers, in a stable order. Some may have an owner that
// is gated in their place.
std::vector<const WorldObject*> covered_workloads(const Snapshot& world, const Review& review);

// Gives a workload without pods those that it refers to (a Rollout with workloadRef). They stand in the snapshot.
void complete(const Snapshot& world, Workload& workload);

// The owner that stands for the workload, when it is controlled by an object that is itself gated and that exists:
// that one is judged, and this may pass. An owner that can't be found does not excuse. (DESIGN §3 step 3.)
const WorldObject* gated_owner(const Snapshot& world, const Workload& workload);

}  // namespace launchgate
