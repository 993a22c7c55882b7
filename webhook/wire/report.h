// What `check` and `tier` print for people and programs: the CheckReport (DESIGN §6), and the same as text. What build
// servers read is in report_ci.h.
#pragma once

#include <string>
#include <vector>

#include "wire/locate.h"

namespace launchgate {

struct CheckResult {
  std::string file;
  std::uint32_t line = 0;
  Verdict verdict;
  std::vector<Place> places = {};  // of verdict.gates, one for each; or none, where nobody looked
};

// {"apiVersion": "launchgate.dev/v1alpha1", "kind": "CheckReport", "results": […]}, with a line feed at the end.
std::string check_json(const std::vector<CheckResult>& results);

// For people. `colour`: ANSI, for a terminal.
std::string check_text(const std::vector<CheckResult>& results, bool colour);

// {"tier": "high", "reasons": [{"code": …, "text": …}]}
std::string tier_json(const Tiering& tiering);
std::string tier_text(const Tiering& tiering);

}  // namespace launchgate
