// PRR-SEC-06 retrieval-authorised
// Fields: spec.security.retrieval.{authz, enforcedAt}; spec.useCase.{retrieval.enabled, dataClassification}
// Allowed, where retrieval is on: documents filtered by user or tenant, or public documents only. A filter after the query
// (post) warns: what was found has been seen by then.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding retrieval_authorised(const Facts& f) {
  if (!f.spec["useCase"]["retrieval"]["enabled"].is_true()) return not_applicable("retrieval is off");
  const Node retrieval = f.spec["security"]["retrieval"];
  const auto authz = retrieval["authz"].text(), at = retrieval["enforcedAt"].text();
  const std::string path = "spec.security.retrieval";
  if (!stated(retrieval["authz"]))
    return fail("RetrievalUnfiltered", "retrieval does not filter by user/tenant", path + ".authz");
  if (authz == "public" && data_class(f.spec) != "public")
    return fail("RetrievalPublic",
                "retrieval treats documents as public, and the data is " + std::string{data_class(f.spec)},
                path + ".authz", "spec.security.retrieval.authz: per-user|per-tenant");
  if (authz == "public") return pass();
  if (at.empty()) return fail("RetrievalFilterUnplaced", "nobody says where retrieval filters", path + ".enforcedAt");
  if (at == "post")
    return warn("RetrievalFilteredLate", "retrieval filters after the query", path + ".enforcedAt",
                "make the filter a part of the query, and set enforcedAt: query");
  return pass();
}

}  // namespace launchgate
