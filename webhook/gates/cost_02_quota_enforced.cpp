// PRR-COST-02 quota-enforced
// Fields: spec.cost.quota.{enforcedBy, limit, per, ref}
// Allowed: what enforces it, a limit above zero and what that is counted over; and, unless the provider enforces it, a
// reference to the object that does.
// Strength: linked when the reference names an object that exists, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding quota_enforced(const Facts& f) {
  const Node quota = f.spec["cost"]["quota"], limit = quota["limit"], written = quota["ref"];
  if (quota.size() == 0) return fail("QuotaMissing", "no hard quota");
  for (const std::string field : {"enforcedBy", "limit", "per"})
    if (!stated(quota[field])) return fail("QuotaIncomplete", "the quota has no " + field, "spec.cost.quota." + field);
  if (!positive(limit))
    return fail("QuotaNotPositive", "the quota's limit is " + shown(limit.text()) + ", expected a number above 0",
                "spec.cost.quota.limit");
  const auto by = quota["enforcedBy"].text();
  if (!stated(written) && by != "provider")
    return fail("QuotaWithoutRef", "the quota (enforcedBy " + shown(by) + ") does not say which object enforces it",
                "spec.cost.quota.ref");
  const Ref ref = follow(f.world, f.review->ns, written.text());
  if (ref.link == Link::Missing)
    return warn("QuotaNotFound", "the quota refers to " + shown(written.text()) + ", which is not there",
                "spec.cost.quota.ref");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
