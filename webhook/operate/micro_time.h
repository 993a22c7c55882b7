// metav1.MicroTime, as Leases and Events carry it: "2026-11-24T10:00:00.123456Z".
#pragma once

#include <chrono>
#include <string>

#include "base/time.h"

namespace launchgate {

inline std::string micro_time(std::chrono::system_clock::time_point t) {
  const auto seconds = std::chrono::floor<Seconds>(t);
  std::string out = format_time(seconds);
  out.pop_back();
  const auto micros = std::to_string(std::chrono::floor<std::chrono::microseconds>(t - seconds).count());
  return out + "." + std::string(6 - micros.size(), '0') + micros + "Z";
}

}  // namespace launchgate
