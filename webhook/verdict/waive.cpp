#include "verdict/waive.h"

#include <algorithm>

#include "gates/params.h"
#include "gates/table.h"
#include "gates/waivers.h"

namespace launchgate {
namespace {

std::size_t exp_04() {
  static const std::size_t position = find_gate("PRR-EXP-04").value_or(gate_table().size());
  return position;
}

using Params = std::vector<Node>;
Params params_of(const Facts& f, const PolicySet& policies, std::size_t gate) {
  auto params = policies.effect(gate, f.tier, f.detection.detected, f.now).params;
  if (params.empty()) params.emplace_back();
  return params;
}

std::optional<Finding> first_fault(const Facts& f, const Waiver& w, const Params& params) {
  for (Node p : params)
    if (auto fault = fault_of(f, w, p)) return fault;
  return {};
}
bool in_force(const Facts& f, const Waiver& w, const Params& params) { return !first_fault(f, w, params); }

bool waivable(const Params& params) {
  return std::all_of(params.begin(), params.end(), [](Node p) { return flag(p, Param::Waivable); });
}

std::string granted(const Waiver& w) {
  std::string by = w.kind == Waiver::Kind::BreakGlass ? "; break-glass until " : "; waived until ";
  by += w.kind == Waiver::Kind::BreakGlass ? format_time(*w.until) : w.last_day();
  if (!w.approver.empty()) by += " by " + shown(w.approver);
  return by + " (ReadinessWaiver " + w.name + ")";
}

// Of several the one that lasts longest.
const Waiver* excuse_for(std::size_t gate, const std::vector<const Waiver*>& forces) {
  const Waiver* best = nullptr;
  for (const Waiver* w : forces)
    if (w->excuses(gate) && (!best || *w->until > *best->until)) best = w;
  return best;
}

// Some gate of a waiver that is over is still unmet.
bool still_needed(const Facts& f, const std::vector<GateResult>& results) {
  bool needed = false;
  each_waiver(f, [&](const Waiver& w) {
    if (!w.until || *w.until > f.now) return;
    needed |= std::any_of(results.begin(), results.end(),
                          [&](const GateResult& r) { return r.gate != exp_04() && r.unmet() && w.excuses(r.gate); });
  });
  return needed;
}

}  // namespace

std::optional<Finding> why_not_in_force(const Facts& f, const PolicySet& policies, const Waiver& waiver) {
  return first_fault(f, waiver, params_of(f, policies, exp_04()));
}

void apply_tier_overrides(Tiering& tiering, const Facts& facts, const PolicySet& policies) {
  const Params params = params_of(facts, policies, exp_04());
  const Tier unwaived = tiering.derived;  // what each of them has to start from: several are one step together
  each_waiver(facts, [&](const Waiver& w) {
    if (w.kind != Waiver::Kind::TierOverride || !w.from || !w.to || !in_force(facts, w, params)) return;
    const std::string name = "ReadinessWaiver " + w.name, from{to_string(*w.from)}, to{to_string(*w.to)};
    const auto declared = parse_tier(facts.spec["declaredTier"].text()).value_or(Tier::Low);
    std::string why;
    const bool one_step = static_cast<int>(*w.from) == static_cast<int>(*w.to) + 1;
    if (!one_step) why = "it is not one step";
    else if (unwaived != *w.from)
      why = "it lowers from " + from + ", and without waivers the tier is " + std::string{to_string(unwaived)};
    else if (tiering.hard_floor > *w.to)
      why = "a floor holds the tier at " + std::string{to_string(tiering.hard_floor)};
    if (!why.empty()) return tiering.reasons.push_back({"waiver", name + " does not apply: " + why});
    tiering.derived = *w.to;
    tiering.tier = std::max(*w.to, declared);
    tiering.reasons.push_back({"waiver", name + " lowers it from " + from + " to " + to + " until " + w.last_day() +
                                             ", granted by " + shown(w.approver)});
  });
}

void apply_waivers(const Facts& f, const PolicySet& policies, std::vector<GateResult>& results) {
  for (GateResult& r : results) r.without_waiver = r.finding.outcome;
  if (!f.review || f.world.waivers_in(f.review->ns).empty()) return;
  const Params params = params_of(f, policies, exp_04());
  std::vector<const Waiver*> forces;
  each_waiver(f, [&](const Waiver& w) {
    if (in_force(f, w, params)) forces.push_back(&w);
  });
  for (GateResult& r : results) {
    if (r.gate == exp_04() && r.finding.reason == "WaiverExpired" && !still_needed(f, results)) {
      r.finding.outcome = Outcome::Warn;
      r.finding.fix = "its gates are met without it: delete it";
      r.action = std::min(r.action, Action::Warn);
      r.enforced_from.reset();
      r.without_waiver = Outcome::Warn;
    }
    const Waiver* w = r.unmet() && r.gate != exp_04() ? excuse_for(r.gate, forces) : nullptr;
    if (!w || !waivable(params_of(f, policies, r.gate))) continue;
    r.waiver = w;
    r.finding.outcome = Outcome::Waived;
    r.finding.message += granted(*w);
    r.enforced_from.reset();
  }
}

}  // namespace launchgate
