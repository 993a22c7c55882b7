#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace launchgate {
namespace {

constexpr std::chrono::milliseconds kPatience{1000}, kFrame{200};

}  // namespace

Progress::Progress(std::string phase) : phase_(std::move(phase)) {
  if (isatty(STDERR_FILENO)) thread_ = std::jthread{[this](std::stop_token stop) { draw(stop); }};
}

void Progress::phase(std::string phase) {
  const std::lock_guard lock(mutex_);
  phase_ = std::move(phase);
  count_ = 0;
}

void Progress::end() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Progress::draw(std::stop_token stop) {
  bool drawn = false;
  std::unique_lock lock(mutex_);
  for (auto wait = kPatience; !wake_.wait_for(lock, stop, wait, [&] { return stop.stop_requested(); }); wait = kFrame) {
    const auto count = count_.load(std::memory_order_relaxed);
    std::fprintf(stderr, "\r\x1b[Klaunchgate: %s%s", phase_.c_str(),
                 count ? (": " + std::to_string(count)).c_str() : " ...");
    std::fflush(stderr);
    drawn = true;
  }
  if (drawn) std::fprintf(stderr, "\r\x1b[K"), std::fflush(stderr);
}

}  // namespace launchgate
