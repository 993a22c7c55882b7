// PRR-COST-04 caching-posture
// Fields: spec.cost.caching.{mode, scope}; spec.useCase.{dataClassification, dataCategories}
// Allowed: a mode; for a cache of answers (exact, semantic) also who shares it, and that is not everybody (global) where
// the data is confidential or restricted. A provider's prefix cache holds no answers.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding caching_posture(const Facts& f) {
  const Node caching = f.spec["cost"]["caching"];
  const auto mode = caching["mode"].text(), scope = caching["scope"].text();
  if (!stated(caching["mode"])) return fail("CachingNotStated", "caching posture not stated");
  if (mode == "none" || mode == "provider-prefix") return pass();
  if (!stated(caching["scope"]))
    return fail("CacheScopeNotStated", "caching is " + shown(mode) + " and does not say who shares an answer",
                "spec.cost.caching.scope", "spec.cost.caching.scope: global|tenant|user");
  if (scope != "tenant" && scope != "user" && sensitive_data(f.spec))
    return fail("CacheSharedAcrossTenants",
                "caching is " + shown(mode) + " with scope " + shown(scope) + ", and the data is " +
                    std::string{data_class(f.spec)},
                "spec.cost.caching.scope", "spec.cost.caching.scope: tenant|user, or spec.cost.caching.mode: none");
  return pass();
}

}  // namespace launchgate
