#include "gates/roles.h"

#include <algorithm>
#include <set>

#include "gates/approvals.h"
#include "gates/params.h"
#include "gates/table.h"

namespace launchgate {
namespace {

bool fits(const Approval& a, const Roles& roles) {
  if (roles.empty()) return a.role != "owner";
  return std::find(roles.begin(), roles.end(), a.role) != roles.end();
}

Roles split(std::string_view text) {
  Roles out;
  for (std::size_t bar; (bar = text.find('|')) != std::string_view::npos; text = text.substr(bar + 1))
    out.emplace_back(text.substr(0, bar));
  out.emplace_back(text);
  return out;
}

// Augmenting paths: whoever sits down may ask another to move to a seat that is still free.
class Seating {
 public:
  Seating(std::span<const Roles> required, std::span<const Approval* const> approvals)
      : required_(required), approvals_(approvals), seats_(required.size()) {
    for (std::size_t seat = 0; seat < seats_.size(); ++seat) {
      asked_.clear();
      fill(seat);
    }
  }
  std::vector<const Approval*> seats() && { return std::move(seats_); }

 private:
  bool fill(std::size_t seat) {
    for (const Approval* a : approvals_) {
      if (!fits(*a, required_[seat]) || !asked_.insert(a->approver).second) continue;
      const auto at = std::find_if(seats_.begin(), seats_.end(),
                                   [&](const Approval* s) { return s && s->approver == a->approver; });
      if (at != seats_.end() && !fill(static_cast<std::size_t>(at - seats_.begin()))) continue;
      seats_[seat] = a;
      return true;
    }
    return false;
  }

  std::span<const Roles> required_;
  std::span<const Approval* const> approvals_;
  std::vector<const Approval*> seats_;
  std::set<std::string_view> asked_;  // people, while one seat is being filled
};

bool all_seated(const std::vector<const Approval*>& seats) {
  return std::none_of(seats.begin(), seats.end(), [](const Approval* a) { return a == nullptr; });
}

// `newest_first`: those that do not tell when they were given stand before all others.
std::optional<TimePoint> complete_since(std::span<const Roles> required,
                                        std::span<const Approval* const> newest_first) {
  if (required.empty() || !all_seated(seated(required, newest_first))) return {};
  std::size_t enough = required.size();
  while (!all_seated(seated(required, newest_first.first(enough)))) ++enough;
  return newest_first[enough - 1]->created;
}

}  // namespace

std::vector<Roles> required_roles(Tier tier, Node params) {
  constexpr PerTier<Param> by_tier{Param::LowRoles, Param::ModerateRoles, Param::HighRoles, Param::CriticalRoles};
  const Node said = param(params, by_tier[tier]);
  std::vector<Roles> out;
  for (Node roles : said) out.push_back(split(roles.text()));
  if (said.is_array()) return out;
  if (const auto people = number(params, by_tier[tier]))
    return std::vector<Roles>(static_cast<std::size_t>(std::clamp(*people, 0.0, 8.0)));
  if (said.doc()) return {Roles{}};  // it cannot be read: it does not pass, whoever approves (demand_readable)
  if (tier == Tier::Low) return out;
  if (tier == Tier::Moderate) return {Roles{}};
  out = {{"product"}, {"platform", "security"}};
  if (tier == Tier::Critical) out.push_back({"risk", "legal"});
  return out;
}

std::vector<const Approval*> seated(std::span<const Roles> required, std::span<const Approval* const> approvals) {
  return Seating{required, approvals}.seats();
}

std::optional<TimePoint> approved_since(const Facts& f) {
  static const std::size_t position = find_gate("PRR-APPR-01").value_or(gate_table().size());
  auto valid = standing_of(f).valid;
  if (valid.empty()) return {};
  const auto given = [](const Approval* a) { return a->created.value_or(TimePoint::max()); };
  std::stable_sort(valid.begin(), valid.end(), [&](auto* a, auto* b) { return given(a) > given(b); });
  std::optional<TimePoint> since;
  const auto ask = [&](Node params) {
    const auto complete = complete_since(required_roles(f.tier, params), valid);
    if (complete && (!since || *complete < *since)) since = complete;
  };
  for (const Policy* p : f.policies) {
    if (position >= p->gates.size() || p->gates[position].mode[f.tier] == GateMode::Off) continue;
    if (p->gates[position].params.empty()) ask({});
    for (Node params : p->gates[position].params) ask(params);
  }
  return since;
}

}  // namespace launchgate
