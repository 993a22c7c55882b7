// launchgate doctor: the webhook configuration, the way from the API server to the webhook, and a call on that way.
#include <algorithm>
#include <cstdlib>

#include "base/base64.h"
#include "certs/live.h"
#include "cli/doctor.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

using Found = Check::Found;

const kube::Resource kServices{"", "v1", "services", "Service"};
const kube::Resource kSlices{"discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"};
const kube::Resource kSecrets{"", "v1", "secrets", "Secret"};
const kube::Resource kDeployments{"apps", "v1", "deployments", "Deployment"};

std::string str(Node node) { return std::string{node.text()}; }

// Does the API server itself keep the webhook away from this namespace?
bool excludes(Node webhook, const std::string& ns) {
  for (Node e : webhook["namespaceSelector"]["matchExpressions"])
    if (e["key"].text() == "kubernetes.io/metadata.name" && e["operator"].text() == "NotIn")
      for (Node value : e["values"])
        if (value.text() == ns) return true;
  for (Node condition : webhook["matchConditions"])
    if (condition["expression"].text().find("'" + ns + "'") != std::string_view::npos ||
        condition["expression"].text().find("\"" + ns + "\"") != std::string_view::npos)
      return true;
  return false;
}

void check_exclusions(Node object, const DoctorOptions& o, Checks& out) {
  std::string lacking;
  for (Node webhook : object["webhooks"])
    for (const std::string& ns : {std::string{"kube-system"}, o.ns})
      if (!excludes(webhook, ns)) lacking += (lacking.empty() ? "" : ", ") + str(webhook["name"]) + " calls for " + ns;
  if (lacking.empty())
    out.push_back({"webhook: exclusions", Found::ok, "kube-system and " + o.ns + " are never asked about"});
  else
    out.push_back({"webhook: exclusions", Found::fail, lacking,
                   "exclude them in namespaceSelector: a cluster that starts must not wait for a webhook in it"});
}

void check_settings(Node object, Checks& out) {
  std::string detail;
  bool slow = false;
  for (Node webhook : object["webhooks"]) {
    const std::string timeout = str(webhook["timeoutSeconds"]);
    detail += (detail.empty() ? "" : "; ") + str(webhook["name"]) + ": failurePolicy " + str(webhook["failurePolicy"]) +
              ", " + timeout + " s";
    slow |= timeout.size() > 1;
  }
  out.push_back({"webhook: settings", slow ? Found::fail : Found::ok, detail,
                 slow ? "set timeoutSeconds to 3: a slow webhook holds up the control plane" : ""});
}

// Ready addresses behind the Service.
void check_service(kube::Api& api, const DoctorOptions& o, Checks& out) {
  const auto service = api.get(kServices, o.ns, o.name);
  const std::string what = o.ns + "/" + o.name;
  if (!service) {
    const bool missing = service.failure().not_found();
    out.push_back({"webhook: Service", missing ? Found::fail : Found::unknown, service.failure().message,
                   missing ? "install the chart, or name what it is called with --name and --namespace" : ""});
    return;
  }
  unsigned ready = 0, all = 0;
  kube::ListOptions options;
  options.ns = o.ns;
  options.label_selector = "kubernetes.io/service-name=" + o.name;
  const auto listed = api.list(kSlices, options, [&](Node slice) {
    for (Node e : slice["endpoints"]) ++all, ready += e["conditions"]["ready"].type() != Type::False;
  });
  if (!listed) out.push_back({"webhook: Service", Found::unknown, listed.failure().message});
  else if (ready)
    out.push_back({"webhook: Service", Found::ok,
                   what + ": " + std::to_string(ready) + " of " + std::to_string(all) + " addresses are ready"});
  else
    out.push_back({"webhook: Service", Found::fail, what + " has no ready address",
                   "see why the Pods are not ready: kubectl -n " + o.ns + " get pods, and /readyz of one"});
}

// The API server connects to a replica, as it does when it asks: what lies between the control plane and the Pods shows.
void check_way(kube::Api& api, Node service, const DoctorOptions& o, Checks& out) {
  const std::string port = service["port"] ? str(service["port"]) : "443";
  const auto answer =
      api.get_path("/api/v1/namespaces/" + o.ns + "/services/https:" + o.name + ":" + port + "/proxy/healthz");
  if (answer) {
    out.push_back({"webhook: way", Found::ok, "the API server reaches a replica"});
    return;
  }
  const kube::Failure& why = answer.failure();
  const bool unknown = why.forbidden() || why.not_found();  // nobody said that it is closed
  out.push_back({"webhook: way", unknown ? Found::unknown : Found::fail,
                 (unknown ? "" : "the API server does not reach a replica: ") + why.message,
                 unknown ? ""
                         : "open port 8443 of the Pods to the control plane (firewall, NetworkPolicy), or set "
                           "hostNetwork in the chart"});
}

void judge_chain(const LiveConfiguration& live, const std::string& chain, const std::string& from, TimePoint now,
                 Checks& out) {
  if (const auto why = refused_by(live, chain, now)) {
    out.push_back({"webhook: certificate", Found::fail, *why + " (" + from + ")",
                   "see /readyz of a replica: it says why it cannot publish its CA"});
    return;
  }
  const auto leaf = tls::read_certificate(chain);
  const TimePoint end = leaf ? leaf->not_after : now;
  const bool soon = !leaf || end - now < (end - leaf->not_before) / 6;  // it is replaced with a third of its life left
  out.push_back({"webhook: certificate", soon ? Found::fail : Found::ok,
                 "the caBundle verifies it, until " + format_time(end) + " (" + from + ")",
                 soon ? "it ends soon and has not been renewed: see the log of the replicas" : ""});
}

// In a Pod where the cluster's DNS does not answer (yet), the Service's address does.
tls::Peer peer_of(kube::Api& api, const DoctorOptions& o, const Connect& connect, const std::string& server,
                  std::uint16_t port) {
  tls::Peer peer = connect(server, port, server);
  if (peer.failed != tls::Phase::dns || !o.inside) return peer;
  const auto service = api.get(kServices, o.ns, o.name);
  const std::string address = service ? str(service->root()["spec"]["clusterIP"]) : "";
  return address.empty() || address == "None" ? peer : connect(address, port, server);
}

// A handshake with the webhook, where it can be reached from here (in the cluster); else what the Secret holds.
void check_certificate(kube::Api& api, const LiveConfiguration& live, Node object, const DoctorOptions& o,
                       const Connect& connect, TimePoint now, Checks& out) {
  const Node client = object["webhooks"].at(0)["clientConfig"];
  std::string port = client["service"] ? str(client["service"]["port"]) : "443";
  const std::string url = str(client["url"]);
  if (const auto colon = url.rfind(':'); colon != std::string::npos && colon > 5)
    port = url.substr(colon + 1, url.find('/', colon) - colon - 1);
  const std::string server = live.webhooks.front().server;
  const tls::Peer peer =
      peer_of(api, o, connect, server,
              static_cast<std::uint16_t>(port.empty() ? 443 : std::strtoul(port.c_str(), nullptr, 10)));
  if (peer.failed == tls::Phase::done)
    return judge_chain(live, peer.chain, "as " + peer.address + " serves it", now, out);
  if (peer.failed == tls::Phase::tls)
    out.push_back(
        {"webhook: TLS", Found::fail, peer.address + ": " + peer.error, "what listens there is not launchgate"});
  if (peer.failed == tls::Phase::tcp && !url.empty())
    out.push_back(
        {"webhook: TCP", Found::fail, peer.address + ": " + peer.error, "start launchgate, or correct the URL"});
  if (o.secret.empty()) {
    out.push_back({"webhook: certificate", Found::unknown, server + " cannot be reached from here"});
    return;
  }
  const auto secret = api.get(kSecrets, o.ns, o.secret);
  if (!secret) {
    out.push_back({"webhook: certificate", Found::unknown,
                   server + " cannot be reached from here, and its Secret not read: " + secret.failure().message});
    return;
  }
  judge_chain(live, from_base64(secret->root()["data"]["tls.crt"].text()).value_or(""),
              "Secret " + o.ns + "/" + o.secret, now, out);
}

}  // namespace

void check_webhook(kube::Api& api, const DoctorOptions& o, const Connect& connect, TimePoint now, Checks& out) {
  const auto object = api.get(kWebhookConfigurations, {}, o.name);
  if (!object) {
    const bool missing = object.failure().not_found();
    out.push_back({"webhook: configuration", missing ? Found::fail : Found::unknown,
                   missing ? "there is no ValidatingWebhookConfiguration " + o.name + ": nothing is gated"
                           : object.failure().message,
                   missing ? "install the chart, or name what it is called with --name" : ""});
    return;
  }
  const LiveConfiguration live = live_configuration(object->root());
  if (live.webhooks.empty()) {
    out.push_back({"webhook: configuration", Found::fail, o.name + " lists no webhook", "install the chart again"});
    return;
  }
  out.push_back(
      {"webhook: configuration", Found::ok, o.name + ", " + std::to_string(live.webhooks.size()) + " webhooks"});
  check_settings(object->root(), out);
  check_exclusions(object->root(), o, out);
  if (const Node service = object->root()["webhooks"].at(0)["clientConfig"]["service"]) {
    check_service(api, o, out);
    check_way(api, service, o, out);
  }
  check_certificate(api, live, object->root(), o, connect, now, out);
}

// An LLM workload without a review, as a dry run: whatever the policy says of it, a broken way to the webhook shows.
void check_probe(kube::Api& api, const DoctorOptions& o, Checks& out) {
  if (o.probe_ns.empty()) return;
  constexpr const char* kProbe =
      R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"launchgate-doctor-probe","labels":{"launchgate.dev/llm":"true"}},)"
      R"("spec":{"replicas":0,"selector":{"matchLabels":{"app":"launchgate-doctor-probe"}},"template":{"metadata":{"labels":)"
      R"({"app":"launchgate-doctor-probe"}},"spec":{"containers":[{"name":"probe","image":"example.invalid/probe:1"}]}}}})";
  const auto created = api.create(kDeployments, o.probe_ns, kProbe, true);
  const std::string where = "a dry run of an LLM workload in " + o.probe_ns;
  if (created) {
    out.push_back(
        {"probe", Found::unknown,
         where + " was allowed: the policy allows it, or the webhook was not called and failurePolicy is Ignore"});
    return;
  }
  const std::string& message = created.failure().message;
  const auto says = [&](const char* text) { return message.find(text) != std::string::npos; };
  if (says("failed calling webhook"))
    out.push_back({"probe", Found::fail, message,
                   says("x509") ? "the caBundle does not fit: see /readyz of a replica"
                                : "the API server cannot reach the webhook: Service, NetworkPolicy, firewall between "
                                  "control plane and nodes"});
  else if (says("denied the request"))
    out.push_back({"probe", Found::ok, where + " was refused by the webhook, as it should be"});
  else out.push_back({"probe", Found::unknown, message});
}

}  // namespace launchgate
