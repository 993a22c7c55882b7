// WorldFeed: where the operator gets its snapshots from, and how it sleeps until there is something to do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

#include "model/snapshot.h"

namespace launchgate {

class WorldFeed {
 public:
  virtual ~WorldFeed() = default;
  // The snapshot that is in use; null until the caches have synced. Any thread.
  virtual std::shared_ptr<const Snapshot> current() const = 0;
  // Returns when current() is another one than `seen`, when wake() was called since the last return, or at `deadline`.
  // One thread.
  virtual void wait(const Snapshot* seen, std::chrono::steady_clock::time_point deadline) = 0;
  // Ends a wait, or the next one. Any thread; does not block.
  virtual void wake() = 0;
};

// Over a holder of the current snapshot that says when it has another one.
//
//   NotifiedFeed feed{surroundings.world};
//   feed.wake();     // from world_changed()
class NotifiedFeed final : public WorldFeed {
 public:
  explicit NotifiedFeed(std::function<std::shared_ptr<const Snapshot>()> world) : world_(std::move(world)) {}

  std::shared_ptr<const Snapshot> current() const override { return world_(); }
  void wait(const Snapshot* seen, std::chrono::steady_clock::time_point deadline) override {
    std::unique_lock lock(mutex_);
    if (!woken_ && world_().get() == seen) changed_.wait_until(lock, deadline, [this] { return woken_; });
    woken_ = false;
  }
  void wake() override {
    {
      const std::lock_guard lock(mutex_);
      woken_ = true;
    }
    changed_.notify_all();
  }

 private:
  const std::function<std::shared_ptr<const Snapshot>()> world_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
};

}  // namespace launchgate
