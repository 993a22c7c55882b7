// The conditions of a review and of a policy: what is so, why in one word for programs, and in a sentence for people.
// (https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "verdict/examine.h"
#include "wire/revisions.h"

namespace launchgate {

struct Condition {
  std::string_view type;    // "Ready"
  std::string_view status;  // "True", "False", "Unknown"
  std::string reason;       // CamelCase
  std::string message;
};

// Of one gate over all workloads of a review: the worst that was found.
struct MergedGate {
  const GateResult* result = nullptr;
  const Verdict* verdict = nullptr;  // in which it was found
};
std::vector<MergedGate> merge_gates(const Examination& examination);

// Ready, Expired, EvidenceFresh, ApprovalsValid, TierAgreed, Drifted, Suspended, in this order.
std::vector<Condition> review_conditions(const Snapshot& world, const Examination& examination,
                                         const std::vector<MergedGate>& gates, const std::vector<Revision>& approved,
                                         TimePoint now);

// Ready, Accepted. `namespaces`: how many match.
std::vector<Condition> policy_conditions(const Policy& policy, std::size_t namespaces, TimePoint now);

// How long before the end of a waiver people are told.
inline constexpr std::chrono::hours kWaiverNotice{7 * 24};

// InForce, EndsSoon. `faults`: for each review that it concerns and was judged, why it is not in force there; empty texts
// for where it is. `waived`: ids of the gates that it excuses now.
std::vector<Condition> waiver_conditions(const Waiver& waiver, const std::vector<std::string>& faults,
                                         const std::vector<std::string>& waived, TimePoint now);

// Appends `conditions: […]` to an open object. lastTransitionTime is that of `before` (a status) where the status has
// not changed.
void write_conditions(DocBuilder& build, const std::vector<Condition>& conditions, Node before,
                      std::string_view generation, TimePoint now);

// `text`, at most `bytes` long, cut at a character's boundary.
std::string_view clipped(std::string_view text, std::size_t bytes);

}  // namespace launchgate
