// Recall: reads the memo of a review, and writes one (model/memo.h).
#pragma once

#include <memory>
#include <optional>

#include "gates/observed.h"
#include "model/memo.h"
#include "verdict/verdict.h"

namespace launchgate {

// Looks at the review, its approvals and waivers, the policies and the date, and at nothing of the workload: what it
// finds may be remembered for the review.
bool looks_at_no_workload(std::size_t gate);

// Gates of those that have an answer for a review without a workload, too.
bool answers_without_workload(std::size_t gate);

// A memo of `review` that holds for these policies, this detection, these ways in, the rights of this workload and this
// moment; null when there is none. It tells the rights, so that nobody has to look them up.
const ReviewMemo* recall(const Snapshot& world, std::size_t review, const PolicySet& policies, const Workload& workload,
                         const Detection& detection, const Exposure& exposure, TimePoint now);

// Fills `into` from what a row says, whose texts begin at `texts`; returns where those of the next row begin.
const char* restore(const ReviewMemo& memo, const ReviewMemo::Row& row, const char* texts, GateResult& into);

// A memo that is being written. Nothing where none may be: policies raise the tier by labels of the workload.
std::unique_ptr<ReviewMemo> new_memo(const Snapshot& world, const Review& review, const PolicySet& policies,
                                     const Workload& workload, const Detection& detection, const Observed& observed,
                                     const Tiering& tiering, TimePoint now);

// What the policies say of the gate of a row that has to be asked; nothing where they have to be asked, too.
std::optional<PolicySet::Effect> effect_of(const ReviewMemo& memo, const ReviewMemo::Row& row);

// The gate after those that were noted before is on, and found this; `spec`: the review's.
void note(ReviewMemo& memo, const GateResult& found, const PolicySet::Effect& effect, Node spec);

}  // namespace launchgate
