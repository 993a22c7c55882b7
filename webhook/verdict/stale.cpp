#include "verdict/stale.h"

#include <algorithm>
#include <array>
#include <map>

#include "gates/table.h"

namespace launchgate {
namespace {

using Found = std::map<std::pair<std::size_t, std::string>, const GateResult*>;  // by gate and path

Found found_in(const Examination& e) {
  Found out;
  e.each([&](const Verdict& v) {
    for (const GateResult& r : v.gates)
      if (r.unmet() && comes_with_time(r.finding.reason)) out.emplace(std::pair{r.gate, std::string{path_of(r)}}, &r);
  });
  return out;
}

}  // namespace

bool Stale::is_end() const { return gate->id == "PRR-EXP-01"; }

bool comes_with_time(std::string_view reason) {
  constexpr std::array<std::string_view, 7> reasons{"ReviewExpired",    "ReportTooOld",    "AttacksTooOld",
                                                    "DrillTooOld",      "RehearsalTooOld", "FallbackTestTooOld",
                                                    "AcceptanceExpired"};
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

std::vector<Stale> stale_in(const Snapshot& world, const Review& review, TimePoint now, TimePoint soon) {
  const Examination today = examine(world, review, now), later = examine(world, review, soon);
  const Found already = found_in(today);
  std::vector<Stale> out;
  for (const auto& [key, r] : found_in(later)) {
    const auto now_too = already.find(key);
    const GateResult& shown = now_too == already.end() ? *r : *now_too->second;
    out.push_back({&gate_table()[key.first], shown.finding.message, key.second, std::string{fix_of(shown)},
                   now_too != already.end()});
  }
  return out;
}

}  // namespace launchgate
