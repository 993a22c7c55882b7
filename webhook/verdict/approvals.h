// What an approval is worth beyond its words: whether its signature verifies, and which fields changed since.
#pragma once

#include <string>
#include <string_view>

#include "model/snapshot.h"

namespace launchgate {

// What a person signs who approves through Git: the approval itself, a line a value.
std::string signed_text(const Approval& approval);

// "useCase.tools=1a2b3c4d,…": every material field of a resolved spec with the beginning of its digest. An approval that
// carries it as annotation launchgate.dev/reviewed-fields lets launchgate say which field was changed after it.
std::string reviewed_fields(Node spec);

// The annotation in which an approval keeps what was approved (reviewed_text()), so that the next one can show what has
// changed. It counts only where it has the digest that the approval names.
inline constexpr std::string_view kReviewedSpec = "launchgate.dev/reviewed-spec";
inline constexpr std::string_view kReviewedFields = "launchgate.dev/reviewed-fields";
inline constexpr std::string_view kApproverGroups = "launchgate.dev/approver-groups";

// Fills in what a decoded approval cannot know: verified_by, changed. What `before` examined in the same state is taken
// over. Needs the reviews to be resolved.
void examine_approvals(Snapshot& world, const Snapshot* before);

}  // namespace launchgate
