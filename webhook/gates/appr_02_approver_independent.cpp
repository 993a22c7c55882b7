// PRR-APPR-02 approver-independent
// Fields: the approver of each ReadinessApproval of the review as it stands, its annotation launchgate.dev/approver-groups;
// spec.ownership.team; the review's annotation launchgate.dev/author
// Allowed: nobody who wrote the review, no program, not the owning team; from high on nobody of that team. The role owner
// is the owning team's own and is passed over.
// Strength: claimed; who is in which group is what the approval says.
#include "gates/approvals.h"
#include "gates/finding.h"

namespace launchgate {

Finding approver_independent(const Facts& f) {
  const Standing standing = standing_of(f);
  Offenders bad;
  bool any = false;
  for (const Approval* a : standing.valid) {
    if (a->role == "owner") continue;
    any = true;
    if (const auto why = why_not_independent(f, a->approver, a->approver_groups); !why.empty())
      bad.add("ApproverNotIndependent", "it is approved by " + shown(a->approver) + ", " + why, {});
  }
  if (bad) return bad.finding();
  return any ? pass() : not_applicable("nobody has approved it as it stands");
}

}  // namespace launchgate
