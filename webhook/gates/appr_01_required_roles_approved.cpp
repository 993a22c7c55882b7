// PRR-APPR-01 required-roles-approved
// Fields: the ReadinessApprovals of the review; of the policy authorities.approval and this gate's params.lowRoles,
// .moderateRoles, .highRoles, .criticalRoles: a number of people in any role but owner, or a list of roles ("a|b": either)
// Allowed: an approval of the review as it stands now in each role, each by another person, and none that rejects it.
// Without parameters: low nobody, moderate one role but owner, high product and platform or security, critical also risk
// or legal.
// Strength: attested when those that are signed with a key that the policies trust are enough, else claimed.
#include "gates/approvals.h"
#include "gates/finding.h"
#include "gates/roles.h"

namespace launchgate {
namespace {

std::string words(const Roles& roles) {
  std::string out;
  for (std::size_t i = 0; i < roles.size(); ++i) out += (i ? " or " : "") + roles[i];
  return roles.empty() ? "any role but owner" : out;
}

}  // namespace

Finding required_roles_approved(const Facts& f) {
  const auto roles = required_roles(f.tier, f.params);
  const Standing standing = standing_of(f);
  std::vector<std::string> against, powerless, missing;
  for (const Approval* a : standing.rejecting) against.push_back(shown(a->approver) + " (" + a->role + ")");
  if (!against.empty())
    return fail("ReviewRejected", "the review as it stands is rejected by " + listed(against), {},
                "change what they object to; a changed review is read anew");
  if (roles.empty()) return not_applicable("tier " + std::string{to_string(f.tier)} + " asks for no approval");
  std::vector<const Approval*> verified;
  for (const Approval* a : standing.valid)
    if (!a->verified_by.empty()) verified.push_back(a);
  const auto empty_seats = [&](const std::vector<const Approval*>& approvals) {
    std::vector<std::string> out;
    const auto seats = seated(roles, approvals);
    for (std::size_t i = 0; i < roles.size(); ++i)
      if (!seats[i]) out.push_back(words(roles[i]));
    return out;
  };
  if (empty_seats(verified).empty()) return pass(Strength::Attested);
  missing = empty_seats(standing.valid);
  if (missing.empty()) return pass();
  for (const Approval* a : standing.powerless)
    powerless.push_back(shown(a->approver) + " may not approve as " + a->role);
  return fail("ApprovalsMissing",
              "approvals missing: " + listed(missing) + (powerless.empty() ? "" : "; " + listed(powerless)));
}

}  // namespace launchgate
