// One namespace as the judgement needs it, read once: for a person who may read her own namespace and not the cluster.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "edge/kube/client.h"
#include "verdict/build.h"

namespace launchgate::kube {

struct NamespaceWorld {
  World world;
  // Collections that may not be read, "readinesspolicies.launchgate.dev": what they would say is not known.
  std::vector<std::string> forbidden;
};

// Policies and the namespace's labels are read from the cluster; everything else from `ns`. Collections that the server
// does not have hold nothing. Fails when it cannot be asked, or when reviews may not be read.
Outcome<NamespaceWorld> read_namespace(Client& client, const std::string& ns, Patience patience);

}  // namespace launchgate::kube
