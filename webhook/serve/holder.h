// Holder: the snapshot that is in use, swapped as a whole while requests are being judged.
//
//   Holder::Reading world = holder.read();     // a request's thread
//   if (world) judge(*world, …);
//   holder.set(build_snapshot(…));             // the thread that reloads
//
// Each thread that reads has a slot of its own, with a lock that only the writer ever contends for, so readers do not
// meet. The writer puts the new snapshot into every slot, waiting for requests that are being judged, and frees the old
// one itself: no thread that has nothing to do keeps an old world alive, and no request pays for its destruction.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "edge/telemetry/per_thread.h"
#include "model/snapshot.h"

namespace launchgate {

class Holder {
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const Snapshot> world;
  };

 public:
  // Keeps the snapshot as it is while it lives. At most one for each thread at a time, and only for one request.
  class Reading {
   public:
    explicit operator bool() const { return slot_.world != nullptr; }  // false: nothing was loaded yet
    const Snapshot& operator*() const { return *slot_.world; }

   private:
    friend class Holder;
    explicit Reading(Slot& slot) : slot_(slot), lock_(slot.mutex) {}
    Slot& slot_;
    std::unique_lock<std::mutex> lock_;
  };

  Reading read() { return Reading{slots_.local()}; }

  // Not from a thread that holds a Reading.
  void set(std::shared_ptr<const Snapshot> world) {
    {
      const std::lock_guard lock(mutex_);
      current_.swap(world);
    }
    slots_.each([this](Slot& slot) {
      std::shared_ptr<const Snapshot> next = current();
      const std::lock_guard lock(slot.mutex);
      slot.world.swap(next);
    });
  }

  std::shared_ptr<const Snapshot> current() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Snapshot> current_;
  PerThread<Slot> slots_{[this] {
    auto slot = std::make_unique<Slot>();
    slot->world = current();
    return slot;
  }};
};

}  // namespace launchgate
