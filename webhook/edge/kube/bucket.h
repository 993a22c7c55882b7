// TokenBucket: how fast calls may leave. Any thread may take.
#pragma once

#include <algorithm>
#include <mutex>

#include "edge/kube/stop.h"

namespace launchgate::kube {

class TokenBucket {
 public:
  TokenBucket(double per_second, unsigned burst) : rate_(per_second), most_(burst), tokens_(burst) {}

  // When the caller may go on: takes a token, if need be one of the future. Nothing is taken where that would be later
  // than `until`; then the answer lies behind it.
  Deadline take(Deadline until) {
    const std::lock_guard lock(mutex_);
    const Deadline now = Clock::now();
    tokens_ = std::min(most_, tokens_ + rate_ * std::chrono::duration<double>(now - filled_).count());
    filled_ = now;
    const double lacking = 1 - tokens_;
    const Deadline at =
        lacking <= 0 ? now : now + std::chrono::ceil<Clock::duration>(std::chrono::duration<double>(lacking / rate_));
    if (at <= until) tokens_ -= 1;
    return at;
  }

 private:
  const double rate_, most_;
  double tokens_;
  Deadline filled_ = Clock::now();
  std::mutex mutex_;
};

}  // namespace launchgate::kube
