// Bounds on what launchgate is willing to read. Input is hostile: every reader takes its bounds from here.
#pragma once

#include <cstddef>

namespace launchgate {

struct ReadLimits {
  std::size_t max_bytes = 7u << 20;    // an API server's request limit is 3 MiB, twice in a review (object, oldObject)
  std::size_t max_depth = 100;         // a CustomResourceDefinition, the deepest real object, stays below 60
  std::size_t max_values = 1'000'000;  // after alias expansion
  std::size_t max_text = 64u << 20;    // bytes of keys and scalars after alias expansion
};

}  // namespace launchgate
