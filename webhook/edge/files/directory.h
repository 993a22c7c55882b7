// Directory: the objects that stand in the files below some roots, file by file, with the last good version of each.
//
//   Directory directory{{"/etc/launchgate"}};
//   Load load = directory.load();              // at start, and whenever a Watcher says so
//   World world = assemble(load.objects);      // load.problems go beside world.problems
//
// A file that has not changed is not read again. A file that has become unreadable or wrong keeps what it said before
// and yields a problem; a file that is gone takes its objects along; a root that is gone takes nothing along, because a
// volume that is away for a moment must not look like an empty one. Pipes and "-" are read once. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "edge/files/read.h"
#include "edge/files/walk.h"
#include "wire/source.h"

namespace launchgate {

struct DirectoryLimits {
  using ms = std::chrono::milliseconds;

  WalkLimits walk = {};
  std::size_t file_bytes = ReadLimits{}.max_bytes;
  std::size_t total_bytes = std::size_t{1} << 30;
  // For who looks again: a file that has a good version keeps it until it has rested so long since its last change, and
  // longer where it is empty. `generate >web.yaml` empties the file first, and half of it may be valid as well.
  ms rest{0}, rest_empty{0};
};

struct Load {
  using Clock = std::chrono::steady_clock;

  std::vector<SourceObject> objects;                // all that are in force, changed or not, in the order of the files
  std::vector<Error> problems;                      // one for each faulty file or directory
  bool changed = false;                             // objects or problems differ from those of the load before
  bool vanished = false;                            // a root is not there; its last good objects are among `objects`
  std::optional<Clock::time_point> vanished_since;  // when that was seen first
  bool again = false;                               // a file may still be being written: look again soon
  std::size_t files = 0;
};

class Directory {
 public:
  explicit Directory(std::vector<std::string> roots, DirectoryLimits limits = {});
  Load load();

  const std::vector<std::string>& roots() const { return roots_; }

 private:
  struct Known {
    FileId id;
    bool settled = false;            // old enough that a second change would have given it another id
    std::size_t hash = 0;            // of the bytes
    std::vector<SourceObject> good;  // the last that could be used
    std::optional<Error> problem;    // with what is there now
    bool seen = false;
  };

  void look_at(const Walk::File& file, Load& load);
  bool rests(const FileId& id) const;
  void read_again(const Walk::File& file, Known& known, Load& load);
  void drop_gone(const Walk& walk, Load& load);
  void note_vanished(const Walk& walk, Load& load);
  void read_stream(const std::string& path, Load& load);
  std::optional<Error> take(const std::string& path, std::string_view bytes, Known& known, Load& load);
  bool holds(const std::string& path) const;
  void collect(std::vector<Error> of_walk, Load& load);

  const std::vector<std::string> roots_;
  const DirectoryLimits limits_;
  std::map<std::string, Known> known_;  // by path
  std::size_t total_ = 0;
  std::vector<Error> walk_problems_;  // of the load before
  std::optional<Load::Clock::time_point> vanished_since_;
};

}  // namespace launchgate
