#include "edge/files/inotify.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace launchgate {
namespace {

// Not IN_MODIFY: a file counts once its writer has closed it. A ConfigMap mount changes by a rename of "..data".
constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB | IN_ONLYDIR;

}  // namespace

Inotify::Inotify() : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

Inotify::~Inotify() {
  if (fd_ >= 0) ::close(fd_);
}

bool Inotify::watch(const Wanted& directories) {
  if (!usable()) return false;
  bool all = true;
  std::map<int, std::set<std::string>> now;
  for (const auto& [directory, names] : directories) {
    const int wd = ::inotify_add_watch(fd_, directory.c_str(), kEvents);  // the same number for what is watched already
    if (wd < 0) {
      all = false;
      continue;
    }
    const auto [at, added] = now.try_emplace(wd, names);
    if (added) continue;
    if (names.empty() || at->second.empty()) at->second.clear();
    else at->second.insert(names.begin(), names.end());
  }
  for (const auto& [wd, names] : watched_)
    if (!now.contains(wd)) (void)::inotify_rm_watch(fd_, wd);
  watched_ = std::move(now);
  return all;
}

bool Inotify::drain() {
  bool matters = false;
  alignas(inotify_event) std::array<char, 16 << 10> bytes;
  while (usable()) {
    const ssize_t got = ::read(fd_, bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    for (std::size_t at = 0; at < static_cast<std::size_t>(got);) {
      inotify_event event;
      std::memcpy(&event, bytes.data() + at, sizeof event);
      const char* name = event.len ? bytes.data() + at + sizeof event : "";
      at += sizeof event + event.len;
      const auto watched = watched_.find(event.wd);
      // Without a descriptor: the queue ran over, so anything may have happened. One that is unknown was just given up.
      if (event.mask & IN_Q_OVERFLOW) matters = true;
      else if (watched != watched_.end() && (watched->second.empty() || watched->second.contains(name))) matters = true;
    }
  }
  return matters;
}

}  // namespace launchgate
