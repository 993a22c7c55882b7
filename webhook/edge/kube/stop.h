// Stop: one flag that ends every wait of a client, also those that wait for a socket.
#pragma once

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdint>

namespace launchgate::kube {

using Clock = std::chrono::steady_clock;
using Deadline = Clock::time_point;

// Any thread may call any of it.
class Stop {
 public:
  Stop() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
  ~Stop() {
    if (fd_ >= 0) ::close(fd_);
  }
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  void request() {
    asked_ = true;
    const std::uint64_t one = 1;
    (void)!::write(fd_, &one, sizeof one);
  }
  bool requested() const { return asked_; }

  enum class Woke { Ready, Passed, Stopped };
  // Until `fd` (-1: nothing) has one of `events`, the deadline has passed or somebody asked to stop.
  Woke wait(int fd, short events, Deadline until) const {
    while (true) {
      if (asked_) return Woke::Stopped;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0) return Woke::Passed;
      pollfd waits[2] = {{fd_, POLLIN, 0}, {fd, events, 0}};
      const int count = ::poll(waits, fd >= 0 ? 2 : 1, static_cast<int>(std::min<long long>(left, 60'000)));
      if (asked_ || (count > 0 && waits[0].revents)) return Woke::Stopped;
      if (count > 0 && waits[1].revents) return Woke::Ready;
      if (count < 0 && errno != EINTR) return Woke::Passed;
    }
  }
  // False: it was asked to stop.
  bool sleep(Clock::duration span) const { return wait(-1, 0, Clock::now() + span) != Woke::Stopped; }

 private:
  const int fd_;
  std::atomic<bool> asked_{false};
};

}  // namespace launchgate::kube
