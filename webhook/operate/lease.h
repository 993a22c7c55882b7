// Lease election: of several replicas one writes (coordination.k8s.io/v1, as client-go's leaderelection does it).
//
//   Lease lease{api, {.identity = "launchgate-7d9f-abc_1f2e", .ns = "launchgate", .name = "launchgate"}, [&] { wake(); }};
//   lease.start();
//   if (lease.leading()) write(…)          // ask before each write; any thread
//   lease.stop();                          // gives it back: a successor need not wait
//
// Nobody's clock is trusted but one's own: a lease has run out when it has not changed for its duration since this
// process saw it change. A holder stops calling itself leader `renew` after it began the last renewal that went through,
// however the calls hang; that is earlier than anybody else may take it. Every write carries the resourceVersion of what
// was read, so of two candidates one fails.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "operate/api.h"

namespace launchgate {

struct LeaseTimes {
  std::chrono::milliseconds duration{15'000};  // without renewal before others take it
  std::chrono::milliseconds renew{
      10'000};  // without renewal before the holder stops by itself; less by a call's patience
  std::chrono::milliseconds retry{2'000};  // between attempts; candidates add up to as much again
};

struct LeaseOptions {
  std::string identity, ns, name;
  LeaseTimes times = {};
};

using Steady = std::chrono::steady_clock::time_point;

// The election without a thread: each attempt() is one try to take or renew.
class Election {
 public:
  // `steady` and `date` are the clocks; empty: the system's.
  Election(Api& api, LeaseOptions options, std::function<Steady()> steady = {},
           std::function<std::chrono::system_clock::time_point()> date = {});

  void attempt();
  void release();                                          // gives it back, where it is held
  bool leading() const;                                    // any thread
  std::uint64_t transitions() const { return won_; }       // times it was won; any thread
  const std::string& holder() const { return holder_; }    // as last seen
  const std::string& problem() const { return problem_; }  // of the last attempt; empty: none, or another was faster

 private:
  bool renew();
  void read();
  void create();
  void observe(const Doc& lease);
  bool taken() const;
  bool write(Node from, bool acquire);
  std::string body(Node from, bool acquire, std::string_view holder) const;
  void won(Doc lease, Steady begun);
  void lost();

  Api& api_;
  const LeaseOptions options_;
  const std::function<Steady()> steady_;
  const std::function<std::chrono::system_clock::time_point()> date_;
  std::optional<Doc> lease_;  // as last read or written
  std::string seen_;          // what tells one state of it from the next
  Steady seen_at_{};
  std::string holder_, problem_;
  bool held_ = false, moved_ = false;  // moved: the last write failed because somebody else had written
  std::atomic<Steady::rep> until_{0};  // leading until then
  std::atomic<std::uint64_t> won_{0};
};

class Lease {
 public:
  // Both are called on the lease's thread and must not block. `changed`: leading() has begun or ended. `problem`: why the
  // last attempt could not be made, when that is another reason than before; empty: it could again.
  Lease(Api& api, LeaseOptions options, std::function<void()> changed,
        std::function<void(const std::string&)> problem = {});
  ~Lease();
  void start();
  void stop();
  bool leading() const { return election_.leading(); }
  std::uint64_t transitions() const { return election_.transitions(); }

 private:
  void run();
  std::chrono::milliseconds pause();

  const LeaseOptions options_;
  const std::function<void()> changed_;
  const std::function<void(const std::string&)> problem_;
  Election election_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace launchgate
