// Waivers: what excuses an unmet gate for a time, and what lowers a tier by one step. The same at admission, in the audit
// and on the command line, because judge() calls it.
#pragma once

#include <optional>
#include <vector>

#include "gates/facts.h"
#include "verdict/verdict.h"

namespace launchgate {

// A waiver of kind tier-override that is in force lowers the tier by its step, unless a hard floor (F1 to F4, F6) or
// declaredTier holds it up. Several never lower it by more than one step: each has to start from the tier that there is
// without any of them. The reasons say so either way.
void apply_tier_overrides(Tiering& tiering, const Facts& facts, const PolicySet& policies);

// What a waiver in force excuses becomes Waived, never Pass, and its message says until when and by whom. PRR-EXP-04 itself
// and gates with the parameter waivable: false cannot be excused. A waiver that is over, and whose gates are met without
// it, only warns.
void apply_waivers(const Facts& facts, const PolicySet& policies, std::vector<GateResult>& results);

// Why a waiver that concerns the review is not in force, as PRR-EXP-04 says it; nothing when it is.
std::optional<Finding> why_not_in_force(const Facts& facts, const PolicySet& policies, const Waiver& waiver);

}  // namespace launchgate
