// Who has to approve a review, and who of those that did meets that: for PRR-APPR-01.
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

}  // namespace launchgate
