#include "cli/cluster.h"

namespace launchgate {

void add_cluster_flags(CLI::App& verb, ClusterFlags& flags) {
  verb.add_option("--kubeconfig", flags.kubeconfig,
                  "Kubeconfig of the cluster; without it the Pod's service account, $KUBECONFIG or ~/.kube/config");
  verb.add_option("--context", flags.context, "Its context; without it the current one");
  verb.add_option("-n,--namespace", flags.ns,
                  "Namespace that launchgate is installed in; without it the Pod's, else \"launchgate\"");
}

Result<kube::Cluster> find_cluster(const ClusterFlags& flags) {
  auto cluster = kube::Cluster::find(flags.kubeconfig, flags.context);
  if (!cluster) return cluster;
  const bool in_pod = cluster->source.find("kubeconfig") == std::string::npos;
  cluster->ns = !flags.ns.empty() ? flags.ns : in_pod ? cluster->ns : "launchgate";
  return cluster;
}

}  // namespace launchgate
