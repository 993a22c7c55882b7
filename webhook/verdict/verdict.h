// What launchgate thinks of a change, as a value: rendered by wire/ to an admission answer, a report or text,
// counted and logged by the rooms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gates/facts.h"
#include "gates/finding.h"
#include "verdict/policies.h"

namespace launchgate {

// Which step of DESIGN §3 settled it.
enum class Step : std::uint8_t { NotGated, Exempt, Owned, NotLlm, Unchanged, Rollback, Suspended, Judged };
std::string_view to_string(Step step);  // CamelCase

// What becomes of the request. Audit: allowed and recorded. Warn: allowed with warnings.
enum class Decision : std::uint8_t { Allow, Audit, Warn, Deny };
std::string_view to_string(Decision decision);  // lower case

struct GateResult {
  std::size_t gate = 0;  // position in the gate table
  Finding finding;
  Action action = Action::Off;  // what being unmet leads to here
  const Policy* by = nullptr;
  std::optional<TimePoint> enforced_from;  // a warning until then
  const Waiver* waiver = nullptr;          // that excuses it, where the outcome is Waived
  Outcome without_waiver{};                // what it would be then

  bool unmet() const { return finding.outcome == Outcome::Fail || finding.outcome == Outcome::Unknown; }
};

// Where the gate's row stands in for what the finding leaves open.
std::string_view path_of(const GateResult& result);
std::string_view fix_of(const GateResult& result);

struct Counts {
  int pass = 0, fail = 0, warn = 0, waived = 0, not_applicable = 0, unknown = 0;
  int total() const { return pass + fail + warn + waived + not_applicable + unknown; }
  void add(Outcome outcome) {
    constexpr int Counts::*of[] = {&Counts::pass,           &Counts::fail,   &Counts::warn,
                                   &Counts::not_applicable, &Counts::waived, &Counts::unknown};  // as Outcome has them
    ++(this->*of[static_cast<std::size_t>(outcome)]);
  }
};

// Views into the snapshot and the change, which must outlive it.
struct Verdict {
  Step step = Step::NotGated;
  Decision decision = Decision::Allow;
  std::string note;  // one sentence for people, where no gate speaks
  Workload workload;
  Mode mode = Mode::Audit;  // the strictest in force
  Detection detection;
  std::vector<const Review*> covering;
  const Review* review = nullptr;
  Tiering tiering;                // meaningful where a review was judged
  std::string digest;             // of the rollout, where it was computed
  std::vector<GateResult> gates;  // in the table's order; gates that are off are left out
  Counts counts;                  // with the waivers in force
  Counts counts_before_waivers;   // as if there were none
  TimePoint now;
  // What a live look-up might find: it was applied a moment ago, perhaps (DESIGN §3 step 8).
  std::vector<std::string_view> missing;  // "ReadinessReview", "ReadinessWaiver", "ReadinessApproval"

  bool allowed() const { return decision != Decision::Deny; }
  bool judged() const { return step == Step::Judged; }
};

}  // namespace launchgate
