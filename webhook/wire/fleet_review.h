// The parts of a FleetReport that one review takes; each is a file of its own.
#pragma once

#include "verdict/examine.h"
#include "wire/conditions.h"
#include "wire/fleet.h"

namespace launchgate {

// A text of a user for people: one line, nothing that looks like a credential.
std::string told(std::string_view text);
std::string told(Node value);

FleetReview fleet_review(const Snapshot& world, const Review& review, TimePoint now);
FleetWorkload fleet_workload(const Verdict& verdict);

// What it is for, whom it serves, what it may do and cost.
std::vector<FleetAnswer::Item> fleet_use_case(Node spec);
// The five questions in their order. `gates` are those of the review.
std::vector<FleetAnswer> fleet_answers(const Review& review, const std::vector<FleetGate>& gates, TimePoint now);

// `grounds` is null where the namespace is exempt: then only dates and digests are compared.
std::vector<FleetWaiver> fleet_waivers(const Snapshot& world, const Review& review, const Grounds* grounds,
                                       TimePoint now);
std::vector<FleetApproval> fleet_approvals(const Snapshot& world, const Review& review, const Grounds* grounds);
std::vector<FleetDate> fleet_dates(const Review& review, const std::vector<FleetGate>& gates, const Grounds* grounds);

std::vector<FleetCrosswalk> fleet_crosswalks(const std::vector<FleetReview>& reviews);

}  // namespace launchgate
