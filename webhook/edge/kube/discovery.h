// What the API server serves, from aggregated discovery (KEP-3352): one question for all groups, one for the core.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "edge/kube/client.h"
#include "edge/kube/outcome.h"
#include "edge/kube/resource.h"

namespace launchgate::kube {

class Served {
 public:
  // The first of `versions` that is served and can be watched; where none is named, the one that the server prefers.
  std::optional<Resource> find(std::string_view group, std::string_view plural,
                               std::span<const std::string_view> versions) const;
  // Takes what one answer says.
  void take(Node list);

 private:
  std::unordered_map<std::string, std::vector<Resource>> by_name_;  // "plural.group"
};

Outcome<Served> discovery(Client& client, Patience patience);

}  // namespace launchgate::kube
