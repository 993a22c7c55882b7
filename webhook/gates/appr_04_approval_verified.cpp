// PRR-APPR-04 approval-verified
// Fields: spec.signature of the ReadinessApprovals; of the policy trust.approvers and this gate's params.signed
// Allowed: a signature, where there is one, verifies with the trusted key that it names. Where params.signed is true,
// there is one. An unsigned approval is what the API server let its author write: the chart's admission policy holds
// spec.approver to the user who wrote it, and that cannot be seen from here.
// Strength: attested when all are signed, else claimed.
#include "gates/approvals.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {

Finding approval_verified(const Facts& f) {
  const Standing standing = standing_of(f);
  if (standing.valid.empty()) return not_applicable("nobody has approved it as it stands");
  Offenders bad;
  bool all_signed = true;
  for (const Approval* a : standing.valid) {
    all_signed &= a->is_signed();
    const auto key = shown(a->object->root()["spec"]["signature"]["keyId"].text());
    if (a->is_signed() && a->verified_by.empty())
      bad.add("SignatureInvalid",
              "approval by " + shown(a->approver) + " has a signature that no trusted key named " + key + " verifies",
              {}, "sign it again, or name the public key in trust.approvers of the policy");
    else if (!a->is_signed() && flag(f.params, Param::Signed))
      bad.add("ApprovalNotSigned", "approval by " + shown(a->approver) + " is typed, not proven", {});
  }
  if (bad) return bad.finding();
  return pass(all_signed ? Strength::Attested : Strength::Claimed);
}

}  // namespace launchgate
