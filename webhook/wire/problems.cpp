#include "wire/problems.h"

#include "base/printable.h"
#include "gates/table.h"
#include "wire/text.h"

namespace launchgate {
namespace {

Level level_of(const GateResult& r) {
  if (r.unmet() && r.action == Action::Deny) return Level::Error;
  return r.action >= Action::Warn ? Level::Warning : Level::Note;
}

}  // namespace

std::vector<Problem> problems_of(const CheckResult& result) {
  const Verdict& v = result.verdict;
  const Place workload{result.file, result.line};
  std::vector<Problem> out;
  if (v.step == Step::Suspended && v.decision >= Decision::Warn)
    out.push_back({"suspended", "suspended", v.allowed() ? Level::Warning : Level::Error, printable(v.note),
                   "set spec.suspend: false in the review when the pause is over", workload});
  for (std::size_t i = 0; i < v.gates.size(); ++i) {
    const GateResult& r = v.gates[i];
    const auto outcome = r.finding.outcome;
    if (outcome == Outcome::Pass || outcome == Outcome::NotApplicable || outcome == Outcome::Waived) continue;
    const Gate& gate = gate_table()[r.gate];
    out.push_back({gate.id, gate.slug, level_of(r), printable(r.finding.message + countdown(r, v.now)),
                   printable(fix_of(r)), i < result.places.size() ? result.places[i] : workload, r.gate, true});
  }
  return out;
}

}  // namespace launchgate
