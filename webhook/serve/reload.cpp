#include "serve/reload.h"

#include <malloc.h>
#include <pthread.h>

#include <algorithm>
#include <exception>

#include "base/printable.h"
#include "serve/certificate_watch.h"
#include "verdict/build.h"
#include "wire/source.h"

namespace launchgate {
namespace {

constexpr std::chrono::milliseconds kAgain{200};
constexpr std::chrono::milliseconds kLong{60'000};

DirectoryLimits patient() {
  DirectoryLimits limits;
  limits.rest = std::chrono::milliseconds{100};
  limits.rest_empty = std::chrono::seconds{10};
  return limits;
}

std::vector<std::string> everything_watched(const ServeOptions& options, const Certificate& certificate) {
  std::vector<std::string> roots = options.from;
  for (std::string& file : certificate.files()) roots.push_back(std::move(file));
  return roots;
}

}  // namespace

Reloader::Reloader(Room& room, Certificate& certificate, WatchTimes times)
    : room_(room),
      certificate_(certificate),
      directory_(room.options.from, patient()),
      watcher_(everything_watched(room.options, certificate), times) {
  tell_certificate(room_, certificate_.facts());
}

Reloader::~Reloader() { stop(); }

std::optional<Error> Reloader::first() {
  try {
    const Load load = directory_.load();
    if (load.vanished) return load.problems.front();
    again_ = load.again;
    use(load);
  } catch (const std::exception& e) { return Error{std::string{"the directory cannot be loaded: "} + e.what()}; }
  return std::nullopt;
}

void Reloader::start() {
  thread_ = std::thread([this] { run(); });
  pthread_setname_np(thread_.native_handle(), "reload");
}

void Reloader::stop() {
  watcher_.stop();
  if (thread_.joinable()) thread_.join();
}

void Reloader::run() {
  while (!watcher_.stopped())
    if ((watcher_.wait(again_ ? kAgain : kLong) || again_) && !watcher_.stopped()) look();
}

// Whatever goes wrong, what is in use stays in use.
void Reloader::look() {
  try {
    look_at_certificate(room_, certificate_);
    look_at_directory();
  } catch (const std::exception& e) {
    room_.metrics.looked(static_cast<std::size_t>(Reloaded::Failed), problems_.size());
    room_.log.error("reload failed", {{"error", e.what()}});
  }
}

void Reloader::look_at_directory() {
  const Load load = directory_.load();
  again_ = load.again;
  if (load.changed || unused_) {
    use(load);
  } else {
    room_.readiness.looked(load.vanished_since, problems_);
    if (!load.vanished) room_.metrics.synced(std::chrono::system_clock::now());
  }
}

void Reloader::use(const Load& load) {
  const auto started = std::chrono::steady_clock::now();
  unused_ = true;
  World world = assemble(load.objects);
  world.problems.insert(world.problems.begin(), load.problems.begin(), load.problems.end());
  const std::shared_ptr<const Snapshot> built = build_snapshot(std::move(world), room_.world.current().get());
  room_.world.set(built);
  (void)::malloc_trim(0);  // reading takes several times what is kept
  unused_ = false;
  problems_ = built->problems;
  room_.readiness.looked(load.vanished_since, problems_);
  room_.readiness.synced();
  const auto now = std::chrono::system_clock::now();
  if (!load.vanished) room_.metrics.synced(now);
  room_.metrics.stored(count_objects(*built), now);
  const Reloaded result = load.vanished ? Reloaded::Vanished : problems_.empty() ? Reloaded::Ok : Reloaded::Problems;
  room_.metrics.looked(static_cast<std::size_t>(result), problems_.size());
  tell_problems(problems_, load.objects);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
  room_.log.info("loaded", {{"files", load.files},
                            {"objects", load.objects.size()},
                            {"reviews", built->reviews.size()},
                            {"policies", built->policies.size()},
                            {"problems", problems_.size()},
                            {"duration_ms", took.count()}});
}

// Each problem is logged when it appears and when it has gone, however often the directory is read between.
void Reloader::tell_problems(const std::vector<Error>& problems, const std::vector<SourceObject>& objects) {
  std::map<std::string, Level> now;
  for (const Error& problem : problems) now.emplace(printable(problem.text()), Level::warn);
  for (const SourceObject& object : objects)
    for (const Error& unknown : object.unknown_fields)
      now.emplace(printable(unknown.text()), Level::info);  // tolerated
  for (const auto& [text, level] : now)
    if (!told_.contains(text))
      room_.log.write(level, level == Level::warn ? "problem" : "unknown field", {{"problem", text}});
  for (const auto& [text, level] : told_)
    if (!now.contains(text) && level == Level::warn) room_.log.info("problem solved", {{"problem", text}});
  told_ = std::move(now);
}

}  // namespace launchgate
