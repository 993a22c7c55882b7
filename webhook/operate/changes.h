// What is different between two snapshots, and so has to be judged again. Unchanged things are shared between them
// (verdict/build, edge/kube/mirror), so that a pointer tells.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"

namespace launchgate {

// A review's place in the cluster, and the key of what is known about it.
using Key = std::pair<std::string, std::string>;  // namespace, name
inline Key key_of(const Review& review) { return {review.ns, review.name}; }

// Tells one workload from another.
inline std::uint64_t id_of(const WorldObject& o) { return hash_of(o.kind, o.ns, o.name); }
bool is_gated(const Snapshot& world, const WorldObject& o);

struct Changes {
  bool all = false;                           // the policies, or something that every namespace may look at
  bool policies = false;                      // their status has to be looked at: they or the namespaces changed
  std::set<Key> reviews;                      // new or changed
  std::set<Key> gone;                         // reviews that are no more
  std::vector<const WorldObject*> workloads;  // of `now`: new or changed, of gated kinds
  std::vector<std::uint64_t> gone_workloads;  // id_of() those that are no more
  std::set<std::string> namespaces;           // in which something was changed that verdicts may look at
};

// `before` may be null: everything. Both snapshots have to live as long as the result.
Changes changes_between(const Snapshot* before, const Snapshot& now);

// The review's spec names an object with its namespace ("configmap/<namespace>/<name>"), and so looks beyond its own.
bool looks_abroad(const Review& review);

}  // namespace launchgate
