#include "wire/fleet_review.h"

#include <algorithm>

#include "base/printable.h"
#include "base/secretlike.h"
#include "gates/table.h"
#include "wire/revisions.h"
#include "wire/status.h"
#include "wire/text.h"

namespace launchgate {
namespace {

std::string str(std::string_view s) { return std::string{s}; }

// What Ready says, in one word.
std::string state_of(const Condition& ready) {
  if (ready.reason == "Suspended") return "paused";
  if (ready.status == "False") return "refused";
  if (ready.reason == "GatesWarn") return "warned";
  if (ready.reason == "GatesRecorded") return "recorded";
  return ready.reason == "NotAsked" ? "not asked" : "ready";
}

FleetGate gate_of(const GateResult& r, TimePoint now) {
  FleetGate out;
  out.gate = r.gate;
  out.outcome = r.finding.outcome;
  out.without_waiver = r.without_waiver;
  out.action = r.action;
  if (out.outcome == Outcome::Pass) out.strength = str(to_string(r.finding.strength));
  out.reason = str(r.finding.reason);
  out.message = told(r.finding.message + countdown(r, now));
  if (!out.met()) out.fix = told(fix_of(r));
  out.path = str(path_of(r));
  if (r.waiver) out.waiver = r.waiver->name;
  if (r.by) out.policy = r.by->name;
  return out;
}

// With several workloads it matters whose it is.
FleetGate gate_of(const MergedGate& merged, bool several, TimePoint now) {
  FleetGate out = gate_of(*merged.result, now);
  const Workload& w = merged.verdict->workload;
  if (several && !out.met() && w.kind) out.workload = str(w.kind_name) + " " + str(w.name);
  return out;
}

}  // namespace

std::string told(std::string_view text) {
  if (!secret_kind(text).empty()) return "(not shown: it looks like a credential)";
  std::string out = printable(text);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}
std::string told(Node value) { return told(value.text()); }

FleetWorkload fleet_workload(const Verdict& v) {
  const Workload& w = v.workload;
  FleetWorkload out{
      str(w.api_version), str(w.kind_name), str(w.ns), str(w.name), str(verdict_word(v)), v.digest, {}, {}, {}, {}};
  out.detected = str(to_string(v.detection.detected));
  for (const Clue& signal : v.detection.signals) out.signals.push_back(told(signal.text()));
  for (const GateResult& r : v.gates)
    if (r.unmet()) out.unmet.push_back(gate_of(r, v.now));
  for (const Review* review : v.covering) out.reviews.push_back(review->name);
  return out;
}

FleetReview fleet_review(const Snapshot& world, const Review& review, TimePoint now) {
  const Examination e = examine(world, review, now);
  const auto merged = merge_gates(e);
  const Node object = review.object->root(), spec = review.spec();
  const auto revisions = next_revisions(e, object["status"], now);
  const Condition ready = review_conditions(world, e, merged, revisions, now).front();
  const auto team = spec["ownership"]["team"].text();

  FleetReview out;
  out.ns = review.ns;
  out.name = review.name;
  out.team = team.empty() ? "(no owner)" : told(team);
  out.stage = told(spec["stage"]);
  out.source = review.source;
  out.digest = review.digest;
  out.state = state_of(ready);
  out.reason = told(ready.message);
  for (const MergedGate& g : merged) {
    out.gates.push_back(gate_of(g, e.running.size() > 1, now));
    out.counts.add(g.result->finding.outcome);
    out.counts_before_waivers.add(g.result->without_waiver);
  }
  for (const Running& r : e.running) out.workloads.push_back(fleet_workload(r.verdict));
  std::optional<Grounds> grounds;
  if (const Verdict* tiered = e.tiered()) {
    out.tier = tiered->tiering.tier;
    for (const TierReason& reason : tiered->tiering.reasons)
      out.tier_reasons.push_back({reason.code, told(reason.text)});
    grounds.emplace(world, *tiered);
  }
  const Grounds* known = grounds ? &*grounds : nullptr;
  out.use_case = fleet_use_case(spec);
  out.answers = fleet_answers(review, out.gates, now);
  out.waivers = fleet_waivers(world, review, known, now);
  out.approvals = fleet_approvals(world, review, known);
  out.dates = fleet_dates(review, out.gates, known);
  out.ends = e.ends;
  out.ends_by_age = !spec["expiresAt"];
  return out;
}

}  // namespace launchgate
