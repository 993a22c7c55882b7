// A live cluster for the command line: which one, and its world as the webhook would see it.
#pragma once

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/kube/client.h"
#include "edge/kube/ours.h"
#include "verdict/build.h"

namespace launchgate {

struct LiveFlags {
  std::string kubeconfig, context, ns;  // ns empty: the context's
  bool all_namespaces = false;
};

void add_live_flags(CLI::App& verb, LiveFlags& flags, bool with_all);
// With --from, which stands for folders in place of a cluster.
void add_live_or_folders(CLI::App& verb, LiveFlags& flags, std::vector<std::string>& from, const char* about_from);

// The cluster of the flags; null: said why on standard error.
std::unique_ptr<kube::Client> live_client(LiveFlags& flags);

// Everything that the judgement looks at, read once. Null: said why on standard error. On a terminal it says that it is
// reading where that takes longer than a second.
std::shared_ptr<const Snapshot> live_world(kube::Client& client);
// The same before it is a snapshot, for who wants to change something in it first.
std::optional<World> live_objects(kube::Client& client);

}  // namespace launchgate
