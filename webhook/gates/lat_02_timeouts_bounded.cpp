// PRR-LAT-02 timeouts-bounded
// Fields: spec.latency.{timeoutSeconds, maxRetries}
// Allowed: a timeout above zero, and retries within the policy's limit (3). No retries (0) is a bound too.
// Strength: claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding timeouts_bounded(const Facts& f) {
  const Node timeout = f.spec["latency"]["timeoutSeconds"], retries = f.spec["latency"]["maxRetries"];
  if (!timeout && !retries) return fail("TimeoutAndRetriesMissing", "no timeout / retry bound on the model call");
  if (!timeout) return fail("TimeoutMissing", "no timeout on the model call", "spec.latency.timeoutSeconds");
  if (!positive(timeout))
    return fail("TimeoutNotPositive", "timeoutSeconds is " + shown(timeout.text()) + ", expected a number above 0",
                "spec.latency.timeoutSeconds");
  if (!retries) return fail("RetriesMissing", "no retry bound on the model call", "spec.latency.maxRetries");
  const auto limit = f.limit_text(Limit::MaxRetries);
  if (!holds(retries.text(), ">=", "0").value_or(false) || !holds(retries.text(), "<=", limit).value_or(false))
    return fail("TooManyRetries", "maxRetries is " + shown(retries.text()) + ", expected 0 to " + limit,
                "spec.latency.maxRetries");
  return pass();
}

}  // namespace launchgate
