#include "operate/operator.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "operate/keeper.h"

namespace launchgate {
namespace {

constexpr int kNice = 10;  // threads that answer requests come first
constexpr std::chrono::seconds kAfterException{10};

KeeperOptions keeper_options(const OperatorOptions& o) {
  KeeperOptions k;
  k.instance = o.instance.empty() ? o.identity : o.instance;
  k.memory = o.memory;
  k.events = o.events;
  k.writes = o.writes;
  k.settle = o.settle;
  k.full_pass = o.full_pass;
  k.open_reports = o.open_reports;
  return k;
}

}  // namespace

struct Operator::Parts {
  Parts(Api& api, WorldFeed& world_feed, Log& logs, OperatorOptions given)
      : feed(world_feed),
        log(logs),
        options(std::move(given)),
        lease(
            api, {options.identity, options.ns, options.lease, options.lease_times}, [this] { lease_changed(); },
            [this](const std::string& problem) { lease_problem(problem); }),
        keeper(api, logs, keeper_options(options), [this] { return lease.leading(); }) {}

  void lease_changed() {
    const bool leads = lease.leading();
    log.info(leads ? "leading" : "not leading", {{"identity", options.identity}, {"lease", options.lease}});
    feed.wake();
  }

  void lease_problem(const std::string& problem) {
    if (problem.empty()) log.info("lease reached again", {{"lease", options.lease}});
    else log.warn("lease not reached", {{"lease", options.lease}, {"error", problem}});
  }

  void run() {
    (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kNice);  // Linux: of this thread
    while (!stopping) {
      const auto world = feed.current();
      Steady next;
      try {
        next = turn(world);
      } catch (const std::exception& e) {  // out of memory, at worst: the webhook must live on
        log.error("operator failed", {{"error", e.what()}});
        keeper.resign();
        next = std::chrono::steady_clock::now() + kAfterException;
      }
      if (!stopping) feed.wait(world.get(), next);
    }
  }

  Steady turn(const std::shared_ptr<const Snapshot>& world) {
    const Steady now = std::chrono::steady_clock::now();
    Steady next = now + std::chrono::hours{1};
    if (lease.leading()) {
      next = keeper.turn(world, date(), now);
      led = true;
    } else if (led) {
      keeper.resign();
      led = false;
    }
    publish();
    return next;
  }

  std::chrono::system_clock::time_point date() const {
    return options.now ? std::chrono::system_clock::time_point{options.now()} : std::chrono::system_clock::now();
  }

  void publish() {
    OperatorCounters c = keeper.counters();
    c.transitions = lease.transitions();
    const std::lock_guard lock(mutex);
    published = std::move(c);
  }

  WorldFeed& feed;
  Log& log;
  const OperatorOptions options;
  Lease lease;
  Keeper keeper;  // of the thread
  bool led = false;
  std::atomic<bool> stopping{false};
  std::thread thread;
  mutable std::mutex mutex;
  OperatorCounters published;
};

Operator::Operator(Api& api, WorldFeed& feed, Log& log, OperatorOptions options)
    : parts_(std::make_unique<Parts>(api, feed, log, std::move(options))) {}

Operator::~Operator() { stop(); }

void Operator::start() {
  parts_->lease.start();
  parts_->thread = std::thread([parts = parts_.get()] { parts->run(); });
  pthread_setname_np(parts_->thread.native_handle(), "operate");
}

void Operator::stop() {
  parts_->stopping = true;
  parts_->feed.wake();
  if (parts_->thread.joinable()) parts_->thread.join();
  parts_->lease.stop();
}

bool Operator::leading() const { return parts_->lease.leading(); }

OperatorCounters Operator::counters() const {
  const std::lock_guard lock(parts_->mutex);
  OperatorCounters c = parts_->published;
  c.leading = parts_->lease.leading();
  return c;
}

}  // namespace launchgate
