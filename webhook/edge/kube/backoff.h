// Backoff with jitter: so that what failed together is not tried again together.
#pragma once

#include <algorithm>
#include <random>

#include "edge/kube/stop.h"

namespace launchgate::kube {

// One thread's.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds most) : first_(first), most_(most) {}

  // The next pause: half fixed, half random, doubled each time.
  std::chrono::milliseconds next() {
    const auto span = std::min(most_, first_ * (1u << std::min(count_, 16u)));
    ++count_;
    return span / 2 + random_up_to(span / 2);
  }
  void reset() { count_ = 0; }

  static std::chrono::milliseconds random_up_to(std::chrono::milliseconds most) {
    thread_local std::minstd_rand random{std::random_device{}()};
    return std::chrono::milliseconds{
        std::uniform_int_distribution<long long>{0, std::max<long long>(0, most.count())}(random)};
  }

 private:
  const std::chrono::milliseconds first_, most_;
  unsigned count_ = 0;
};

}  // namespace launchgate::kube
