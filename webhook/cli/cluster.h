// Which cluster a verb talks to: --kubeconfig, --context, --namespace.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

#include "base/result.h"
#include "edge/kube/cluster.h"

namespace launchgate {

struct ClusterFlags {
  std::string kubeconfig, context, ns;  // empty: as kubectl takes them; in a Pod its service account and namespace
};

void add_cluster_flags(CLI::App& verb, ClusterFlags& flags);

// With `ns` filled in.
Result<kube::Cluster> find_cluster(const ClusterFlags& flags);

}  // namespace launchgate
