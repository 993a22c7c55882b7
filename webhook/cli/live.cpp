#include "cli/live.h"

#include <unistd.h>

#include <cstdio>
#include <thread>

#include "cli/complain.h"
#include "edge/kube/discovery.h"
#include "edge/kube/mirror.h"

namespace launchgate {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60}, kFirstWord{10};

// The caches ask again and again, as they must in a server; a person hears of a cluster that is not there at once.
bool answers(kube::Client& client) {
  const auto served = kube::discovery(client, kFirstWord);
  if (served || (served.failure().status != 0 && served.failure().status != 401)) return true;
  (void)complain(served.failure());
  return false;
}

}  // namespace

void add_live_flags(CLI::App& verb, LiveFlags& flags, bool with_all) {
  verb.add_option("--kubeconfig", flags.kubeconfig,
                  "Kubeconfig of the cluster; without it $KUBECONFIG or ~/.kube/config")
      ->type_name("FILE");
  verb.add_option("--context", flags.context, "Its context; without it the current one")->type_name("NAME");
  auto* ns = verb.add_option("-n,--namespace", flags.ns, "Namespace; without it the context's")->type_name("NAME");
  if (with_all) verb.add_flag("-A,--all-namespaces", flags.all_namespaces, "All namespaces")->excludes(ns);
}

void add_live_or_folders(CLI::App& verb, LiveFlags& flags, std::vector<std::string>& from, const char* about_from) {
  auto* folders = verb.add_option("--from", from, about_from)->type_name("DIR");
  add_live_flags(verb, flags, true);
  for (const char* flag : {"--kubeconfig", "--context", "--all-namespaces"}) verb.get_option(flag)->excludes(folders);
}

std::unique_ptr<kube::Client> live_client(LiveFlags& flags) {
  auto cluster = kube::Cluster::find(flags.kubeconfig, flags.context);
  if (!cluster) {
    (void)complain(cluster.error());
    return nullptr;
  }
  if (flags.ns.empty()) flags.ns = cluster->ns;
  kube::ClientOptions options;
  options.user_agent = "launchgate-cli";
  return std::make_unique<kube::Client>(std::move(*cluster), options);
}

std::optional<World> live_objects(kube::Client& client) {
  if (!answers(client)) return {};
  const bool terminal = ::isatty(STDERR_FILENO);
  bool told = false;
  kube::Mirror mirror{client, client, {}, [] {}};
  mirror.start();
  const auto begun = Clock::now();
  std::vector<std::string> waiting = mirror.waiting();
  for (; !waiting.empty() && Clock::now() - begun < kPatience; waiting = mirror.waiting()) {
    if (terminal && !told && Clock::now() - begun > std::chrono::seconds{1})
      told = std::fprintf(stderr, "reading the cluster …\r") > 0;
    // A cache that is refused will stay refused: nobody waits a minute to hear of a missing permission.
    const bool refused =
        waiting.front().find("403") != std::string::npos || waiting.front().find("404") != std::string::npos;
    if (refused && Clock::now() - begun > std::chrono::seconds{5}) break;
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  if (told) std::fprintf(stderr, "                      \r");
  if (waiting.empty()) return mirror.world();
  (void)complain("the cluster could not be read (" + client.cluster().source + ")");
  for (const std::string& text : waiting) std::fprintf(stderr, "  %s\n", printable(text).c_str());
  return {};
}

std::shared_ptr<const Snapshot> live_world(kube::Client& client) {
  auto objects = live_objects(client);
  return objects ? build_snapshot(std::move(*objects)) : nullptr;
}

}  // namespace launchgate
