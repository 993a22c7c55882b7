// A ReadinessReview as the judgement sees it: the resolved spec (profile and defaults merged in) and what was
// decoded from it once. Immutable after the snapshot is built.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/time.h"
#include "model/evidence.h"
#include "model/selector.h"

namespace launchgate {

// One of spec.covers[]: by name, or by labels.
struct Cover {
  std::string group;  // empty = any group that has the kind
  bool any_group = true;
  std::string kind, name;
  Selector selector;  // present when name is empty
};

// status.approvedRevisions[]: a rollout digest that ran admitted. A return to it is a rollback.
struct ApprovedRevision {
  std::string kind, name;
  std::string digest;  // "r1:sha256:…"
};

struct Review {
  std::string ns, name;
  std::shared_ptr<const Doc> object;  // as written: metadata and raw spec
  std::shared_ptr<const Doc> merged;  // the spec after merging; null where there was nothing to merge
  std::vector<std::string> layers;    // Node::origin() -> which object set the value, e.g. "ReadinessProfile web"
  std::vector<Cover> covers;
  std::vector<ApprovedRevision> approved;
  Evidence evidence;
  bool suspended = false;
  std::optional<TimePoint> expires_at;  // as declared
  std::optional<TimePoint> created;
  std::string missing_profile;                     // spec.profileRef names it and it is not there
  std::string digest;                              // "v1:sha256:…" of the resolved spec
  std::vector<std::shared_ptr<const Doc>> inputs;  // what it was resolved from: while they are the same, so is it
  std::string source;                              // "file:line", empty from a cluster

  // The resolved spec.
  Node spec() const { return merged ? merged->root() : object ? object->root()["spec"] : Node{}; }
};

}  // namespace launchgate
