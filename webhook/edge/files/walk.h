// Which files of the roots are manifests: a bounded walk that follows symbolic links and reads nothing.
//
// Entries whose name begins with a dot are passed over, so that in a ConfigMap mount
//     ..2026_11_24/web.yaml   ..data -> ..2026_11_24   web.yaml -> ..data/web.yaml
// each file is seen once, by its visible name. A file or directory that several names lead to counts once, under
// the first of them in order, and so no cycle of links is walked twice.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edge/files/read.h"

namespace launchgate {

struct WalkLimits {
  std::size_t files = 200'000;      // manifests
  std::size_t entries = 2'000'000;  // names of any kind
  std::size_t depth = 32;           // directories below a root
};

struct Walk {
  struct File {
    std::string path;
    FileId id;
  };
  std::vector<File> files;               // regular *.yaml, *.yml, *.json, in the order of their names
  std::vector<std::string> directories;  // all that were walked, and those that links point into: what to watch
  std::vector<std::string> links;        // that were followed
  bool unreadable = false;           // something is not there or could not be looked into: no limit, and it may pass
  std::vector<std::string> streams;  // roots that are a pipe or a device: to be read once, to the end
  std::vector<Error> vanished;       // roots that are not there or cannot be opened, and why
  std::vector<std::string> unseen;   // paths that could not be looked into: below them nothing is known to be gone;
                                     // an empty one: the walk stopped at a limit
  std::vector<Error> problems;       // why
};

// Roots are directories, single files of any name, pipes, or "-" for standard input. Never fails: what is wrong is in the Walk.
Walk walk_manifests(const std::vector<std::string>& roots, const WalkLimits& limits = {});

// "web.yaml", "web.yml" and "web.json" are; ".web.yaml" is not.
bool is_manifest_name(std::string_view name);

// `path` itself or something below it.
bool is_below(std::string_view path, std::string_view directory);

}  // namespace launchgate
