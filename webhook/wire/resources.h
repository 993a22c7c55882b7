// launchgate's own kinds, decoded from validated objects. The one decoder for files and for a cluster.
#pragma once

#include <memory>

#include "base/result.h"
#include "model/policy.h"
#include "model/review.h"

namespace launchgate {

Result<Review> decode_review(std::shared_ptr<const Doc> object);

// Packs are applied here, below the policy's own `gates` and `limits`. An unknown pack is an error.
Result<Policy> decode_policy(std::shared_ptr<const Doc> object);

}  // namespace launchgate
