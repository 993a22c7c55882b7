// Which waivers are meant for a review, and whether one is in force: the one reading, for the gate PRR-EXP-04 and for
// verdict/waive.
#pragma once

#include <optional>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

// It names the review, or selects it by its labels.
bool concerns(const Waiver& waiver, const Review& review);

// Why it is not in force; nothing when it is. `params` are those of PRR-EXP-04 (approvers: how many have to agree).
std::optional<Finding> fault_of(const Facts& f, const Waiver& waiver, Node params);

// Calls visit for each waiver that concerns the review of `f`.
template <class Visit>
void each_waiver(const Facts& f, Visit&& visit) {
  if (!f.review) return;
  for (const auto& waiver : f.world.waivers_in(f.review->ns))
    if (concerns(*waiver, *f.review)) visit(*waiver);
}

}  // namespace launchgate
