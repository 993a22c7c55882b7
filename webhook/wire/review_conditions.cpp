// The conditions of a review.
#include <algorithm>
#include <array>

#include "gates/facts.h"
#include "wire/condition_words.h"

namespace launchgate {
namespace {

using namespace conditions;

std::string who_may_lift(Node spec) {
  std::vector<std::string> groups;
  for (Node group : spec["rollout"]["pauseAuthority"]) groups.push_back(shown(group.text()));
  if (groups.empty() && spec["ownership"]["team"]) groups.push_back(shown(spec["ownership"]["team"].text()));
  return groups.empty() ? "" : "; " + names(groups) + " may lift it";
}

class OfReview {
 public:
  OfReview(const Snapshot& world, const Examination& e, const std::vector<MergedGate>& gates,
           const std::vector<Revision>& approved, TimePoint now)
      : world_(world),
        e_(e),
        review_(*e.review),
        spec_(review_.spec()),
        gates_(gates),
        approved_(approved),
        now_(now) {}

  std::vector<Condition> all() const {
    return {ready(), expired(), evidence_fresh(), approvals_valid(), tier_agreed(), drifted(), suspended()};
  }

 private:
  std::string waiting() const { return e_.running.empty() ? "; no workload that it covers exists yet" : std::string{}; }

  // Would a new rollout of what it covers be let in?
  Condition ready() const {
    if (review_.suspended)
      return {"Ready", kFalse, "Suspended", "spec.suspend is true: no new rollout" + who_may_lift(spec_)};
    std::array<std::vector<std::string>, 4> unmet;  // by action
    std::size_t met = 0;
    for (const MergedGate& g : gates_) {
      if (g.result->finding.outcome == Outcome::Pass) ++met;
      if (g.result->unmet() && g.result->finding.reason != "NoWorkload")
        unmet[static_cast<std::size_t>(g.result->action)].push_back(gate_name(g));
    }
    const auto& [off, recorded, warned, denied] = unmet;
    if (!denied.empty())
      return {"Ready", kFalse, "GatesFail",
              count(denied.size(), "gate blocks", "gates block") + ": " + names(denied) + waiting()};
    if (!warned.empty())
      return {"Ready", kTrue, "GatesWarn",
              count(warned.size(), "gate is unmet and only warns", "gates are unmet and only warn") + ": " +
                  names(warned) + waiting()};
    if (!recorded.empty())
      return {"Ready", kTrue, "GatesRecorded",
              count(recorded.size(), "gate is unmet and only recorded", "gates are unmet and only recorded") + ": " +
                  names(recorded) + waiting()};
    if (gates_.empty()) return {"Ready", kTrue, "NotAsked", "no gate is asked here" + note() + waiting()};
    return {"Ready", kTrue, e_.running.empty() ? "NoWorkload" : "GatesPass",
            count(met, "gate passes", "gates pass") + waiting()};
  }
  std::string note() const {
    std::string out;
    e_.each([&](const Verdict& v) {
      if (out.empty() && !v.note.empty()) out = ": " + v.note;
    });
    return out;
  }

  Condition expired() const {
    if (!e_.ends)
      return spec_["expiresAt"] ? Condition{"Expired", kUnknown, "EndUnreadable", "spec.expiresAt is no date and time"}
                                : Condition{"Expired", kFalse, "NoEnd", "it has no end"};
    const std::string end = format_time(*e_.ends);
    const std::string why = spec_["expiresAt"] ? "" : ", by its age";
    if (*e_.ends <= now_)
      return {"Expired", kTrue, "PastEnd",
              "it ended at " + end + why + "; what runs goes on, and a rollback is still allowed"};
    return {"Expired", kFalse, "InDate", "it ends at " + end + why};
  }

  const MergedGate* worst_of(std::initializer_list<std::string_view> ids) const {
    const MergedGate* worst = nullptr;
    for (const MergedGate& g : gates_)
      if (std::find(ids.begin(), ids.end(), gate_table()[g.result->gate].id) != ids.end())
        if (!worst || badness(*g.result) > badness(*worst->result)) worst = &g;
    return worst;
  }

  // The gates that ask how old what was measured is.
  Condition evidence_fresh() const {
    const MergedGate* g = worst_of({"PRR-EVAL-03", "PRR-EVAL-09", "PRR-LAT-04", "PRR-ROLL-06", "PRR-SUP-04"});
    if (!g || g->result->finding.outcome == Outcome::NotApplicable)
      return {"EvidenceFresh", kUnknown, "NotAsked", "no gate asks for dated evidence here"};
    const Finding& f = g->result->finding;
    if (f.outcome == Outcome::Pass || f.outcome == Outcome::Warn)
      return {"EvidenceFresh", kTrue, "Fresh", "the evidence is within its age limits"};
    return {"EvidenceFresh", f.outcome == Outcome::Fail ? kFalse : kUnknown,
            f.reason.empty() ? "Unknown" : std::string{f.reason}, gate_name(*g) + ": " + f.message};
  }

  // What the approvals on record are about. Whose they must be, gates say.
  Condition approvals_valid() const {
    std::vector<std::string> approved, rejected;
    std::size_t stale = 0;
    for (const auto& a : world_.approvals_of(review_.ns, review_.name)) {
      if (a->digest != review_.digest) ++stale;
      else (a->approves ? approved : rejected).push_back(a->role);
    }
    std::sort(approved.begin(), approved.end());
    std::sort(rejected.begin(), rejected.end());
    if (!rejected.empty())
      return {"ApprovalsValid", kFalse, "Rejected", "what it says now was rejected as " + names(rejected)};
    const MergedGate* g = worst_of({"PRR-APPR-01", "PRR-APPR-02", "PRR-APPR-03", "PRR-APPR-04"});
    if (g && g->result->finding.outcome == Outcome::Fail)
      return {"ApprovalsValid", kFalse, std::string{g->result->finding.reason},
              gate_name(*g) + ": " + g->result->finding.message};
    if (!approved.empty())
      return {"ApprovalsValid", kTrue, "Approved", "what it says now was approved as " + names(approved)};
    if (stale)
      return {"ApprovalsValid", kFalse, "ReviewChanged",
              "the review has changed since " + count(stale, "approval was", "approvals were") + " given"};
    return {"ApprovalsValid", kUnknown, "NoApprovals", "nobody has approved or rejected it"};
  }

  Condition tier_agreed() const {
    const Verdict* v = e_.tiered();
    if (!v) return {"TierAgreed", kUnknown, "NotJudged", "its namespace is exempt: no tier was computed"};
    const auto derived = std::string{to_string(v->tiering.derived)};
    const auto declared = parse_tier(spec_["declaredTier"].text());
    if (!declared)
      return {"TierAgreed", kTrue, "NotDeclared", "declaredTier is not set; its answers make it " + derived};
    const std::string both =
        "declaredTier is " + std::string{to_string(*declared)} + ", and its answers make it " + derived;
    if (*declared < v->tiering.derived) return {"TierAgreed", kFalse, "Understated", both};
    return {"TierAgreed", kTrue, *declared > v->tiering.derived ? "Raised" : "Agreed", both};
  }

  // Something runs that was never admitted: it came past the webhook. Or another model answers than when it was, with no
  // write to the workload.
  Condition drifted() const {
    std::vector<std::string> strange, moved;
    for (const Running& r : e_.running) {
      if (!r.observed) continue;
      const auto same = [&](const Revision& known) {
        return known.digest == r.digest && known.same_workload(r.object->kind, r.object->name);
      };
      const auto known = std::find_if(approved_.begin(), approved_.end(), same);
      if (known == approved_.end() && !r.approved) strange.push_back(r.object->kind + " " + r.object->name);
      if (known != approved_.end() && known->dependencies != r.dependencies)
        moved.push_back("what " + r.object->kind + " " + r.object->name + " depends on (" +
                        (r.depends_on.empty() ? "nothing that is left" : names(r.depends_on)) + ")");
    }
    if (!strange.empty())
      return {"Drifted", kTrue, "NotAdmitted",
              names(strange) + (strange.size() == 1 ? " runs" : " run") + " what launchgate has not admitted"};
    if (!moved.empty())
      return {"Drifted", kTrue, "DependencyChanged",
              names(moved) + " has changed since it was admitted: look at the review again, and write it anew"};
    if (e_.running.empty()) return {"Drifted", kFalse, "NoWorkload", "no workload that it covers exists yet"};
    return {"Drifted", kFalse, "Admitted", "what runs was admitted"};
  }

  Condition suspended() const {
    if (!review_.suspended) return {"Suspended", kFalse, "NotSuspended", "rollouts are not paused"};
    return {"Suspended", kTrue, "Suspended", "spec.suspend is true" + who_may_lift(spec_)};
  }

  const Snapshot& world_;
  const Examination& e_;
  const Review& review_;
  const Node spec_;
  const std::vector<MergedGate>& gates_;
  const std::vector<Revision>& approved_;
  const TimePoint now_;
};

}  // namespace

std::vector<Condition> review_conditions(const Snapshot& world, const Examination& e,
                                         const std::vector<MergedGate>& gates, const std::vector<Revision>& approved,
                                         TimePoint now) {
  return OfReview{world, e, gates, approved, now}.all();
}

}  // namespace launchgate
