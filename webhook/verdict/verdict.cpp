#include "verdict/verdict.h"

#include <array>

#include "gates/table.h"

namespace launchgate {

std::string_view to_string(Step step) {
  constexpr std::array<std::string_view, 8> names{"NotGated",  "Exempt",   "OwnedByGated", "NotAnLLMWorkload",
                                                  "Unchanged", "Rollback", "Suspended",    "Judged"};
  return names[static_cast<std::size_t>(step)];
}

std::string_view to_string(Decision decision) {
  constexpr std::array<std::string_view, 4> names{"allow", "audit", "warn", "deny"};
  return names[static_cast<std::size_t>(decision)];
}

std::string_view path_of(const GateResult& r) {
  return r.finding.path.empty() ? gate_table()[r.gate].path : std::string_view{r.finding.path};
}

std::string_view fix_of(const GateResult& r) {
  return r.finding.fix.empty() ? gate_table()[r.gate].fix : std::string_view{r.finding.fix};
}

}  // namespace launchgate
