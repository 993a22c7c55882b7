#include "serve/signals.h"

#include <algorithm>
#include <cerrno>

namespace launchgate {
namespace {

using Clock = std::chrono::steady_clock;

Signals::Got meaning(int signal) { return signal == SIGHUP ? Signals::Got::reload : Signals::Got::end; }

}  // namespace

Signals::Signals() {
  sigemptyset(&ours_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ours_, signal);
  sigset_t blocked = ours_;
  sigaddset(&blocked, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
}

Signals::Got Signals::wait() {
  int signal = 0;
  while (sigwait(&ours_, &signal) != 0) {}
  return meaning(signal);
}

bool Signals::told_to_end(std::chrono::milliseconds most, const std::function<void()>& reload) {
  const auto end = Clock::now() + most;
  do {
    const auto left = std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{end - Clock::now()});
    const timespec limit{static_cast<time_t>(left.count() / 1'000'000'000),
                         static_cast<long>(left.count() % 1'000'000'000)};
    const int signal = sigtimedwait(&ours_, nullptr, &limit);
    if (signal > 0 && meaning(signal) == Got::end) return true;
    if (signal > 0 && reload) reload();
  } while (Clock::now() < end);
  return false;
}

}  // namespace launchgate
