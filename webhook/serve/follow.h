// Follower: keeps the snapshot equal to a cluster.
//
//   Follower follower{room, client, lookups};
//   follower.start();                       // readiness says when every cache has synced
//
// A thread of its own builds a snapshot after each change, paced so that a storm of changes costs a fifth of a core at
// most, and at once where a denial waits for it: what was not there may have been applied a moment ago (DESIGN §3 step 8).
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "edge/kube/bucket.h"
#include "edge/kube/mirror.h"
#include "model/change.h"
#include "serve/room.h"
#include "serve/source.h"

namespace launchgate {

class Follower final : public Source {
 public:
  // All outlive it.
  Follower(Room& room, kube::Client& client, kube::Client& lookups, kube::MirrorOptions options = {});
  ~Follower() override;

  std::optional<Error> first() override { return std::nullopt; }
  void start() override;
  void poke() override;
  void stop() override;

  // Called after each new snapshot, on the follower's thread. Set before start().
  std::function<void()> on_world;

  // Reads past the cache what a denied change may wait for, and has a snapshot made of what it finds. Blocks until
  // `until` at most; two at a time, and not more often than five a second: else it does nothing.
  void look_up(const Change& change, kube::Deadline until);

 private:
  void run();
  void build();
  void tell_state();
  void tell_metrics();
  void tell_problems();

  Room& room_;
  kube::Mirror mirror_;
  std::mutex mutex_;
  std::condition_variable wake_, built_;
  std::uint64_t changes_ = 1, seen_ = 0;  // seen_: of which the snapshot in use knows
  bool urgent_ = false, stopping_ = false;
  bool ready_told_ = false;
  std::set<std::string> problems_;
  std::set<std::string> waiting_told_;
  std::atomic<unsigned> looking_{0};
  kube::TokenBucket lookups_allowed_{5, 20};
  const std::size_t scrape_;  // the hook that sets gauges
  std::thread thread_;
};

}  // namespace launchgate
