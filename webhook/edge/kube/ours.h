// The collections that launchgate always reads: its own kinds, and the namespaces.
#pragma once

#include <array>

#include "edge/kube/resource.h"

namespace launchgate::kube {

inline constexpr const char* kOurGroup = "launchgate.dev";

inline const Resource kReviews{kOurGroup, "v1alpha1", "readinessreviews", "ReadinessReview"};
inline const Resource kProfiles{kOurGroup, "v1alpha1", "readinessprofiles", "ReadinessProfile"};
inline const Resource kWaivers{kOurGroup, "v1alpha1", "readinesswaivers", "ReadinessWaiver"};
inline const Resource kApprovals{kOurGroup, "v1alpha1", "readinessapprovals", "ReadinessApproval"};
inline const Resource kPolicies{kOurGroup, "v1alpha1", "readinesspolicies", "ReadinessPolicy", false};
inline const std::array<Resource, 5> kOurs{kReviews, kProfiles, kWaivers, kApprovals, kPolicies};

inline const Resource kNamespaces{"", "v1", "namespaces", "Namespace", false};

}  // namespace launchgate::kube
