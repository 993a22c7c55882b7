// The tier: computed from the use case, not chosen. Nothing lowers it (DESIGN §2; reference §3.1).
#pragma once

#include "base/doc.h"
#include "model/tier.h"
#include "verdict/policies.h"

namespace launchgate {

// From spec.useCase: matrix, audience, scale, floors F0 to F5. With `unknown_worst` an absent answer counts as the
// worst value, else as DESIGN §2 says.
Tiering derive_tier(Node spec, bool unknown_worst = false);

// A policy's floor (F6): raises, and says so.
void raise_tier(Tiering& tiering, Tier floor, std::string text);

// spec.declaredTier: may only raise.
void apply_declared_tier(Tiering& tiering, Node spec);

// The manifest lists tools, so it acts, whatever the review says: at least what act-with-approval leads to.
void apply_observed_tools(Tiering& tiering, Node spec, bool unknown_worst = false);

// The effective tier of a review's resolved spec, for a workload with these labels: derived, raised by the floors of
// the policies that match, then by what the review declares.
Tiering effective_tier(const Snapshot& world, const PolicySet& policies, std::string_view ns, Node workload_labels,
                       Node spec);

}  // namespace launchgate
