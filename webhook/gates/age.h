// Dates of things that must not lie too far back: drills, rehearsals, tests of the fallback.
#pragma once

#include <optional>
#include <string>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

// How one such thing is spoken of.
struct Occasion {
  std::string_view missing, old;  // reasons: there was none, it is too long ago
  std::string_view none;          // "no incident drill"
  std::string_view last;          // "the last incident drill"
  std::string_view path;          // where its date stands
};

// What is wrong with the date, by the policy's limit; nothing when it is recent enough. A started day counts, so that
// the age never reads like the limit; a day ahead is forgiven, since a date has no time zone.
std::optional<Finding> unless_recent(const Facts& f, Node date, Limit limit, const Occasion& what);

}  // namespace launchgate
