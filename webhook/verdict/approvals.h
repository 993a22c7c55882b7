// What an approval is worth beyond its words: whether its signature verifies, and which fields changed since.
#pragma once

#include <string>

#include "model/snapshot.h"

namespace launchgate {

// What a person signs who approves through Git: the approval itself, a line a value.
std::string signed_text(const Approval& approval);

// "useCase.tools=1a2b3c4d,…": every material field of a resolved spec with the beginning of its digest. An approval that
// carries it as annotation launchgate.dev/reviewed-fields lets launchgate say which field was changed after it.
std::string reviewed_fields(Node spec);

// Fills in what a decoded approval cannot know: verified_by, changed. What `before` examined in the same state is taken
// over. Needs the reviews to be resolved.
void examine_approvals(Snapshot& world, const Snapshot* before);

}  // namespace launchgate
