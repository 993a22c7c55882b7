// Signals as values: blocked for the whole process and taken one at a time by the thread that waits.
#pragma once

#include <signal.h>

#include <chrono>
#include <functional>

namespace launchgate {

// SIGTERM, SIGINT and SIGHUP are blocked from here on, for this thread and those that it starts later; SIGPIPE too,
// because a client that has gone is no reason to die. They stay blocked after it: one that comes while the process is
// about to end well must not make it end badly.
class Signals {
 public:
  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  enum class Got { reload, end };
  Got wait();  // for ever

  // True: it was told to end. False: `most` has passed. To be told to reload meanwhile ends no wait.
  bool told_to_end(std::chrono::milliseconds most, const std::function<void()>& reload = {});

 private:
  sigset_t ours_;
};

}  // namespace launchgate
