// Resource: which collection of the API server is meant, and the paths under which it is served.
#pragma once

#include <string>
#include <string_view>

namespace launchgate::kube {

// https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
struct Resource {
  std::string group;    // "" for core
  std::string version;  // "v1", "v1alpha1"
  std::string plural;   // "readinessreviews"
  std::string kind;     // "ReadinessReview"
  bool namespaced = true;

  std::string api_version() const { return group.empty() ? version : group + "/" + version; }
  // "/apis/launchgate.dev/v1alpha1/namespaces/shop/readinessreviews/faq-bot/status"; an empty namespace of a namespaced
  // resource means all namespaces, an empty name the collection. Names are escaped.
  std::string path(std::string_view ns = {}, std::string_view name = {}, std::string_view subresource = {}) const;
};

}  // namespace launchgate::kube
