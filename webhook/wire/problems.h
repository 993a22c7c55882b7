// The findings of a check as a flat list: what the formats for build servers have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/report.h"

namespace launchgate {

enum class Level : std::uint8_t { Note, Warning, Error };

struct Problem {
  std::string_view id;    // PRR-COST-01; "suspended" for the pause switch
  std::string_view slug;  // budget-set
  Level level = Level::Note;
  std::string message;  // the fact
  std::string fix;      // one imperative line; may be empty
  Place place;
  std::size_t gate = 0;  // position in the gate table; only where `of_gate`
  bool of_gate = false;
};

// Error: it denies. Warning: it warns, or may deny from a date on. Note: it is only recorded.
std::vector<Problem> problems_of(const CheckResult& result);

}  // namespace launchgate
