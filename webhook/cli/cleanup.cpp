#include "cli/cleanup.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

#include "certs/live.h"
#include "cli/cluster.h"
#include "cli/commands.h"
#include "cli/complain.h"

namespace launchgate {
namespace {

using Clock = std::chrono::steady_clock;

const kube::Resource kPolicies{"admissionregistration.k8s.io", "v1", "validatingadmissionpolicies",
                               "ValidatingAdmissionPolicy", false};
const kube::Resource kBindings{"admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings",
                               "ValidatingAdmissionPolicyBinding", false};
const kube::Resource kLeases{"coordination.k8s.io", "v1", "leases", "Lease"};
const kube::Resource kSecret{"", "v1", "secrets", "Secret"};
const kube::Resource kCrds{"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition",
                           false};
constexpr const char* kLabel = "app.kubernetes.io/name=launchgate";

class Cleanup {
 public:
  Cleanup(kube::Api& api, const CleanupOptions& options, const std::function<void(const std::string&)>& say)
      : api_(api), o_(options), say_(say), until_(Clock::now() + options.deadline) {}

  int run() {
    const auto names = webhook_configurations();
    if (unreachable_) return 2;
    for (const std::string& name : names) remove(kWebhookConfigurations, {}, name);
    remove_labelled(kBindings);
    remove_labelled(kPolicies);
    remove_lease();
    if (!o_.secret.empty()) remove_secret();
    if (o_.crds) remove_crds();
    return verdict();
  }

 private:
  // By our label, by name, or because every webhook in it is of launchgate.dev.
  static bool is_ours(Node object, const std::string& name) {
    if (object["metadata"]["name"].text() == name) return true;
    if (object["metadata"]["labels"]["app.kubernetes.io/name"].text() == "launchgate") return true;
    const Node webhooks = object["webhooks"];
    bool all = webhooks.size() > 0;
    for (Node webhook : webhooks) all &= webhook["name"].text().ends_with(".launchgate.dev");
    return all;
  }

  std::vector<std::string> webhook_configurations() {
    std::vector<std::string> names;
    const auto listed = api_.list(kWebhookConfigurations, {}, [&](Node object) {
      if (is_ours(object, o_.name)) names.emplace_back(object["metadata"]["name"].text());
    });
    if (listed) return names;
    unreachable_ = listed.failure().status == 0 || listed.failure().status == 401;
    if (unreachable_) return say_("the API server cannot be asked: " + listed.failure().message), names;
    say_("cannot list webhook configurations, so the one named " + o_.name + " is taken: " + listed.failure().message);
    return {o_.name};
  }

  bool late() {
    if (Clock::now() < until_) return false;
    if (!said_late_) say_("out of time: what is left is passed over; run it again");
    return said_late_ = true;
  }

  void remove(const kube::Resource& resource, const std::string& ns, const std::string& name) {
    const std::string what = resource.kind + " " + (ns.empty() ? "" : ns + "/") + name;
    if (late()) return;
    const auto there = api_.get(resource, ns, name);
    if (!there && there.failure().not_found()) return;
    if (o_.dry_run) return say_("would delete " + what);
    const auto removed = api_.remove(resource, ns, name);
    say_(removed ? "deleted " + what : "could not delete " + what + ": " + removed.failure().message);
  }

  void remove_labelled(const kube::Resource& resource) {
    if (late()) return;
    std::vector<std::string> names;
    kube::ListOptions options;
    options.label_selector = kLabel;
    const auto listed =
        api_.list(resource, options, [&](Node object) { names.emplace_back(object["metadata"]["name"].text()); });
    if (!listed && !listed.failure().not_found())
      say_("could not list " + resource.plural + ": " + listed.failure().message);
    for (const std::string& name : names) remove(resource, {}, name);
  }

  // One of a Helm release goes with it, once nobody may renew it: a replica would make it anew within two seconds, and
  // helm leaves what it did not make.
  void remove_lease() {
    const auto there = api_.get(kLeases, o_.ns, o_.name);
    const bool helms = there && there->root()["metadata"]["labels"]["app.kubernetes.io/managed-by"].text() == "Helm";
    if (!helms) remove(kLeases, o_.ns, o_.name);
  }

  // A replica that looked a moment before the webhook configuration went may have made it again.
  void remove_secret() {
    remove(kSecret, o_.ns, o_.secret);
    if (o_.dry_run || late()) return;
    std::this_thread::sleep_for(o_.again);
    remove(kSecret, o_.ns, o_.secret);
  }

  void remove_crds() {
    std::vector<std::string> names;
    const auto listed = api_.list(kCrds, {}, [&](Node object) {
      if (object["spec"]["group"].text() == "launchgate.dev") names.emplace_back(object["metadata"]["name"].text());
    });
    if (!listed) say_("could not list CustomResourceDefinitions: " + listed.failure().message);
    for (const std::string& name : names) remove(kCrds, {}, name);
  }

  int verdict() {
    if (o_.dry_run) return 0;
    const auto left = webhook_configurations();
    const bool gone = std::none_of(left.begin(), left.end(), [&](const std::string& name) {
      const auto there = api_.get(kWebhookConfigurations, {}, name);
      return there || !there.failure().not_found();
    });
    if (gone && !unreachable_)
      return say_("no webhook configuration of launchgate is left: nothing is refused any more"), 0;
    say_(
        "a webhook configuration of launchgate may be left; as an administrator: kubectl delete "
        "validatingwebhookconfiguration " +
        (left.empty() ? o_.name : left.front()));
    return 1;
  }

  kube::Api& api_;
  const CleanupOptions& o_;
  const std::function<void(const std::string&)>& say_;
  const Clock::time_point until_;
  bool unreachable_ = false, said_late_ = false;
};

struct Flags {
  ClusterFlags cluster;
  CleanupOptions options;
};

int run(Flags flags) {
  auto cluster = find_cluster(flags.cluster);
  if (!cluster) return complain(cluster.error());
  flags.options.ns = cluster->ns;
  kube::Client client{std::move(*cluster)};
  kube::ClientApi api{client, std::chrono::seconds{5}};
  return cleanup(api, flags.options,
                 [](const std::string& line) { std::printf("%s\n", line.c_str()), std::fflush(stdout); });
}

}  // namespace

int cleanup(kube::Api& api, const CleanupOptions& options, const std::function<void(const std::string&)>& say) {
  return Cleanup{api, options, say}.run();
}

void add_cleanup(CLI::App& app, int& code) {
  auto flags = std::make_shared<Flags>();
  auto* cmd = app.add_subcommand(
      "cleanup",
      "Take launchgate out of a cluster: its webhook configuration first, so that nothing is refused any more");
  add_cluster_flags(*cmd, flags->cluster);
  cmd->add_option("--name", flags->options.name, "Name of the webhook configuration and the Lease")
      ->capture_default_str();
  cmd->add_option("--tls-secret", flags->options.secret,
                  "Secret in which launchgate keeps its certificates; \"\" where they are somebody else's")
      ->capture_default_str();
  cmd->add_flag("--crds", flags->options.crds,
                "Delete the CRDs as well, and with them every review, policy, waiver and approval");
  cmd->add_flag("--dry-run", flags->options.dry_run, "Say what would be deleted");
  cmd->callback([flags, &code] { code = run(*flags); });
}

}  // namespace launchgate
