// PRR-APPR-01 required-roles-approved
// Fields: the ReadinessApprovals of the review; of the policy authorities.approval and this gate's params.lowRoles,
// .moderateRoles, .highRoles, .criticalRoles: a number of people in any role but owner, or a list of roles ("a|b": either)
// Allowed: an approval of the review as it stands now in each role, each by another person, and none that rejects it.
// Without parameters: low nobody, moderate one role but owner, high product and platform or security, critical also risk
// or legal.
// Strength: attested when each of them is signed with a key that the policies trust, else claimed.
#include <algorithm>

#include "gates/approvals.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

using Roles = std::vector<std::string>;  // either of them; empty = any but owner

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

std::vector<Roles> required(const Facts& f) {
  const Node said = f.params[std::string{to_string(f.tier)} + "Roles"];
  std::vector<Roles> out;
  for (Node roles : said) out.push_back(split(roles.text()));
  if (said.is_array()) return out;
  if (said.is_number())
    return std::vector<Roles>(std::min(std::strtoul(std::string{said.text()}.c_str(), nullptr, 10), 8ul));
  if (f.tier == Tier::Low) return out;
  if (f.tier == Tier::Moderate) return {Roles{}};
  out = {{"product"}, {"platform", "security"}};
  if (f.tier == Tier::Critical) out.push_back({"risk", "legal"});
  return out;
}

// The largest number of requirements that different people meet, by trying all: there are at most eight.
class Matching {
 public:
  Matching(const std::vector<Roles>& required, const std::vector<const Approval*>& valid)
      : required_(required), valid_(valid) {
    std::vector<const Approval*> chosen(required.size());
    best_ = chosen;
    if (valid.size() <= 64) seat(0, 0, chosen);
  }
  const std::vector<const Approval*>& best() const { return best_; }  // by requirement; null = nobody

 private:
  static std::size_t count(const std::vector<const Approval*>& seats) {
    return static_cast<std::size_t>(
        std::count_if(seats.begin(), seats.end(), [](const Approval* a) { return a != nullptr; }));
  }
  void seat(std::size_t i, std::size_t seated, std::vector<const Approval*>& chosen) {
    if (seated > count(best_)) best_ = chosen;
    if (i == required_.size() || count(best_) == required_.size()) return;
    for (const Approval* a : valid_) {
      const bool taken =
          std::any_of(chosen.begin(), chosen.end(), [&](const Approval* c) { return c && c->approver == a->approver; });
      if (taken || !fits(*a, required_[i])) continue;
      chosen[i] = a;
      seat(i + 1, seated + 1, chosen);
      chosen[i] = nullptr;
    }
    seat(i + 1, seated, chosen);
  }
  const std::vector<Roles>& required_;
  const std::vector<const Approval*>& valid_;
  std::vector<const Approval*> best_;
};

std::string words(const Roles& roles) {
  std::string out;
  for (std::size_t i = 0; i < roles.size(); ++i) out += (i ? " or " : "") + roles[i];
  return roles.empty() ? "any role but owner" : out;
}

}  // namespace

Finding required_roles_approved(const Facts& f) {
  const auto roles = required(f);
  const Standing standing = standing_of(f);
  std::vector<std::string> against, powerless, missing;
  for (const Approval* a : standing.rejecting) against.push_back(shown(a->approver) + " (" + a->role + ")");
  if (!against.empty())
    return fail("ReviewRejected", "the review as it stands is rejected by " + listed(against), {},
                "change what they object to; a changed review is read anew");
  if (roles.empty()) return not_applicable("tier " + std::string{to_string(f.tier)} + " asks for no approval");
  const Matching matching{roles, standing.valid};
  auto strength = Strength::Attested;
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const Approval* a = matching.best()[i];
    if (!a) missing.push_back(words(roles[i]));
    else if (a->verified_by.empty()) strength = Strength::Claimed;
  }
  if (missing.empty()) return pass(strength);
  for (const Approval* a : standing.powerless)
    powerless.push_back(shown(a->approver) + " may not approve as " + a->role);
  return fail("ApprovalsMissing",
              "approvals missing: " + listed(missing) + (powerless.empty() ? "" : "; " + listed(powerless)));
}

}  // namespace launchgate
