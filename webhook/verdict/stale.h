// What of a review is stale, or will be soon: only that has to be answered again, whatever else it says.
#pragma once

#include <string>
#include <vector>

#include "verdict/examine.h"

namespace launchgate {

struct Stale {
  const Gate* gate = nullptr;
  std::string message, path, fix;
  bool already = false;  // else it will be, by the date that was asked for
  bool is_end() const;   // the review's own end
};

// Unmet because time has passed, at `now` or at `soon` (later). In the order of the gate table, each gate once for every
// message.
std::vector<Stale> stale_in(const Snapshot& world, const Review& review, TimePoint now, TimePoint soon);

// The reasons of findings that come with time alone.
bool comes_with_time(std::string_view reason);

}  // namespace launchgate
