// The collections that launchgate always reads: its own kinds, and the namespaces.
#pragma once

#include <array>

#include "edge/kube/resource.h"

namespace launchgate::kube {

inline constexpr const char* kOurGroup = "launchgate.dev";

inline const std::array<Resource, 5>& our_resources() {
  static const std::array<Resource, 5> all{{{kOurGroup, "v1alpha1", "readinessreviews", "ReadinessReview"},
                                            {kOurGroup, "v1alpha1", "readinessprofiles", "ReadinessProfile"},
                                            {kOurGroup, "v1alpha1", "readinesswaivers", "ReadinessWaiver"},
                                            {kOurGroup, "v1alpha1", "readinessapprovals", "ReadinessApproval"},
                                            {kOurGroup, "v1alpha1", "readinesspolicies", "ReadinessPolicy", false}}};
  return all;
}

inline const Resource kNamespaces{"", "v1", "namespaces", "Namespace", false};

}  // namespace launchgate::kube
