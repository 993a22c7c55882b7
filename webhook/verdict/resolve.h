// Merging a review with its profile and the defaults of policies: maps merge, the review wins, lists replace
// (DESIGN §1). Done once when a snapshot is built; every value remembers which object set it.
#pragma once

#include <span>
#include <string>

#include "base/doc.h"

namespace launchgate {

// `layers` from the strongest (the review's spec) to the weakest. Node::origin() of a value is its layer's position. What
// one layer alone says is not copied but referred to: the Docs of the layers have to outlive the result.
Doc merge_layers(std::span<const Node> layers);

}  // namespace launchgate
