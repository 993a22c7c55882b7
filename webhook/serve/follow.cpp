#include "serve/follow.h"

#include <pthread.h>

#include <algorithm>
#include <exception>

#include "base/printable.h"
#include "model/workload.h"
#include "verdict/build.h"

namespace launchgate {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kTick{1'000};     // how often staleness is looked at
constexpr milliseconds kLeastPause{20};  // between two snapshots
constexpr unsigned kPauseFactor = 4;     // of the time that the last one took to build
constexpr unsigned kLookingAtOnce = 2;

std::string joined(const std::vector<std::string>& texts, std::size_t most = 5) {
  std::string out;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) out += (i ? "; " : "") + texts[i];
  if (texts.size() > most) out += "; and " + std::to_string(texts.size() - most) + " more";
  return out;
}

}  // namespace

Follower::Follower(Room& room, kube::Client& client, kube::Client& lookups, kube::MirrorOptions options)
    : room_(room),
      mirror_(client, lookups, std::move(options),
              [this] {
                {
                  const std::lock_guard lock(mutex_);
                  ++changes_;
                }
                wake_.notify_one();
              }),
      scrape_(room_.metrics.before_scrape([this] { tell_metrics(); })) {}

Follower::~Follower() {
  room_.metrics.forget(scrape_);
  stop();
}

void Follower::start() {
  mirror_.start();
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "follow");
}

void Follower::poke() {
  {
    const std::lock_guard lock(mutex_);
    ++changes_;
    urgent_ = true;
  }
  wake_.notify_one();
}

void Follower::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  built_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Follower::run() {
  Clock::time_point next{};  // not before, unless somebody waits
  while (true) {
    std::unique_lock lock(mutex_);
    const auto news = [&] { return stopping_ || urgent_ || (changes_ != seen_ && Clock::now() >= next); };
    auto until = Clock::now() + kTick;
    if (changes_ != seen_) until = std::min(until, next);
    wake_.wait_until(lock, until, news);
    if (stopping_) return;
    const bool due = changes_ != seen_ && (urgent_ || Clock::now() >= next);
    urgent_ = false;
    const std::uint64_t upto = changes_;
    lock.unlock();
    const auto started = Clock::now();
    try {
      tell_state();
      if (due && (ready_told_ || mirror_.waiting().empty())) {
        build();
        const std::lock_guard again(mutex_);
        seen_ = upto;
      } else if (due) {
        next = Clock::now() + kLeastPause;  // not whole yet
      }
    } catch (const std::exception& e) {
      room_.log.error("the snapshot cannot be built", {{"error", e.what()}});
      next = Clock::now() + kTick;
    }
    if (due && ready_told_)
      next = Clock::now() + std::max<Clock::duration>(kLeastPause, kPauseFactor * (Clock::now() - started));
    built_.notify_all();
  }
}

void Follower::build() {
  const auto started = Clock::now();
  const auto built = build_snapshot(mirror_.world(), room_.world.current().get());
  room_.world.set(built);
  const auto now = std::chrono::system_clock::now();
  room_.metrics.stored(count_objects(*built), now);
  room_.metrics.looked(static_cast<std::size_t>(built->problems.empty() ? Reloaded::Ok : Reloaded::Problems),
                       built->problems.size());
  room_.readiness.looked(std::nullopt, built->problems);
  room_.readiness.synced();
  tell_problems();
  const auto took = std::chrono::duration_cast<milliseconds>(Clock::now() - started);
  room_.log.write(ready_told_ ? Level::debug : Level::info, "loaded",
                  {{"reviews", built->reviews.size()},
                   {"policies", built->policies.size()},
                   {"objects", built->objects.size()},
                   {"problems", built->problems.size()},
                   {"duration_ms", took.count()}});
  if (!ready_told_) room_.log.info("ready");
  ready_told_ = true;
  if (on_world) on_world();
}

// What the caches wait for, and which of them stand still.
void Follower::tell_state() {
  const auto waiting = mirror_.waiting(), stale = mirror_.stale(room_.options.stale_after);
  std::string reason;
  if (!waiting.empty()) reason = "not synced: " + joined(waiting);
  else if (!stale.empty()) reason = "stale: " + joined(stale);
  room_.readiness.because("caches", reason);
  std::set<std::string> now;
  for (const std::string& text : waiting)
    if (text.find("not listed yet") == std::string::npos && text.find("not asked yet") == std::string::npos)
      now.insert(text);
  for (const std::string& text : now)
    if (!waiting_told_.contains(text)) room_.log.warn("a cache cannot be filled", {{"problem", text}});
  waiting_told_ = std::move(now);
}

// Before each scrape, on its thread.
void Follower::tell_metrics() {
  auto oldest = Clock::now();
  for (const kube::Mirror::Following& one : mirror_.following()) {
    const std::string resource = one.group.empty() ? one.plural : one.plural + "." + one.group;
    room_.metrics.gauge("launchgate_informer_objects", "Objects that a cache holds.", {{"resource", resource}},
                        static_cast<double>(one.objects));
    if (one.state.absent || !one.state.synced) continue;
    oldest = std::min(oldest, one.state.fresh);
    const std::chrono::duration<double> age = Clock::now() - one.state.fresh;
    room_.metrics.gauge("launchgate_informer_silence_seconds",
                        "Time since a cache last heard of the API server (a bookmark comes once a minute).",
                        {{"resource", resource}}, age.count());
  }
  if (room_.readiness.is_synced())
    room_.metrics.synced(std::chrono::system_clock::now() -
                         std::chrono::duration_cast<std::chrono::system_clock::duration>(Clock::now() - oldest));
}

// Each problem is logged when it appears and when it has gone.
void Follower::tell_problems() {
  std::set<std::string> now;
  for (const Error& problem : room_.world.current()->problems) now.insert(printable(problem.text()));
  for (const std::string& text : now)
    if (!problems_.contains(text)) room_.log.warn("problem", {{"problem", text}});
  for (const std::string& text : problems_)
    if (!now.contains(text)) room_.log.info("problem solved", {{"problem", text}});
  problems_ = std::move(now);
}

void Follower::look_up(const Change& change, kube::Deadline until) {
  const auto at_once = Clock::now() + milliseconds{1};
  if (looking_.fetch_add(1) >= kLookingAtOnce || lookups_allowed_.take(at_once) > at_once) {
    --looking_;
    room_.metrics.count("launchgate_lookups_total", "Live look-ups before a denial.", {{"result", "limited"}});
    return;
  }
  const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
  std::uint64_t before;
  {
    const std::lock_guard lock(mutex_);
    before = changes_;
  }
  const bool read = mirror_.look_up(change.ns, controller_of(change.after), left);
  --looking_;
  std::unique_lock lock(mutex_);
  const std::uint64_t wanted = changes_;
  const bool news = wanted != before || wanted != seen_;
  const char* result = !read ? "failed" : news ? "news" : "nothing";
  if (news) {
    urgent_ = true;
    wake_.notify_one();
    if (!built_.wait_until(lock, until, [&] { return stopping_ || seen_ >= wanted; })) result = "late";
  }
  lock.unlock();
  room_.metrics.count("launchgate_lookups_total", "Live look-ups before a denial.", {{"result", result}});
}

}  // namespace launchgate
