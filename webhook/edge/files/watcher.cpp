#include "edge/files/watcher.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <utility>

#include "edge/files/walk.h"

namespace launchgate {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostLinks = 40;  // as the kernel has it

// The links that a path leads through, each in its directory by its name: where git-sync or a kubelet swaps one of them,
// what was watched behind it is left as it is, and silent.
void add_links(const fs::path& path, Inotify::Wanted& wanted) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error);
  std::deque<fs::path> todo(whole.begin(), whole.end());
  fs::path at;  // as far as it is resolved
  for (unsigned links = 0; !todo.empty() && links < kMostLinks;) {
    const fs::path name = todo.front(), next = at / name;
    todo.pop_front();
    if (name.empty() || name == ".") continue;
    if (name == "..") {
      at = at.parent_path();
    } else if (!fs::is_symlink(next, error)) {
      at = next;
    } else {
      wanted[at.string()].insert(name.string());
      const fs::path target = fs::read_symlink(next, error);
      todo.insert(todo.begin(), target.begin(), target.end());
      if (target.is_absolute()) at.clear();
      ++links;
    }
  }
}

// Every directory below the roots, all names; and beside each root its parent for the root's own name, because a
// directory that is replaced or comes back is an event of its parent.
Inotify::Wanted wanted_for(const std::vector<std::string>& roots, const Walk& walk) {
  Inotify::Wanted wanted;
  std::vector<std::string> whole = walk.directories;
  for (const std::string& root : roots) {
    std::error_code error;
    fs::path path = fs::absolute(root, error).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "dir/"
    const std::string parent = path.parent_path().string();
    // The directory around a single file may be a mount whose links change, so all of its names matter.
    if (fs::is_directory(path, error)) wanted[parent].insert(path.filename().string());
    else whole.push_back(parent);
    add_links(root, wanted);
  }
  for (const std::string& link : walk.links) add_links(link, wanted);
  for (const std::string& directory : whole) wanted[directory].clear();
  return wanted;
}

}  // namespace

Watcher::Watcher(std::vector<std::string> roots, WatchTimes times)
    : roots_(std::move(roots)), times_(times), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  arm();
}

Watcher::~Watcher() {
  if (wake_ >= 0) ::close(wake_);
}

void Watcher::poke() {
  poked_ = true;
  (void)!::write(wake_, "\1\0\0\0\0\0\0\0", 8);
}

void Watcher::stop() {
  stopped_ = true;
  (void)!::write(wake_, "\1\0\0\0\0\0\0\0", 8);
}

bool Watcher::wait(std::chrono::milliseconds most) {
  const auto until = Clock::now() + most;
  while (!stopped_) {
    const Heard heard = listen(std::min(until, next_look_));
    if (heard == Heard::stop) return false;
    if (heard == Heard::change && !settle()) return false;
    if (heard != Heard::nothing || Clock::now() >= next_look_) {
      arm();
      return true;
    }
    if (Clock::now() >= until) return false;
  }
  return false;
}

void Watcher::arm() {
  const Walk walk = walk_manifests(roots_);
  // What could not be looked into is not watched either, and that it can be now is no event.
  complete_ = inotify_.watch(wanted_for(roots_, walk)) && !walk.unreadable;
  next_look_ = Clock::now() + (complete_ ? times_.safety : times_.poll);
}

Watcher::Heard Watcher::listen(Clock::time_point until) {
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    std::array<pollfd, 2> fds{{{wake_, POLLIN, 0}, {inotify_.fd(), POLLIN, 0}}};  // poll passes over a negative fd
    const int ready = ::poll(fds.data(), fds.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000)));
    if (stopped_) return Heard::stop;
    if (fds[0].revents) {
      std::uint64_t count = 0;
      (void)!::read(wake_, &count, sizeof count);
      if (poked_.exchange(false)) return Heard::poke;
    }
    if (fds[1].revents && inotify_.drain()) return Heard::change;
    if (ready <= 0 && Clock::now() >= until) return Heard::nothing;
  }
}

// Waits until no more events come. False: stopped meanwhile.
bool Watcher::settle() {
  const auto latest = Clock::now() + times_.longest;
  while (Clock::now() < latest) {
    const Heard heard = listen(std::min(latest, Clock::now() + times_.quiet));
    if (heard == Heard::stop) return false;
    if (heard != Heard::change) break;
  }
  return true;
}

}  // namespace launchgate
