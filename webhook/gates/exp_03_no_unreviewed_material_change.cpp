// PRR-EXP-03 no-unreviewed-material-change
// Fields: the ReadinessApprovals of the review by those who may approve in their role, and the fields that they recorded
// (annotation launchgate.dev/reviewed-fields)
// Allowed: somebody has approved the review as it stands, or nobody ever has (PRR-APPR-01 asks for that). What is outside
// the digest (declaredTier, suspend, expiresAt, contacts, dashboards) may change.
// Strength: observed: digests are computed.
#include "gates/approvals.h"
#include "gates/finding.h"

namespace launchgate {

Finding no_unreviewed_material_change(const Facts& f) {
  const Standing standing = standing_of(f);
  if (!standing.valid.empty()) return pass(Strength::Observed);
  if (standing.stale.empty()) return not_applicable("nobody has approved an earlier state");
  // The latest that tells which fields it was about.
  const Approval* last = standing.stale.front();
  for (const Approval* a : standing.stale)
    if (a->changed.empty() == last->changed.empty() ? a->created > last->created : last->changed.empty()) last = a;
  const auto since = " since " + shown(last->approver) + " approved it";
  if (last->changed.empty())
    return fail("ChangedSinceApproval", "the review has changed" + since + "; which field is not recorded");
  return fail("ChangedSinceApproval", listed(last->changed) + " changed" + since, "spec." + last->changed.front());
}

}  // namespace launchgate
