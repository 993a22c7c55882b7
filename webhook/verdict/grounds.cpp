#include "verdict/grounds.h"

#include <algorithm>
#include <array>

#include "verdict/waive.h"

namespace launchgate {
namespace {

bool holds(const std::vector<const Approval*>& list, const Approval& approval) {
  return std::find(list.begin(), list.end(), &approval) != list.end();
}

}  // namespace

std::string_view to_string(Voice voice) {
  constexpr std::array<std::string_view, 7> names{"Valid",       "Rejects", "Overruled", "NotIndependent",
                                                  "NoAuthority", "Void",    "Superseded"};
  return names[static_cast<std::size_t>(voice)];
}

Grounds::Grounds(const Snapshot& world, const Verdict& v)
    : policies_{world, v.workload.ns, v.workload.labels},
      facts_{world,
             v.workload,
             v.detection,
             v.covering,
             v.review,
             v.review ? v.review->spec() : Node{},
             v.tiering,
             v.tiering.tier,
             policies_.limits(),
             policies_.authority(),
             {},
             v.now,
             policies_.policies()},
      standing_{standing_of(facts_)} {}

std::optional<Finding> Grounds::fault(const Waiver& waiver) const {
  return why_not_in_force(facts_, policies_, waiver);
}

Voice Grounds::voice(const Approval& a) const {
  if (holds(standing_.rejecting, a)) return Voice::Rejects;
  if (holds(standing_.valid, a)) {  // the role owner is the owning team's own (PRR-APPR-02)
    const bool own = a.role == "owner" || why_not_independent(facts_, a.approver, a.approver_groups).empty();
    return own ? Voice::Valid : Voice::NotIndependent;
  }
  if (holds(standing_.powerless, a)) return Voice::NoAuthority;
  if (holds(standing_.stale, a)) return Voice::Void;
  if (!facts_.review || a.digest != facts_.review->digest) return Voice::Superseded;
  return a.approves ? Voice::Overruled : Voice::NoAuthority;
}

}  // namespace launchgate
