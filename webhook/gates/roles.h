// Who has to approve a review, and who of those that did meets that: the one reading for PRR-APPR-01 and PRR-EXP-02.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gates/facts.h"

namespace launchgate {

// Either of these; empty = any but owner.
using Roles = std::vector<std::string>;

// What a tier asks for, one entry for each approval, with one set of the parameters of PRR-APPR-01: at most eight people,
// or the roles listed there.
std::vector<Roles> required_roles(Tier tier, Node params);

// The largest number of requirements that different people meet, the first ones first. By requirement; null = nobody.
std::vector<const Approval*> seated(std::span<const Roles> required, std::span<const Approval* const> approvals);

// Since when the policies have the approvals that they ask for: of the newest approvals that are enough, the time of the
// oldest. Nothing where none is asked for, too few are there, or none of them tells when it was given.
std::optional<TimePoint> approved_since(const Facts& f);

}  // namespace launchgate
