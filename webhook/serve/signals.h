// Signals as values: blocked for the whole process and taken one at a time by the thread that waits.
#pragma once

#include <signal.h>

#include <chrono>

namespace launchgate {

// SIGTERM, SIGINT and SIGHUP are blocked from here on, for this thread and those that it starts later; SIGPIPE too,
// because a client that has gone is no reason to die. The destructor restores what was.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  enum class Got { none, reload, end };
  Got wait();                                // for ever
  Got wait(std::chrono::milliseconds most);  // none: the time has passed

 private:
  sigset_t ours_, before_;
};

}  // namespace launchgate
