#include "gates/roles.h"

#include <algorithm>
#include <set>

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

}  // namespace

std::vector<Roles> required_roles(Tier tier, Node params) {
  const Node said = params[std::string{to_string(tier)} + "Roles"];
  std::vector<Roles> out;
  for (Node roles : said) out.push_back(split(roles.text()));
  if (said.is_array()) return out;
  if (said.is_number())
    return std::vector<Roles>(std::min(std::strtoul(std::string{said.text()}.c_str(), nullptr, 10), 8ul));
  if (tier == Tier::Low) return out;
  if (tier == Tier::Moderate) return {Roles{}};
  out = {{"product"}, {"platform", "security"}};
  if (tier == Tier::Critical) out.push_back({"risk", "legal"});
  return out;
}

std::vector<const Approval*> seated(std::span<const Roles> required, std::span<const Approval* const> approvals) {
  return Seating{required, approvals}.seats();
}

}  // namespace launchgate
