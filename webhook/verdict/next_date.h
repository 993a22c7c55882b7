// When time alone can change what is said: so that whoever keeps verdicts current sleeps until then and asks the clock
// for nothing in between.
#pragma once

#include <optional>

#include "model/snapshot.h"

namespace launchgate {

// The first moment after `now` at which a policy may begin to say something else: its own enforceFrom, that of a gate,
// any other date that stands in it. It can change the verdict of every workload.
std::optional<TimePoint> next_policy_date(const Snapshot& world, TimePoint now);

// The same for one review: its end, the age of its evidence, the end of accepted risks, of exceptions and of waivers.
//
// It does not know which gate compares which date with which limit, and so cannot miss one. Ages and terms are whole
// days, and messages count in days: whatever a date changes, it changes at its own time of day (a second later where
// "older than" is meant). Limits that are no whole days are added and subtracted as well. So two verdicts between two
// dates in succession never differ, not even in a word; most dates change nothing, and cost one look.
std::optional<TimePoint> next_review_date(const Snapshot& world, const Review& review, TimePoint now);

}  // namespace launchgate
