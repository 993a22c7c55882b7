// Observed: what the cluster shows of a workload beyond what its review answers. The tier counts it, as if the review
// had said so (verdict/tier), and PRR-USE-05 says it. So an answer that the cluster contradicts is not the cheaper one.
#pragma once

#include <string_view>

#include "gates/exposure.h"
#include "gates/facts.h"
#include "gates/rbac.h"

namespace launchgate {

struct Observed {
  Exposure exposure;   // its public ways in only where the audience is internal: partners come by public addresses
  WriteRights rights;  // only where it suggests or drafts
};

// Whose public ways in count: what says internal, or nothing.
bool says_internal(Node spec);
// Whose rights to write count: what says suggest or draft, or nothing, and has not explained them.
bool says_it_only_suggests(Node spec, TimePoint now);

// Both, looked up: for facts that nobody has looked beyond yet (facts.observed is null).
Observed observe(const Facts& f);

// An exception of the review (spec.useCase.observedExceptions) with a reason and an end in the future answers `axis`.
bool excused(Node spec, std::string_view axis, TimePoint now);

}  // namespace launchgate
