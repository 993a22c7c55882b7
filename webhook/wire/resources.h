// launchgate's own kinds, decoded from validated objects. The one decoder for files and for a cluster.
#pragma once

#include <memory>

#include "base/result.h"
#include "model/approval.h"
#include "model/policy.h"
#include "model/review.h"
#include "model/waiver.h"

namespace launchgate {

Result<Review> decode_review(std::shared_ptr<const Doc> object);

// A pack of policies/*.yaml as a ReadinessPolicy; nowhere when there is none of that name.
Node pack_object(std::string_view name);

Result<Waiver> decode_waiver(std::shared_ptr<const Doc> object);
Result<Approval> decode_approval(std::shared_ptr<const Doc> object);

// Packs are applied here, below the policy's own `gates` and `limits`. An unknown pack is an error.
Result<Policy> decode_policy(std::shared_ptr<const Doc> object);

}  // namespace launchgate
