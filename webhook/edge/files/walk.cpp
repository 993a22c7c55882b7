#include "edge/files/walk.h"

#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <system_error>

namespace launchgate {
namespace {

struct Entry {
  std::string name;
  unsigned char type;  // DT_*; DT_UNKNOWN where the file system does not say
};

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

std::string join(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

class Walker {
 public:
  Walker(Walk& walk, const WalkLimits& limits) : walk_(walk), limits_(limits) {}

  void root(const std::string& path) {
    struct stat status {};
    if (path == "-") return walk_.streams.push_back(path);
    if (::stat(path.c_str(), &status) != 0) return vanished(path, errno);
    if (S_ISDIR(status.st_mode)) return directory(path, status, 0);
    if (!S_ISREG(status.st_mode)) return walk_.streams.push_back(path);
    add_file(path, status);
    note_target(path);
  }

 private:
  void directory(const std::string& path, const struct stat& status, std::size_t depth) {
    if (!directories_.insert({status.st_dev, status.st_ino}).second) return;  // walked by another name
    if (depth > limits_.depth)
      return skip(path, "is nested deeper than " + std::to_string(limits_.depth) + " directories; it is left out");
    std::vector<Entry> entries;
    if (const int why = list(path, entries)) {
      // A root that cannot be opened is as good as gone; a directory inside it that has just gone is no problem.
      if (depth == 0) vanished(path, why);
      else if (why != ENOENT) unreadable(path, why);
      return;
    }
    walk_.directories.push_back(path);
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    for (const Entry& entry : entries) visit(path, entry, depth);
  }

  // The visible entries, without what can be neither manifest nor directory. Returns errno.
  int list(const std::string& path, std::vector<Entry>& entries) {
    const std::unique_ptr<DIR, CloseDir> dir{::opendir(path.c_str())};
    if (!dir) return errno;
    while (true) {
      errno = 0;
      const dirent* found = ::readdir(dir.get());
      if (!found) return errno;
      const std::string_view name = found->d_name;
      if (name.starts_with('.')) continue;
      if (++entries_ > limits_.entries) {
        if (entries_ == limits_.entries + 1)
          stop(path, "brings the directory to more than " + std::to_string(limits_.entries) +
                         " entries; the rest is left out");
        return 0;
      }
      const bool file_like = found->d_type == DT_REG && is_manifest_name(name);
      if (file_like || found->d_type == DT_DIR || found->d_type == DT_LNK || found->d_type == DT_UNKNOWN)
        entries.push_back({std::string{name}, found->d_type});
    }
  }

  void visit(const std::string& in, const Entry& entry, std::size_t depth) {
    const std::string path = join(in, entry.name);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      // A file that has gone since the directory was listed is gone; a link that leads nowhere is broken.
      const int why = errno;
      if (is_manifest_name(entry.name) && (why != ENOENT || entry.type == DT_LNK)) unreadable(path, why);
      return;
    }
    if (!S_ISDIR(status.st_mode) && (!S_ISREG(status.st_mode) || !is_manifest_name(entry.name))) return;
    if (entry.type == DT_LNK) walk_.links.push_back(path);
    if (S_ISDIR(status.st_mode)) return directory(path, status, depth + 1);
    add_file(path, status);
    if (entry.type == DT_LNK) note_target(path);
  }

  void add_file(const std::string& path, const struct stat& status) {
    if (!files_.insert({status.st_dev, status.st_ino}).second) return;
    if (walk_.files.size() < limits_.files) {
      walk_.files.push_back({path, FileId::of(status)});
    } else if (!full_) {
      full_ = true;
      stop(path, "is one more than " + std::to_string(limits_.files) +
                     " files, which is the limit; it and the rest are left out");
    }
  }

  // A link's target changes in its own directory, which may lie elsewhere.
  void note_target(const std::string& path) {
    const std::unique_ptr<char, decltype(&::free)> real{::realpath(path.c_str(), nullptr), &::free};
    if (!real) return;
    const std::string_view target = real.get();
    walk_.directories.emplace_back(target.substr(0, std::max<std::size_t>(target.rfind('/'), 1)));
  }

  void vanished(const std::string& path, int why) {
    walk_.unreadable = true;
    walk_.vanished.push_back({"cannot be read: " + std::generic_category().message(why), {}, path});
  }

  void unreadable(const std::string& path, int why) {
    walk_.unreadable = true;
    skip(path, "cannot be read: " + std::generic_category().message(why));
  }

  void skip(const std::string& path, std::string why) {
    walk_.unseen.push_back(path);
    walk_.problems.push_back({std::move(why), {}, path});
  }

  // A limit: from here on nothing is known of anything.
  void stop(const std::string& path, std::string why) {
    skip(path, std::move(why));
    walk_.unseen.push_back({});
  }

  using Inode = std::pair<dev_t, ino_t>;
  Walk& walk_;
  const WalkLimits& limits_;
  std::set<Inode> directories_, files_;
  std::size_t entries_ = 0;
  bool full_ = false;
};

}  // namespace

Walk walk_manifests(const std::vector<std::string>& roots, const WalkLimits& limits) {
  Walk walk;
  Walker walker{walk, limits};
  for (const std::string& root : roots) walker.root(root);
  std::sort(walk.directories.begin(), walk.directories.end());
  walk.directories.erase(std::unique(walk.directories.begin(), walk.directories.end()), walk.directories.end());
  return walk;
}

bool is_manifest_name(std::string_view name) {
  if (name.starts_with('.')) return false;
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

bool is_below(std::string_view path, std::string_view directory) {
  if (!path.starts_with(directory)) return false;
  return directory.empty() || directory.ends_with('/') || path.size() == directory.size() ||
         path[directory.size()] == '/';
}

}  // namespace launchgate
