// Who has agreed to what in a review, and until when: its waivers, its approvals, and the age of its evidence.
#include <algorithm>

#include "gates/table.h"
#include "gates/waivers.h"
#include "wire/fleet_review.h"

namespace launchgate {
namespace {

std::string str(std::string_view s) { return std::string{s}; }

std::string_view kind_of(const Waiver& w) {
  return w.kind == Waiver::Kind::TierOverride ? "tier-override"
         : w.kind == Waiver::Kind::BreakGlass ? "break-glass"
                                              : "gate";
}

FleetWaiver waiver(const Waiver& w) {
  const Node spec = w.object->root()["spec"];
  FleetWaiver out;
  out.name = w.name;
  out.kind = str(kind_of(w));
  for (const std::size_t gate : w.gates) out.gates.push_back(str(gate_table()[gate].id));
  if (w.from) out.from = str(to_string(*w.from));
  if (w.to) out.to = str(to_string(*w.to));
  out.reason = told(spec["reason"]);
  out.ticket = told(spec["ticket"]);
  out.compensating = told(spec["compensating"]);
  if (!w.approver.empty()) out.approvers.push_back(told(w.approver));
  for (const std::string& more : w.approvers)
    if (more != w.approver) out.approvers.push_back(told(more));
  out.until = w.until;
  out.renewals = w.renewals;
  return out;
}

std::string why(const Review& review, const Approval& a, Voice voice, const Grounds* grounds) {
  switch (voice) {
    case Voice::Valid: return {};
    case Voice::Rejects: return "rejects what the review says now";
    case Voice::Overruled: return "somebody else rejects it as " + told(a.role);
    case Voice::NotIndependent:
      return "given by " + told(a.approver) + ", " +
             why_not_independent(grounds->facts(), a.approver, a.approver_groups);
    case Voice::NoAuthority: return "the policy does not let " + told(a.approver) + " speak as " + told(a.role);
    case Voice::Void:
    case Voice::Superseded: break;
  }
  std::string out = "the review was changed after it";
  if (a.digest == review.digest) out.clear();
  else if (!a.changed.empty()) out += ": " + listed(a.changed);
  if (voice == Voice::Superseded) out += "; the role has spoken again since";
  return out;
}

// Without a policy to ask: what the digests alone say.
Voice plain_voice(const Review& review, const Approval& a) {
  if (a.digest != review.digest) return Voice::Void;
  return a.approves ? Voice::Valid : Voice::Rejects;
}

const FleetGate* asked(const std::vector<FleetGate>& gates, std::string_view id) {
  for (const FleetGate& g : gates)
    if (gate_table()[g.gate].id == id) return g.outcome == Outcome::NotApplicable ? nullptr : &g;
  return nullptr;
}

}  // namespace

std::vector<FleetWaiver> fleet_waivers(const Snapshot& world, const Review& review, const Grounds* grounds,
                                       TimePoint now) {
  std::vector<FleetWaiver> out;
  for (const auto& w : world.waivers_in(review.ns)) {
    if (!concerns(*w, review)) continue;
    FleetWaiver& one = out.emplace_back(waiver(*w));
    if (grounds) {
      if (const auto fault = grounds->fault(*w)) one.fault = told(fault->message);
    } else if (!w->until || *w->until <= now) {
      one.fault = "ended";
    }
  }
  return out;
}

std::vector<FleetApproval> fleet_approvals(const Snapshot& world, const Review& review, const Grounds* grounds) {
  std::vector<FleetApproval> out;
  for (const auto& a : world.approvals_of(review.ns, review.name)) {
    const Voice voice = grounds ? grounds->voice(*a) : plain_voice(review, *a);
    FleetApproval one;
    one.name = a->name;
    one.role = told(a->role);
    one.approver = told(a->approver);
    one.comment = told(a->object->root()["spec"]["comment"]);
    one.digest = a->digest;
    one.approves = a->approves;
    one.is_signed = a->is_signed();
    one.verified = !a->verified_by.empty();
    one.given = a->created;
    one.standing = str(to_string(voice));
    one.why = why(review, *a, voice, grounds);
    for (const std::string& field : a->changed) one.changed.push_back(told(field));
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<FleetDate> fleet_dates(const Review& review, const std::vector<FleetGate>& gates, const Grounds* grounds) {
  std::vector<FleetDate> out;
  const Node spec = review.spec();
  const auto add = [&](std::string what, std::optional<TimePoint> date, std::string_view gate, Limit limit) {
    if (!date) return;
    std::optional<Seconds> most;
    if (grounds && asked(gates, gate)) most = grounds->facts().limit_span(limit);
    out.push_back({std::move(what), *date, most});
  };
  for (std::uint32_t i = 0; i < review.evidence.reports.size(); ++i)
    add("evaluation " + told(spec["evaluation"]["reports"].at(i)["ref"]), review.evidence.reports[i].ran_at,
        "PRR-EVAL-03", Limit::EvaluationMaxAge);
  auto attacked = review.evidence.adversarial.ran_at;
  if (!attacked) attacked = parse_time(spec["evaluation"]["adversarial"]["ranAt"].text());
  add("red-team run", attacked, "PRR-EVAL-09", Limit::AdversarialMaxAge);
  add("test of the fallback", parse_time(spec["latency"]["fallback"]["lastTested"].text()), "PRR-LAT-04",
      Limit::FallbackTestMaxAge);
  add("rehearsal of the rollback", parse_time(spec["rollout"]["lastRehearsal"]["date"].text()), "PRR-ROLL-06",
      Limit::RehearsalMaxAge);
  add("incident drill", parse_time(spec["support"]["lastDrill"]["date"].text()), "PRR-SUP-04", Limit::DrillMaxAge);
  return out;
}

}  // namespace launchgate
