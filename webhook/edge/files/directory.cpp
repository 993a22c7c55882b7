#include "edge/files/directory.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace launchgate {
namespace {

// File systems stamp a change with a clock that ticks every few milliseconds (some every second or two): of two changes
// within one tick the second looks like the first. A file younger than this is therefore compared by its bytes.
constexpr std::chrono::seconds kSettles{2};

constexpr const char* kKept = "; what it held last stays in force";

// Since a file's time stamp. Negative where the file system's clock is ahead.
std::chrono::nanoseconds age(std::int64_t stamp_ns) {
  const std::chrono::nanoseconds now = std::chrono::system_clock::now().time_since_epoch();
  return now - std::chrono::nanoseconds{stamp_ns};
}

bool is_settled(const FileId& id) { return age(std::max(id.mtime_ns, id.ctime_ns)) > kSettles; }

bool same_problem(const std::optional<Error>& a, const std::optional<Error>& b) {
  if (!a || !b) return !a && !b;
  return a->text() == b->text();
}

bool same_problems(const std::vector<Error>& a, const std::vector<Error>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Error& x, const Error& y) { return x.text() == y.text(); });
}

}  // namespace

Directory::Directory(std::vector<std::string> roots, DirectoryLimits limits)
    : roots_(std::move(roots)), limits_(limits) {}

Load Directory::load() {
  Load load;
  const Walk walk = walk_manifests(roots_, limits_.walk);
  total_ = 0;
  for (auto& [path, known] : known_) known.seen = false;
  for (const Walk::File& file : walk.files) look_at(file, load);
  for (const std::string& path : walk.streams) read_stream(path, load);
  drop_gone(walk, load);
  note_vanished(walk, load);
  std::vector<Error> problems = walk.vanished;
  problems.insert(problems.end(), walk.problems.begin(), walk.problems.end());
  for (Error& problem : problems)
    if (holds(problem.file)) problem.message += kKept;
  collect(std::move(problems), load);
  return load;
}

// Something that is known stands in `path` or below it.
bool Directory::holds(const std::string& path) const {
  const auto below = known_.lower_bound(path.ends_with('/') ? path : path + "/");
  return known_.contains(path) || (below != known_.end() && is_below(below->first, path));
}

void Directory::look_at(const Walk::File& file, Load& load) {
  const auto [at, added] = known_.try_emplace(file.path);
  Known& known = at->second;
  known.seen = true;
  if (const auto size = static_cast<std::size_t>(file.id.size); size <= limits_.file_bytes)
    total_ += size;  // larger ones are not read
  if (added) load.changed = true;
  if (!added && known.settled && known.id == file.id) return;
  if (!known.good.empty() && known.id != file.id && !rests(file.id)) {
    load.again = true;
    return;
  }
  read_again(file, known, load);
}

// Since its bytes changed: one that was written elsewhere and moved here is whole. A clock that is ahead must not keep a
// file out for ever.
bool Directory::rests(const FileId& id) const {
  const auto since = age(id.mtime_ns);
  return since.count() < 0 || since >= (id.size == 0 ? limits_.rest_empty : limits_.rest);
}

void Directory::read_again(const Walk::File& file, Known& known, Load& load) {
  std::optional<Error> problem;
  if (total_ > limits_.total_bytes) {
    problem = Error{"brings the directory to more than " + in_mebibytes(limits_.total_bytes) +
                        ", which is the limit; it is left out",
                    {},
                    file.path};
    known.id = {};
    known.settled = false;  // it may fit once another one has shrunk
  } else if (auto read = read_regular(file.path, limits_.file_bytes); !read) {
    problem = read.error();
    known.id = {};  // whatever it holds once it can be read is news
    known.settled = false;
  } else if (read->torn) {
    load.again = true;  // its writer will say when it has finished
    known.settled = false;
    return;
  } else {
    const std::size_t hash = std::hash<std::string>{}(read->bytes);
    const bool same_bytes = known.id.ino != 0 && known.hash == hash && known.id.size == read->id.size;
    known.id = read->id;
    known.settled = is_settled(read->id);
    if (same_bytes) return;
    known.hash = hash;
    problem = take(file.path, read->bytes, known, load);
  }
  if (problem && !known.good.empty()) problem->message += kKept;
  if (!same_problem(problem, known.problem)) load.changed = true;
  known.problem = std::move(problem);
}

std::optional<Error> Directory::take(const std::string& path, std::string_view bytes, Known& known, Load& load) {
  auto objects = read_source(path, bytes);
  if (objects) {
    known.good = std::move(*objects);
    load.changed = true;
    return std::nullopt;
  }
  if (objects.error().file.empty()) objects.error().file = path;
  return objects.error();
}

void Directory::read_stream(const std::string& path, Load& load) {
  const auto [at, first] = known_.try_emplace(path);
  at->second.seen = true;
  if (!first) return;
  load.changed = true;
  const auto bytes = read_file(path, limits_.file_bytes);
  at->second.problem = bytes ? take(path, *bytes, at->second, load) : std::optional{bytes.error()};
}

// What was not seen is gone, except where nobody could look.
void Directory::drop_gone(const Walk& walk, Load& load) {
  const auto kept = [&](const std::string& path) {
    return std::any_of(walk.vanished.begin(), walk.vanished.end(),
                       [&](const Error& root) { return is_below(path, root.file); }) ||
           std::any_of(walk.unseen.begin(), walk.unseen.end(),
                       [&](const std::string& above) { return is_below(path, above); });
  };
  for (auto at = known_.begin(); at != known_.end();) {
    if (at->second.seen || kept(at->first)) {
      ++at;
      continue;
    }
    load.changed = true;
    at = known_.erase(at);
  }
}

void Directory::note_vanished(const Walk& walk, Load& load) {
  load.vanished = !walk.vanished.empty();
  if (!load.vanished) vanished_since_.reset();
  else if (!vanished_since_) vanished_since_ = Load::Clock::now();
  load.vanished_since = vanished_since_;
}

void Directory::collect(std::vector<Error> of_walk, Load& load) {
  load.files = known_.size();
  if (!same_problems(of_walk, walk_problems_)) load.changed = true;
  load.problems = of_walk;
  walk_problems_ = std::move(of_walk);
  for (const auto& [path, known] : known_) {
    load.objects.insert(load.objects.end(), known.good.begin(), known.good.end());
    if (known.problem) load.problems.push_back(*known.problem);
  }
}

}  // namespace launchgate
