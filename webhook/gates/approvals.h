// Where the approvals of a review stand: the one reading for the gates PRR-APPR-01 to 04 and PRR-EXP-03.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gates/facts.h"

namespace launchgate {

struct Standing {
  std::vector<const Approval*> valid;      // approve the present digest, and may speak in their role
  std::vector<const Approval*> powerless;  // approve it in a role that a policy does not give them
  std::vector<const Approval*> rejecting;  // reject it, and may speak: they stand against any approval in that role
  std::vector<const Approval*> stale;      // approve another digest, may speak, and nobody has spoken in the role since
  bool none() const { return valid.empty() && powerless.empty() && rejecting.empty() && stale.empty(); }
};
Standing standing_of(const Facts& f);

// The person, or one of the groups that the object names, stands in the list; an empty list means anybody.
bool authorised(const std::vector<std::string>& list, std::string_view person, std::span<const std::string> groups);

// Why the person's word on this review is not that of an outsider, as "who wrote the review"; empty when it is. From
// tier high on nobody of the owning team counts.
std::string why_not_independent(const Facts& f, std::string_view person, std::span<const std::string> groups);

}  // namespace launchgate
