// The tier: computed from the use case, not chosen. Nothing lowers it (DESIGN §2; reference §3.1).
#pragma once

#include "base/doc.h"
#include "gates/observed.h"
#include "model/tier.h"
#include "verdict/policies.h"

namespace launchgate {

// What was observed beyond an answer, as the reason says it; empty: nothing.
struct Beyond {
  std::string automation;  // it acts: automation counts as act-with-approval where the answer is less
  std::string audience;    // anybody gets in: audience counts as public
  bool any() const { return !automation.empty() || !audience.empty(); }
};

// In words that name the object, say what follows and the way out; without what the review has explained.
Beyond beyond_answers(Node spec, const Detection& detection, const Observed& observed, TimePoint now);

// From spec.useCase: matrix, audience, scale, floors F0 to F5. With `unknown_worst` an absent answer counts as the
// worst value, else as DESIGN §2 says. What was observed only raises, to what the answer would have led to that it
// shows to be true; it is a reason where it does.
Tiering derive_tier(Node spec, bool unknown_worst = false, const Beyond& seen = {});

// A policy's floor (F6): raises, and says so.
void raise_tier(Tiering& tiering, Tier floor, std::string text);

// spec.declaredTier: may only raise.
void apply_declared_tier(Tiering& tiering, Node spec);

// The effective tier of a review's resolved spec, for a workload with these labels: derived, raised by the floors of
// the policies that match, then by what the review declares.
Tiering effective_tier(const Snapshot& world, const PolicySet& policies, std::string_view ns, Node workload_labels,
                       Node spec, const Beyond& seen = {});

}  // namespace launchgate
