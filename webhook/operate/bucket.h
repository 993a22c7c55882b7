// Bucket: how often something may be done, on a clock that the caller gives. One thread's.
#pragma once

#include <algorithm>
#include <chrono>

namespace launchgate {

class Bucket {
 public:
  using Steady = std::chrono::steady_clock::time_point;
  Bucket(double per_second, double burst) : rate_(per_second), most_(burst), tokens_(burst) {}

  bool take(Steady now) {
    fill(now);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }
  // When take() will succeed.
  Steady ready(Steady now) {
    fill(now);
    if (tokens_ >= 1) return now;
    return now + std::chrono::ceil<std::chrono::milliseconds>(std::chrono::duration<double>((1 - tokens_) / rate_));
  }
  Steady last() const { return filled_; }

 private:
  void fill(Steady now) {
    if (filled_ != Steady{} && now > filled_)
      tokens_ = std::min(most_, tokens_ + rate_ * std::chrono::duration<double>(now - filled_).count());
    filled_ = std::max(filled_, now);
  }
  double rate_, most_, tokens_;
  Steady filled_{};
};

}  // namespace launchgate
