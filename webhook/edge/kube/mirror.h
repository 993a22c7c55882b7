// Mirror: the cluster as the judgement needs it, kept current by one Reflector for each kind that the server has.
//
//   Mirror mirror{client, lookups, {}, [&] { wake(); }};
//   mirror.start();
//   if (mirror.waiting().empty()) build_snapshot(mirror.world());
//   mirror.look_up("shop", owner, 500ms);          // what may have been applied a moment ago
//
// First our own kinds and the namespaces; when those are known, the kinds of the kinds table and those that references
// lead to, because how much is kept of them depends on where reviews stand. Which versions are served is asked again
// every half minute (aggregated discovery), so that a CRD that comes later is followed.
//
// Not watched: Pods (there are too many of them; a Pod of its own is judged at its admission) and Secrets.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "edge/kube/client.h"
#include "edge/kube/collection.h"
#include "edge/kube/reflector.h"
#include "verdict/build.h"

namespace launchgate::kube {

struct MirrorOptions {
  ReflectorOptions reflector = {};
  std::chrono::milliseconds discovery{30'000};
};

class Mirror {
 public:
  // `client` and `lookups` (for look_up() alone: nothing may stand in its way) outlive it. `changed`: something that the
  // judgement sees has changed, or waiting() has; called from many threads, must not block.
  Mirror(Client& client, Client& lookups, MirrorOptions options, std::function<void()> changed);
  ~Mirror();
  void start();

  // Any thread.
  World world() const;
  // What has not been listed yet, in words; empty: the world is whole.
  std::vector<std::string> waiting() const;
  // The kinds that stand still, and why: no event or bookmark for longer than `most`.
  std::vector<std::string> stale(std::chrono::milliseconds most) const;

  struct Following {
    std::string kind, plural, group;
    ReflectorState state;
    std::size_t objects = 0;
  };
  std::vector<Following> following() const;

  // Reads our kinds in one namespace, and the object that `owner` (of an ownerReferences[]; nowhere: none) names, past
  // the cache. False: it could not be done in time.
  bool look_up(std::string_view ns, Node owner, Patience patience);

 private:
  struct Followed;

  void run();
  void discover();
  void follow(Resource resource, Keep keep, bool first);
  void fill_new_namespaces();
  void fill(const std::string& ns);
  bool first_synced() const;
  void something_changed(bool ours);
  std::vector<Followed*> all() const;

  Client& client_;
  Client& lookups_;
  const MirrorOptions options_;
  const std::function<void()> changed_;
  Reviewed reviewed_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false, ours_changed_ = false, discovered_ = false, second_ = false;
  std::string discovery_error_;
  std::vector<std::unique_ptr<Followed>> followed_;
  std::thread thread_;
};

}  // namespace launchgate::kube
