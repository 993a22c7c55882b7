#include "serve/signals.h"

#include <cerrno>

namespace launchgate {
namespace {

Signals::Got meaning(int signal) { return signal == SIGHUP ? Signals::Got::reload : Signals::Got::end; }

}  // namespace

Signals::Signals() {
  sigemptyset(&ours_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&ours_, signal);
  sigset_t blocked = ours_;
  sigaddset(&blocked, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &blocked, &before_);
}

Signals::~Signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

Signals::Got Signals::wait() {
  int signal = 0;
  while (sigwait(&ours_, &signal) != 0) {}
  return meaning(signal);
}

Signals::Got Signals::wait(std::chrono::milliseconds most) {
  const auto end = std::chrono::steady_clock::now() + most;
  while (true) {
    const auto left =
        std::max(std::chrono::nanoseconds{0}, std::chrono::nanoseconds{end - std::chrono::steady_clock::now()});
    const timespec limit{static_cast<time_t>(left.count() / 1'000'000'000),
                         static_cast<long>(left.count() % 1'000'000'000)};
    const int signal = sigtimedwait(&ours_, nullptr, &limit);
    if (signal > 0) return meaning(signal);
    if (errno != EINTR) return Got::none;
  }
}

}  // namespace launchgate
