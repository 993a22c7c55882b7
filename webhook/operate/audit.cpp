#include "operate/audit.h"

#include "gates/table.h"
#include "operate/changes.h"

namespace launchgate {
namespace {

constexpr std::size_t kNamed = 5;

// The gates that matter for the decision, by name.
std::string unmet_gates(const Verdict& v) {
  const Action wanted = v.decision == Decision::Deny ? Action::Deny : Action::Warn;
  std::string out;
  std::size_t count = 0;
  for (const GateResult& r : v.gates) {
    if (!r.unmet() || r.action != wanted) continue;
    const Gate& gate = gate_table()[r.gate];
    if (++count <= kNamed) out += (count > 1 ? ", " : "") + std::string{gate.id} + " " + std::string{gate.slug};
  }
  return count > kNamed ? out + " and " + std::to_string(count - kNamed) + " more" : out;
}

Happening happening(const WorldObject& o, const Verdict& v) {
  Happening h{std::string{v.workload.api_version}, o.kind, o.ns, o.name, o.uid, "GatesUnmet", "Audited", {}};
  const char* outcome =
      v.decision == Decision::Deny ? "a new rollout would be refused" : "a new rollout would be let in with a warning";
  const std::string gates = unmet_gates(v);
  if (v.covering.empty()) {
    h.reason = "NoReview";
    h.note = "it runs without a ReadinessReview (" + std::string{to_string(v.detection.detected)} + "): ";
  } else if (v.covering.size() > 1) {
    h.reason = "TwoReviews";
    h.note = "ReadinessReviews " + v.covering[0]->name + " and " + v.covering[1]->name + " both cover it: ";
  } else {
    h.note = "it runs without what ReadinessReview " + v.covering.front()->name + " should say: ";
  }
  h.note += outcome + (gates.empty() ? std::string{} : " by " + gates);
  return h;
}

}  // namespace

void Audit::record(const WorldObject& object, const Verdict& v, Events::Steady now, Events::Date date) {
  Entry& e = entries_[id_of(object)];
  ++judged_;
  e.pass = pass_;
  e.kind = static_cast<std::uint8_t>(kind_position(v.workload.kind));
  e.step = static_cast<std::uint8_t>(v.step);
  e.decision = static_cast<std::uint8_t>(v.decision);
  e.unreviewed = v.judged() && v.covering.empty();
  if (!v.judged() || v.decision < Decision::Warn) {
    e.problem = 0;
    return;
  }
  const Happening h = happening(object, v);
  const std::uint64_t problem = hash_of(object.uid, h.reason, h.note);
  if (problem == e.problem) return;
  e.problem = problem;
  events_.tell(h, now, date);
}

void Audit::end_pass() {
  std::erase_if(entries_, [&](const auto& e) { return e.second.pass != pass_; });
}

std::vector<AuditCount> Audit::counts() const {
  std::vector<AuditCount> out(kinds_table().size());
  for (const auto& [id, e] : entries_) {
    if (e.kind >= out.size()) continue;
    AuditCount& c = out[e.kind];
    switch (static_cast<Step>(e.step)) {
      case Step::NotGated: break;  // being deleted
      case Step::Exempt: ++c.exempt; break;
      case Step::Owned: ++c.owned; break;
      case Step::NotLlm: ++c.not_llm; break;
      default: ++c.decisions[e.decision]; c.unreviewed += e.unreviewed;
    }
  }
  return out;
}

}  // namespace launchgate
