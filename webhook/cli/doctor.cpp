// launchgate doctor: the verb, and the phases up to an answer of the API server.
#include "cli/doctor.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include "base/json_write.h"
#include "cli/cluster.h"
#include "cli/commands.h"
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
};

int finish(const Checks& checks, const Flags& flags, int code) {
  std::fputs((flags.output == "json" ? doctor_json(checks) : doctor_text(checks)).c_str(), stdout);
  return code;
}

int run(Flags flags) {
  Checks checks;
  const TimePoint now = std::chrono::floor<Seconds>(std::chrono::system_clock::now());
  const Connect connect = [](const std::string& host, std::uint16_t port, const std::string& server_name) {
    return tls::peer(host, port, server_name, std::chrono::seconds{5});
  };
  auto cluster = find_cluster(flags.cluster);
  if (!cluster) {
    checks.push_back({"kubeconfig", Found::fail, cluster.error().text(),
                      "name the file with --kubeconfig and its context with --context"});
    return finish(checks, flags, 2);
  }
  checks.push_back({"kubeconfig", Found::ok, cluster->source + ", " + endpoint(*cluster)});
  DoctorOptions& o = flags.options;
  o.ns = cluster->ns;
  if (!check_connection(*cluster, connect, now, checks)) return finish(checks, flags, 2);
  kube::Client client{std::move(*cluster)};
  kube::ClientApi api{client, std::chrono::seconds{10}};
  if (!check_answer(api, checks)) return finish(checks, flags, 2);
  check_apis(api, checks);
  check_webhook(api, o, connect, now, checks);
  check_permissions(api, o, checks);
  check_lease(api, o, now, checks);
  check_probe(api, o, checks);
  return finish(checks, flags, doctor_code(checks));
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

std::string doctor_text(const Checks& checks) {
  static constexpr std::array<const char*, 3> kWords{"ok  ", "FAIL", "?   "};
  std::string out;
  std::size_t failed = 0;
  for (const Check& c : checks) {
    out += std::string{kWords[static_cast<std::size_t>(c.result)]} + "  " + c.name +
           (c.detail.empty() ? "" : ": " + c.detail) + "\n";
    if (!c.fix.empty()) out += "      Fix: " + c.fix + "\n";
    failed += c.result == Found::fail;
  }
  return out + (failed ? std::to_string(failed) + " of " + std::to_string(checks.size()) + " checks failed\n"
                       : "all is well\n");
}

std::string doctor_json(const Checks& checks) {
  static constexpr std::array<const char*, 3> kWords{"ok", "fail", "unknown"};
  std::string out = R"({"apiVersion":"launchgate.dev/v1alpha1","kind":"DoctorReport","ok":)";
  out += doctor_code(checks) == 0 ? "true" : "false";
  out += R"(,"checks":[)";
  for (const Check& c : checks) {
    if (out.back() != '[') out += ',';
    out += R"({"name":)";
    append_json_string(out, c.name);
    out += std::string{R"(,"result":")"} + kWords[static_cast<std::size_t>(c.result)] + R"(","detail":)";
    append_json_string(out, c.detail);
    out += R"(,"fix":)";
    append_json_string(out, c.fix);
    out += '}';
  }
  return out + "]}\n";
}

int doctor_code(const Checks& checks) {
  return std::any_of(checks.begin(), checks.end(), [](const Check& c) { return c.result == Found::fail; }) ? 1 : 0;
}

void add_doctor(CLI::App& app, int& code) {
  auto flags = std::make_shared<Flags>();
  auto* cmd = app.add_subcommand("doctor", "Check an installation phase by phase, and say what to do where one fails");
  add_cluster_flags(*cmd, flags->cluster);
  DoctorOptions& o = flags->options;
  cmd->add_option("--name", o.name, "Name of the webhook configuration, the Service and the Lease")
      ->capture_default_str();
  cmd->add_option("--tls-secret", o.secret, "Secret that holds the webhook's certificates")->capture_default_str();
  cmd->add_option("--service-account", o.account, "Check the permissions of this service account instead of one's own");
  cmd->add_option("--probe-namespace", o.probe_ns, "Where an LLM workload is created as a dry run; \"\" for nowhere")
      ->capture_default_str();
  cmd->add_option("-o,--output", flags->output, "text or json")->check(CLI::IsMember({"text", "json"}));
  cmd->callback([flags, &code] { code = run(*flags); });
}

}  // namespace launchgate
