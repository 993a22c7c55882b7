// PRR-APPR-03 approval-binds-spec
// Fields: spec.reviewDigest of the ReadinessApprovals; the digest of the review, profile and defaults merged in; of the
// policy authorities.approval
// Allowed: every role that approved an earlier state has approved or rejected the present one too. The word of somebody
// who may not approve in that role counts for nothing.
// Strength: observed: the digest is computed.
#include "gates/approvals.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {

Finding approval_binds_spec(const Facts& f) {
  const Standing standing = standing_of(f);
  if (standing.none()) return not_applicable("nobody has approved it");
  Offenders bad;
  for (const Approval* a : standing.stale)
    bad.add("ApprovalOfAnotherState",
            "approval by " + shown(a->approver) + " is for " + short_digests(a->digest) + ", the review is now " +
                short_digests(f.review->digest),
            {});
  return bad ? bad.finding() : pass(Strength::Observed);
}

}  // namespace launchgate
