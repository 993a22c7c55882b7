// Where bearer tokens come from: a fixed one, a file that rotates, an exec plugin.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "edge/kube/cluster.h"

namespace launchgate::kube {

std::shared_ptr<Credentials> fixed_token(std::string token);

// Read again when a minute has passed, or after a refusal; a file that cannot be read leaves the last token in use
// (the kubelet replaces a projected token long before it ends).
std::shared_ptr<Credentials> token_file(std::string path);

// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
struct ExecPlugin {
  std::string api_version;  // client.authentication.k8s.io/v1 or v1beta1
  std::string command;      // a path, or a name that $PATH resolves
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;  // besides our own
  std::string install_hint;
  std::string cluster_info;  // JSON of spec.cluster, where provideClusterInfo asks for it
  std::chrono::seconds patience{30};
};
// Run without a shell, with no standard input, its output bounded; what it gives is kept until it expires.
std::shared_ptr<Credentials> exec_plugin(ExecPlugin plugin);

}  // namespace launchgate::kube
