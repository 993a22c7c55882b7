#include "gates/approvals.h"

#include <algorithm>

namespace launchgate {
namespace {

bool may_speak(const Facts& f, const Approval& a) {
  return std::all_of(f.policies.begin(), f.policies.end(), [&](const Policy* p) {
    const auto role = p->approval_authorities.find(a.role);
    return role == p->approval_authorities.end() || authorised(role->second, a.approver, a.approver_groups);
  });
}

bool holds_role(const std::vector<const Approval*>& all, std::string_view role) {
  return std::any_of(all.begin(), all.end(), [&](const Approval* a) { return a->role == role; });
}

}  // namespace

bool authorised(const std::vector<std::string>& list, std::string_view person, std::span<const std::string> groups) {
  const auto in_list = [&](std::string_view who) { return std::find(list.begin(), list.end(), who) != list.end(); };
  return list.empty() || in_list(person) || std::any_of(groups.begin(), groups.end(), in_list);
}

Standing standing_of(const Facts& f) {
  Standing out;
  if (!f.review) return out;
  const auto all = f.world.approvals_of(f.review->ns, f.review->name);
  for (const auto& a : all) {
    if (a->digest != f.review->digest) continue;
    const bool may = may_speak(f, *a);
    if (!a->approves && may) out.rejecting.push_back(a.get());
    else if (a->approves) (may ? out.valid : out.powerless).push_back(a.get());
  }
  for (const auto& a : all)
    if (a->approves && a->digest != f.review->digest && !holds_role(out.valid, a->role) &&
        !holds_role(out.rejecting, a->role) && may_speak(f, *a))
      out.stale.push_back(a.get());
  std::erase_if(out.valid, [&](const Approval* a) { return holds_role(out.rejecting, a->role); });
  return out;
}

std::string why_not_independent(const Facts& f, std::string_view person, std::span<const std::string> groups) {
  const auto team = f.spec["ownership"]["team"].text();
  if (person.substr(0, 22) == "system:serviceaccount:") return "which is a program";
  if (const auto author = f.review->object->root()["metadata"]["annotations"]["launchgate.dev/author"].text();
      !author.empty() && author == person)
    return "who wrote the review";
  if (!team.empty() && person == team) return "the owning team itself";
  if (f.tier >= Tier::High && !team.empty() && std::find(groups.begin(), groups.end(), team) != groups.end())
    return "who is of the owning team " + shown(team);
  return {};
}

}  // namespace launchgate
