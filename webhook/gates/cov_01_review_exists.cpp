// PRR-COV-01 review-exists
// Fields: spec.covers[] of every ReadinessReview in the namespace of the workload, spec.profileRef
// Allowed: exactly one review covers the workload, and the profile that it names exists (else Warn).
// Strength: observed; the review is there and its covers match the object.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

namespace {

// Why it is looked at, where nobody has said so: ", which is an LLM workload (kind Agent)".
std::string because(const Detection& d) {
  const bool certain = d.detected == Detected::LlmKind;
  if (!certain && d.detected != Detected::Signals && d.detected != Detected::Suspected) return {};
  return std::string{certain ? ", which is an LLM workload (" : ", which looks like an LLM workload ("} +
         listed(texts(d.signals)) + ")";
}

}  // namespace

Finding review_exists(const Facts& f) {
  if (f.covering.empty())
    return fail("ReviewMissing", "no ReadinessReview covers " + f.workload.reference() + because(f.detection));
  if (f.covering.size() > 1) {
    std::vector<std::string> names;
    for (const Review* review : f.covering) names.push_back(review->name);
    return fail("ReviewAmbiguous",
                std::to_string(names.size()) + " ReadinessReviews cover " + f.workload.reference() + ": " +
                    (names.size() == 2 ? names[0] + " and " + names[1] : listed(names)),
                {}, "leave " + f.workload.reference() + " to one of them: narrow spec.covers[] of the others");
  }
  if (const auto& profile = f.covering.front()->missing_profile; !profile.empty())
    return warn(Strength::Observed, "ProfileNotFound",
                "review " + f.covering.front()->name + " refers to ReadinessProfile \"" + shown(profile) +
                    "\", which is not there",
                "spec.profileRef.name",
                "apply the ReadinessProfile in the same namespace, or correct spec.profileRef.name");
  return pass(Strength::Observed);
}

}  // namespace launchgate
