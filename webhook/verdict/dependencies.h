// What decides which model answers, and stands in other objects than the workload: ServingRuntimes, ModelConfigs, prompts in
// ConfigMaps, InferencePools and the routes to them. When one of them changes, the workload runs something that its
// review was not given for, and nobody wrote to the workload: its review has drifted.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

struct Dependency {
  const WorldObject* object = nullptr;  // in the snapshot
  std::string name;                     // "ServingRuntime shop/vllm"
  std::string digest;                   // of its rollout fields (verdict/digest); of a ConfigMap its data
};

// By name. What it names (depends_on of the kinds table), what selects its pods (selects), and what names those in turn.
// What is named and not in the snapshot is left out.
std::vector<Dependency> dependencies(const Snapshot& world, const Workload& workload);

// "d1:sha256:<hex>" over names and digests; empty when there is none. Compare it with that of when the workload was judged.
std::string dependencies_digest(const std::vector<Dependency>& all);
std::string dependencies_digest(const Snapshot& world, const Workload& workload);

// What differs, in words: "ServingRuntime shop/vllm changed", "… is new", "… is gone".
std::vector<std::string> drift(const std::vector<Dependency>& then, const std::vector<Dependency>& now);

// The reviews that cover a workload which depends on `changed`, in the order of the snapshot.
std::vector<const Review*> dependants(const Snapshot& world, const WorldObject& changed);

}  // namespace launchgate
