#include "certs/live.h"

#include <algorithm>

#include "base/base64.h"
#include "base/json_write.h"
#include "edge/tls/certificate.h"

namespace launchgate {
namespace {

// The host of "https://host:port/path".
std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (url.starts_with('[')) return std::string{url.substr(1, url.find(']') - 1)};
  return std::string{url.substr(0, url.find(':'))};
}

}  // namespace

LiveConfiguration live_configuration(Node object) {
  LiveConfiguration out;
  out.name = object["metadata"]["name"].text();
  out.resource_version = object["metadata"]["resourceVersion"].text();
  for (Node webhook : object["webhooks"]) {
    const Node client = webhook["clientConfig"], service = client["service"];
    out.webhooks.push_back(
        {std::string{webhook["name"].text()},
         service ? std::string{service["name"].text()} + "." + std::string{service["namespace"].text()} + ".svc"
                 : host_of(client["url"].text()),
         from_base64(client["caBundle"].text()).value_or("")});
  }
  return out;
}

std::optional<std::string> refused_by(const LiveConfiguration& configuration, const std::string& chain, TimePoint now) {
  const std::string object = "ValidatingWebhookConfiguration " + configuration.name;
  if (configuration.missing)
    return object + " is not there, so nothing calls this webhook: install the chart again, or name another one";
  if (configuration.webhooks.empty()) return object + " lists no webhook: install the chart again";
  for (const LiveWebhook& webhook : configuration.webhooks) {
    const std::string where = object + ", webhook " + webhook.name + ": ";
    if (webhook.bundle.empty()) return where + "its caBundle is empty, so the API server trusts no certificate of ours";
    if (const auto why = tls::distrust(webhook.bundle, chain, webhook.server, now))
      return where + "its caBundle does not verify the certificate that is served: " + why->message;
  }
  return std::nullopt;
}

bool holds(const LiveConfiguration& configuration, const std::string& bundle) {
  const tls::Bundle wanted = tls::read_bundle(bundle);
  return std::all_of(configuration.webhooks.begin(), configuration.webhooks.end(), [&](const LiveWebhook& webhook) {
    const tls::Bundle live = tls::read_bundle(webhook.bundle);
    return std::all_of(wanted.certificates.begin(), wanted.certificates.end(), [&](const tls::Certificate& cert) {
      return std::any_of(live.certificates.begin(), live.certificates.end(),
                         [&](const tls::Certificate& one) { return one.fingerprint == cert.fingerprint; });
    });
  });
}

std::string with_bundles(const LiveConfiguration& configuration) {
  std::string out =
      R"({"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":{"name":)";
  append_json_string(out, configuration.name);
  out += R"(,"resourceVersion":)";
  append_json_string(out, configuration.resource_version);
  out += R"(},"webhooks":[)";
  for (const LiveWebhook& webhook : configuration.webhooks) {
    if (out.back() != '[') out += ',';
    out += R"({"name":)";
    append_json_string(out, webhook.name);
    out += R"(,"clientConfig":{"caBundle":")" + base64(webhook.bundle) + "\"}}";
  }
  return out + "]}";
}

}  // namespace launchgate
