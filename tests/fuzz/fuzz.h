// What every fuzz target needs: a check that ends the run, and small bounds, so that inputs stay small too.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace launchgate::fuzz {

inline void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

inline ReadLimits small_limits() {
  ReadLimits limits;
  limits.max_bytes = 64u << 10;
  limits.max_values = 10'000;
  limits.max_text = 256u << 10;
  return limits;
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace launchgate::fuzz
