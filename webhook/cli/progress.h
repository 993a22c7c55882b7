// Progress of work that takes longer than a second, on stderr, and only where that is a terminal.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace launchgate {

// One line that is written over, and gone at the end. Lives in one thread; a thread of its own draws.
class Progress {
 public:
  explicit Progress(std::string phase);
  ~Progress() { end(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void phase(std::string phase);
  void done(std::size_t count) { count_.store(count, std::memory_order_relaxed); }
  void end();  // before anything else is printed

 private:
  void draw(std::stop_token stop);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::string phase_;
  std::atomic<std::size_t> count_ = 0;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace launchgate
