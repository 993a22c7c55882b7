// Builds a Snapshot from decoded objects: resolves profiles and defaults, gathers evidence, computes digests, indexes.
#pragma once

#include <memory>
#include <vector>

#include "model/snapshot.h"

namespace launchgate {

struct Profile {
  std::string ns, name;
  std::shared_ptr<const Doc> object;
};

// What a directory or a cluster holds, decoded (wire/resources).
struct World {
  std::vector<std::shared_ptr<const Review>> reviews;  // as decoded, not resolved yet
  std::vector<Profile> profiles;
  std::vector<Policy> policies;
  std::vector<std::shared_ptr<const Waiver>> waivers;
  std::vector<std::shared_ptr<const Approval>> approvals;  // as decoded, not examined yet
  std::unordered_map<std::string, std::shared_ptr<const Doc>> namespaces;
  std::vector<std::shared_ptr<const WorldObject>> objects;
  std::vector<Error> problems;
};

// The built-in kinds and what these policies add.
KindSet declared_kinds(const std::vector<Policy>& policies);

// The built-in policy: the baseline pack in mode enforce.
Policy builtin_policy();

// `before` (may be null): the snapshot that this one follows. A review whose Docs are the very same ones as then, its
// profile's, its defaults' and its evidence's included, is taken over as it was resolved.
std::shared_ptr<const Snapshot> build_snapshot(World world, const Snapshot* before = nullptr);

}  // namespace launchgate
