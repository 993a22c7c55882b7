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
  std::vector<Review> reviews;
  std::vector<Profile> profiles;
  std::vector<Policy> policies;
  std::unordered_map<std::string, Doc> namespaces;
  std::vector<WorldObject> objects;
  std::vector<Error> problems;
};

// The built-in policy: the baseline pack in mode enforce.
Policy builtin_policy();

std::shared_ptr<const Snapshot> build_snapshot(World world);

}  // namespace launchgate
