// launchgate doctor: the verb, and the phases up to an answer of the API server.
#include "cli/doctor.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/cluster.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

using Found = Check::Found;

const kube::Resource kSelf{"authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false};

std::string endpoint(const kube::Cluster& cluster) { return cluster.host + ":" + std::to_string(cluster.port); }

struct Flags {
  ClusterFlags cluster;
  DoctorOptions options;
  std::string output = "text";
  std::chrono::milliseconds wait{0};
};

// All phases, in order; those after one without which nothing can be known are left out.
Checks examine(const kube::Cluster& cluster, kube::Api& api, const DoctorOptions& o) {
  Checks checks{{"kubeconfig", Found::ok, cluster.source + ", " + endpoint(cluster)}};
  const TimePoint now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const Connect connect = [](const std::string& host, std::uint16_t port, const std::string& server_name) {
    return tls::peer(host, port, server_name, std::chrono::seconds{5});
  };
  if (!check_connection(cluster, connect, now, checks) || !check_answer(api, checks)) return checks;
  check_apis(api, checks);
  check_webhook(api, o, connect, now, checks);
  check_permissions(api, o, checks);
  check_lease(api, o, now, checks);
  check_probe(api, o, checks);
  return checks;
}

// 2: the API server cannot be asked.
int code_of(const Checks& checks) {
  const std::string& last = checks.back().name;
  const bool asked = !last.starts_with("API server") && last != "kubeconfig";
  return doctor_code(checks) == 0 ? 0 : asked ? 1 : 2;
}

int run(Flags flags) {
  auto cluster = find_cluster(flags.cluster);
  Checks checks;
  if (cluster) {
    flags.options.ns = cluster->ns;
    flags.options.inside = flags.cluster.kubeconfig.empty() && std::getenv("KUBERNETES_SERVICE_HOST");
    kube::Client client{*cluster};
    kube::ClientApi api{client, std::chrono::seconds{10}};
    checks = until_well([&] { return examine(*cluster, api, flags.options); }, flags.wait, std::chrono::seconds{2},
                        [](const std::string& line) { std::fprintf(stderr, "%s\n", printable(line).c_str()); });
  } else {
    checks.push_back({"kubeconfig", Found::fail, cluster.error().text(),
                      "name the file with --kubeconfig and its context with --context"});
  }
  std::fputs((flags.output == "json" ? doctor_json(checks) : printable_lines(doctor_text(checks))).c_str(), stdout);
  return code_of(checks);
}

}  // namespace

bool check_connection(const kube::Cluster& cluster, const Connect& connect, TimePoint now, Checks& out) {
  if (!cluster.tls) return true;  // kubectl proxy on loopback
  const std::string name = cluster.tls_server_name.empty() ? cluster.host : cluster.tls_server_name;
  const tls::Peer peer = connect(cluster.host, cluster.port, name);
  if (peer.failed == tls::Phase::dns) {
    out.push_back({"API server: DNS", Found::fail, cluster.host + ": " + peer.error,
                   "correct the server in the kubeconfig, or the resolver of this machine"});
    return false;
  }
  if (peer.failed == tls::Phase::tcp) {
    out.push_back(
        {"API server: TCP", Found::fail, peer.address + ": " + peer.error,
         "open the way to " + endpoint(cluster) + " (firewall, VPN, NetworkPolicy), or start the API server"});
    return false;
  }
  out.push_back({"API server: TCP", Found::ok, peer.address});
  if (peer.failed == tls::Phase::tls) {
    out.push_back({"API server: TLS", Found::fail, peer.error,
                   "what listens there speaks no TLS, or refuses ours: correct the server in the kubeconfig"});
    return false;
  }
  if (cluster.ca.empty()) return true;  // the system's CAs; the client verifies with them
  if (const auto why = tls::distrust(cluster.ca, peer.chain, name, now)) {
    out.push_back({"API server: TLS", Found::fail, "its certificate is not trusted: " + why->message,
                   "correct certificate-authority or tls-server-name in the kubeconfig"});
    return false;
  }
  out.push_back({"API server: TLS", Found::ok, "trusted for " + name});
  return true;
}

bool check_answer(kube::Api& api, Checks& out) {
  const auto version = api.get_path("/version");
  if (!version) {
    const bool refused = version.failure().status == 401;
    out.push_back({refused ? "API server: credentials" : "API server: HTTP", Found::fail, version.failure().message,
                   refused ? "log in again: the credentials of the kubeconfig are not accepted"
                           : "see what the API server logs"});
    return false;
  }
  out.push_back({"API server: HTTP", Found::ok, "Kubernetes " + std::string{version->root()["gitVersion"].text()}});
  const auto self = api.create(kSelf, {}, R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})");
  if (self)
    out.push_back({"API server: credentials", Found::ok,
                   "as " + std::string{self->root()["status"]["userInfo"]["username"].text()}});
  else if (self.failure().status == 401)
    out.push_back({"API server: credentials", Found::fail, self.failure().message,
                   "log in again: the credentials of the kubeconfig are not accepted"});
  else out.push_back({"API server: credentials", Found::unknown, self.failure().message});
  return self || self.failure().status != 401;
}

void add_doctor(CLI::App& app, int& code) {
  auto flags = std::make_shared<Flags>();
  auto* cmd = app.add_subcommand("doctor", "Check an installation phase by phase, and say what to do where one fails");
  add_cluster_flags(*cmd, flags->cluster);
  DoctorOptions& o = flags->options;
  cmd->add_option("--name", o.name, "Name of the webhook configuration, the Service and the Lease")
      ->capture_default_str();
  cmd->add_option("--tls-secret", o.secret,
                  "Secret in which launchgate keeps its certificates; \"\" where they are somebody else's")
      ->capture_default_str();
  cmd->add_option("--service-account", o.account, "Check the permissions of this service account instead of one's own");
  cmd->add_option("--probe-namespace", o.probe_ns, "Where an LLM workload is created as a dry run; \"\" for nowhere")
      ->capture_default_str();
  cmd->add_option_function<std::string>(
         "--wait",
         [flags](const std::string& text) {
           const auto span = parse_duration(text);
           if (!span) throw CLI::ValidationError("\"" + text + "\" is no duration: expected 30s, 2m");
           flags->wait = *span;
         },
         "Look again every two seconds until nothing fails, for so long: after an installation")
      ->type_name("DURATION")
      ->default_str("0s");
  cmd->add_option("-o,--output", flags->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  cmd->callback([flags, &code] { code = run(*flags); });
}

}  // namespace launchgate
