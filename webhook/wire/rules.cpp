#include "wire/rules.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"

namespace launchgate {
namespace {

bool is(Node value, std::string_view word) { return value.text() == word; }

bool values_suit_the_operator(Node self) {
  const bool needs = is(self["operator"], "In") || is(self["operator"], "NotIn");
  return needs == (self["values"].size() > 0);
}

// ^PRR-[A-Z]+-[0-9]{2}$
bool is_gate_id(std::string_view id) {
  if (id.substr(0, 4) != "PRR-" || id.size() < 8) return false;
  const auto section = id.substr(4, id.size() - 7), number = id.substr(id.size() - 3);
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::all_of(section.begin(), section.end(), upper) && number[0] == '-' && digit(number[1]) && digit(number[2]);
}

bool keys_are_gate_ids(Node self) {
  for (Node gate : self)
    if (!is_gate_id(gate.key())) return false;
  return true;
}

bool ascends(Node self) {
  for (std::uint32_t i = 1; i < self.size(); ++i)
    if (!holds(self.at(i - 1).text(), "<=", self.at(i).text()).value_or(false)) return false;
  return true;
}

bool exposure_ends_at_all(Node self) {
  const Node steps = self["rollout"]["exposure"]["steps"];
  return steps.size() == 0 || compare_decimals(steps.at(steps.size() - 1).text(), "100") == 0 ||
         is(self["stage"], "experiment");
}

bool name_or_labels(Node self) { return bool(self["name"]) != bool(self["labelSelector"]); }
bool review_or_selector(Node self) { return bool(self["review"]) != bool(self["selector"]); }

bool gates_named(Node self) { return (self["kind"] && !is(self["kind"], "gate")) || self["gates"].size() > 0; }
bool no_gates_for_a_tier(Node self) { return !is(self["kind"], "tier-override") || !self["gates"]; }
bool tiers_for_an_override(Node self) {
  return is(self["kind"], "tier-override") == (bool(self["from"]) && bool(self["to"]));
}
bool both_tiers(Node self) { return bool(self["from"]) == bool(self["to"]); }
bool one_step_down(Node self) {
  const Node from = self["from"], to = self["to"];
  return !from || !to || (is(from, "critical") && is(to, "high")) || (is(from, "high") && is(to, "moderate")) ||
         (is(from, "moderate") && is(to, "low"));
}
bool approver_named(Node self) { return is(self["kind"], "break-glass") || bool(self["approver"]); }

constexpr std::array kRules{
    // A selector's requirement, wherever one stands.
    Rule{"self.operator in ['In', 'NotIn'] ? has(self.values) && size(self.values) > 0 : "
         "!has(self.values) || size(self.values) == 0",
         values_suit_the_operator},
    // ReadinessReview
    Rule{"!has(self.rollout) || !has(self.rollout.exposure) || !has(self.rollout.exposure.steps) || "
         "size(self.rollout.exposure.steps) == 0 || "
         "self.rollout.exposure.steps[size(self.rollout.exposure.steps) - 1] == 100.0 || "
         "(has(self.stage) && self.stage == 'experiment')",
         exposure_ends_at_all},
    Rule{"has(self.name) != has(self.labelSelector)", name_or_labels},
    Rule{"self.isSorted()", ascends},
    // ReadinessPolicy
    Rule{"self.all(id, id.matches('^PRR-[A-Z]+-[0-9]{2}$'))", keys_are_gate_ids, is_gate_id},
    // ReadinessWaiver
    Rule{"has(self.review) != has(self.selector)", review_or_selector},
    Rule{"(has(self.kind) && self.kind != 'gate') || (has(self.gates) && size(self.gates) > 0)", gates_named},
    Rule{"!has(self.kind) || self.kind != 'tier-override' || !has(self.gates)", no_gates_for_a_tier},
    Rule{"(has(self.kind) && self.kind == 'tier-override') == (has(self.from) && has(self.to))", tiers_for_an_override},
    Rule{"has(self.from) == has(self.to)", both_tiers},
    Rule{"!has(self.from) || !has(self.to) || [self.from, self.to] in [['critical', 'high'], ['high', 'moderate'], "
         "['moderate', 'low']]",
         one_step_down},
    Rule{"(has(self.kind) && self.kind == 'break-glass') || has(self.approver)", approver_named},
    // ReadinessApproval: about a change.
    Rule{"self == oldSelf", nullptr},
};

}  // namespace

std::span<const Rule> rule_table() { return kRules; }

const Rule* find_rule(std::string_view text) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& r) { return r.text == text; });
  return found == kRules.end() ? nullptr : found;
}

}  // namespace launchgate
