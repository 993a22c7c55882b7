// PRR-EXP-04 waivers-in-date
// Fields: the ReadinessWaivers that name or select the review; of the policy authorities.waiver and this gate's
// params.approvers
// Allowed: each within its date, not longer than the policy's term (90, 60, 30, 14 days by tier; break-glass 24 hours),
// not renewed too often, granted by somebody with authority from outside the owning team. A waiver that is over and whose
// gates are met only warns (verdict/waive).
// Strength: claimed; who granted it is what the object says.
#include "gates/waivers.h"

namespace launchgate {

Finding waivers_in_date(const Facts& f) {
  Offenders over, wrong;
  bool any = false;
  each_waiver(f, [&](const Waiver& w) {
    any = true;
    const auto fault = fault_of(f, w, f.params);
    if (fault)
      (fault->reason == "WaiverExpired" ? over : wrong).add(fault->reason, fault->message, fault->path, fault->fix);
  });
  if (wrong) return wrong.finding();
  if (over) return over.finding();
  return any ? pass() : not_applicable("no waiver concerns the review");
}

}  // namespace launchgate
