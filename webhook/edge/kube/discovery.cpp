#include "edge/kube/discovery.h"

namespace launchgate::kube {
namespace {

constexpr std::string_view kAggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

std::string key_of(std::string_view group, std::string_view plural) {
  return std::string{plural}.append(".").append(group);
}

bool can_be_watched(Node resource) {
  bool list = false, watch = false;
  for (Node verb : resource["verbs"]) {
    list |= verb.text() == "list";
    watch |= verb.text() == "watch";
  }
  return list && watch;
}

}  // namespace

void Served::take(Node list) {
  for (Node group : list["items"]) {
    const std::string name{group["metadata"]["name"].text()};
    for (Node version : group["versions"]) {
      for (Node resource : version["resources"]) {
        if (!can_be_watched(resource)) continue;
        const std::string plural{resource["resource"].text()};
        by_name_[key_of(name, plural)].push_back({name, std::string{version["version"].text()}, plural,
                                                  std::string{resource["responseKind"]["kind"].text()},
                                                  resource["scope"].text() == "Namespaced"});
      }
    }
  }
}

std::optional<Resource> Served::find(std::string_view group, std::string_view plural,
                                     std::span<const std::string_view> versions) const {
  const auto found = by_name_.find(key_of(group, plural));
  if (found == by_name_.end()) return std::nullopt;
  if (versions.empty()) return found->second.front();
  for (const auto version : versions)
    for (const Resource& resource : found->second)
      if (resource.version == version) return resource;
  return std::nullopt;
}

Outcome<Served> discovery(Client& client, Patience patience) {
  Served out;
  for (const char* path : {"/api", "/apis"}) {
    const auto answer = client.get_path(path, patience, kAggregated);
    if (!answer) return answer.failure();
    if (answer->root()["kind"].text() != "APIGroupDiscoveryList")
      return Failure{
          0,
          "Malformed",
          std::string{"GET "} + path + ": the server has no aggregated discovery: Kubernetes 1.30 or newer is needed",
          {}};
    out.take(answer->root());
  }
  return out;
}

}  // namespace launchgate::kube
