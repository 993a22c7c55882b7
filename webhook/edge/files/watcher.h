// Watcher: says when it is time to look at some files again.
//
//   Watcher watcher{{"/etc/launchgate", "/tls/tls.crt"}};
//   while (!stopping)
//     if (watcher.wait(std::chrono::hours(1))) directory.load();
//
// It hears of changes from inotify and waits until they have settled. Where inotify is not to be had, or something is not
// there or cannot be read, it says "look" every two seconds, and in any case every thirty: network file systems change
// in silence. Links that lead to the files are watched where they stand. Its
// watches are renewed before it says so, so a change that comes after the look is heard the next time.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "edge/files/inotify.h"

namespace launchgate {

struct WatchTimes {
  using ms = std::chrono::milliseconds;
  ms quiet{100};      // without a further event, then the change counts as complete
  ms longest{1'000};  // but no change is held back longer than this
  ms poll{2'000};     // between looks while something cannot be watched
  ms safety{30'000};  // between looks in any case
};

class Watcher {
 public:
  explicit Watcher(std::vector<std::string> roots, WatchTimes times = {});
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  // True: something may have changed, look now. False: `most` has passed, or stop() was called. One thread at a time.
  bool wait(std::chrono::milliseconds most);

  // From any thread. poke(): the next wait() says "look" at once. stop(): from now on wait() returns false at once.
  void poke();
  void stop();
  bool stopped() const { return stopped_; }

  // Whether changes are found by looking only.
  bool polling() const { return !complete_; }

 private:
  using Clock = std::chrono::steady_clock;
  enum class Heard { nothing, change, poke, stop };

  void arm();
  Heard listen(Clock::time_point until);
  bool settle();

  const std::vector<std::string> roots_;
  const WatchTimes times_;
  Inotify inotify_;
  const int wake_;  // an eventfd
  std::atomic<bool> stopped_{false}, poked_{false};
  std::atomic<bool> complete_{false};  // everything is watched
  Clock::time_point next_look_;
};

}  // namespace launchgate
