#include "verdict/policies.h"

#include <algorithm>

#include "gates/params.h"
#include "model/labels_of_namespace.h"

namespace launchgate {
namespace {

bool matches_any(const std::vector<std::string>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& p) {
    if (!p.empty() && p.back() == '*')
      return text.substr(0, p.size() - 1) == std::string_view{p}.substr(0, p.size() - 1);
    return p == text;
  });
}

bool selects(const Selector& selector, Node labels) { return !selector.present() || selector.matches(labels); }

Action as_action(Mode mode) {
  return mode == Mode::Enforce ? Action::Deny : mode == Mode::Warn ? Action::Warn : Action::Record;
}
Action as_action(GateMode mode) {
  return mode == GateMode::Block ? Action::Deny : mode == GateMode::Warn ? Action::Warn : Action::Off;
}
Action as_action(Posture p) {
  return p == Posture::Enforce ? Action::Deny
         : p == Posture::Warn  ? Action::Warn
         : p == Posture::Audit ? Action::Record
                               : Action::Off;
}

bool later(const std::optional<TimePoint>& date, TimePoint now) { return date && *date > now; }

// Who may accept a risk: whom every policy that names somebody names. Nobody is the empty name, which nobody has.
std::vector<std::string> whom_all_name(const std::vector<const Policy*>& policies, std::size_t severity) {
  std::vector<std::string> names;
  for (const Policy* p : policies) {
    const auto& more = p->risk_authorities[severity];
    if (more.empty()) continue;
    if (names.empty()) names = more;
    else
      std::erase_if(names, [&](const std::string& n) { return std::find(more.begin(), more.end(), n) == more.end(); });
    if (names.empty()) return {""};
  }
  return names;
}

std::unique_ptr<const Policy> all_together(const std::vector<const Policy*>& policies) {
  auto out = std::make_unique<Policy>();
  for (const Policy* p : policies) out->unknown_axis_worst |= p->unknown_axis_worst;
  for (std::size_t i = 0; i < std::size(out->risk_authorities); ++i)
    out->risk_authorities[i] = whom_all_name(policies, i);
  return out;
}

}  // namespace

std::string_view to_string(Action action) {
  constexpr std::array<std::string_view, 4> names{"off", "record", "warn", "deny"};
  return names[static_cast<std::size_t>(action)];
}

PolicySet::PolicySet(const Snapshot& world, std::string_view ns, Node workload_labels) {
  const LabelsOfNamespace of_namespace{world, ns};
  const Node ns_labels = of_namespace.root();
  for (const Policy& p : world.policies)
    if (selects(p.namespaces, ns_labels) && selects(p.workloads, workload_labels)) policies_.push_back(&p);
  if (policies_.empty()) policies_.push_back(&world.builtin);
  limits_ = policies_.front()->limits;
  for (std::size_t i = 1; i < policies_.size(); ++i) limits_.tighten(policies_[i]->limits);
  if (policies_.size() > 1) together_ = all_together(policies_);
}

const Policy* PolicySet::exempting(std::string_view ns, std::string_view user,
                                   const std::vector<std::string_view>& groups) const {
  for (const Policy* p : policies_) {
    if (matches_any(p->exempt_namespaces, ns) || matches_any(p->exempt_users, user)) return p;
    for (auto group : groups)
      if (matches_any(p->exempt_groups, group)) return p;
  }
  return nullptr;
}

bool PolicySet::allow_opt_out() const {
  return std::all_of(policies_.begin(), policies_.end(), [](const Policy* p) { return p->allow_opt_out; });
}
bool PolicySet::unknown_axis_worst() const {
  return std::any_of(policies_.begin(), policies_.end(), [](const Policy* p) { return p->unknown_axis_worst; });
}
bool PolicySet::deny_on_error() const {
  return std::any_of(policies_.begin(), policies_.end(), [](const Policy* p) { return p->deny_on_error; });
}

Mode PolicySet::mode(TimePoint now) const {
  Mode strictest = Mode::Audit;
  for (const Policy* p : policies_) {
    const Mode m = p->mode == Mode::Enforce && later(p->enforce_from, now) ? Mode::Warn : p->mode;
    strictest = std::max(strictest, m);
  }
  return strictest;
}

Posture PolicySet::posture(Detected detected) const {
  Posture strictest = Posture::Ignore;
  for (const Policy* p : policies_) strictest = std::max(strictest, p->detection[static_cast<std::size_t>(detected)]);
  return strictest;
}

PolicySet::Effect PolicySet::effect(std::size_t gate, Tier tier, Detected detected, TimePoint now) const {
  Effect out;
  bool plain = false;
  for (const Policy* p : policies_) {
    const GateSetting& s = p->gates[gate];
    if (s.mode[tier] == GateMode::Off) continue;
    const Action full = std::min(
        {as_action(p->mode), as_action(s.mode[tier]), as_action(p->detection[static_cast<std::size_t>(detected)])});
    if (full == Action::Off) continue;
    auto date = later(p->enforce_from, now) ? p->enforce_from : std::nullopt;
    if (const auto& own = s.enforce_from[tier]; later(own, now) && (!date || *own > *date)) date = own;
    const Action action = date ? std::min(full, Action::Warn) : full;
    const auto from = full == Action::Deny ? date : std::nullopt;
    // Of those that only warn, the one that will be the first to deny is counted down.
    const bool sooner = action == out.action && from && (!out.enforced_from || *from < *out.enforced_from);
    if (!out.by || action > out.action || sooner) {
      out.action = action;
      out.by = p;
      out.enforced_from = from;
    }
    out.min_strength = std::max(out.min_strength, s.min_strength[tier]);
    plain |= s.params.empty();
    for (Node params : s.params) {
      out.unknown_blocks |= word(params, Param::Unknown) == "block";
      out.params.push_back(params);
    }
  }
  // Where one of several says nothing, the gate has to hold as it is too.
  if (plain && !out.params.empty()) out.params.push_back({});
  return out;
}

Action PolicySet::stop(Detected detected) const {
  Action strictest = Action::Off;
  for (const Policy* p : policies_) {
    const Action mode = p->mode == Mode::Audit ? Action::Record : Action::Deny;
    const Action seen = as_action(p->detection[static_cast<std::size_t>(detected)]);
    strictest = std::max(strictest, seen >= Action::Warn ? mode : std::min(mode, seen));
  }
  return strictest;
}

}  // namespace launchgate
