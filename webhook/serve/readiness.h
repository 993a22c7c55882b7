// Readiness: what /readyz says. Ready: reviews and policies are loaded, their source is there (or has been away for
// less than a minute), the process is not ending, and nobody else has a reason (stale caches, a certificate that the
// API server does not trust). A file that cannot be used does not make it unready, because the
// rest is right and no replica would do better; it is named in the answer.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace launchgate {

class Readiness {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Readiness(std::chrono::milliseconds vanished_grace) : grace_(vanished_grace) {}

  // The thread that reloads says how things stand after each look.
  void looked(std::optional<Clock::time_point> vanished_since, const std::vector<Error>& problems);
  // A further condition, by name; an empty reason: it holds. Any thread.
  void because(const std::string& name, std::string reason);
  void synced() { synced_ = true; }   // a snapshot is in use
  void drain() { draining_ = true; }  // for good

  bool is_synced() const { return synced_; }
  bool is_draining() const { return draining_; }

  // Why it is not ready, in words; empty: it is.
  std::vector<std::string> reasons(Clock::time_point now) const;

  // {"ready":false,"reasons":["…"],"problems":["file:line: …"],"problemCount":1}. Problems beyond fifty are counted only.
  std::string json(Clock::time_point now) const;

 private:
  const std::chrono::milliseconds grace_;
  std::atomic<bool> synced_{false}, draining_{false};
  mutable std::mutex mutex_;
  std::optional<Clock::time_point> vanished_since_;
  std::map<std::string, std::string> because_;
  std::vector<std::string> problems_;
  std::size_t problem_count_ = 0;
};

}  // namespace launchgate
