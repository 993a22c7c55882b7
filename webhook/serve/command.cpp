#include "serve/command.h"

#include <CLI/CLI.hpp>

#include <memory>

#include "base/time.h"
#include "serve/serve.h"

namespace launchgate {
namespace {

// "2s", "1500ms", "1m".
ServeOptions::ms duration_of(const std::string& flag, const std::string& text) {
  std::string_view digits = text;
  if (digits.ends_with("ms") && parse_duration(std::string{digits.substr(0, digits.size() - 2)} + "s"))
    return ServeOptions::ms{parse_duration(std::string{digits.substr(0, digits.size() - 2)} + "s")->count()};
  if (const auto span = parse_duration(text)) return std::chrono::duration_cast<ServeOptions::ms>(*span);
  throw CLI::ValidationError(flag, "\"" + text + "\" is no duration: expected 1500ms, 30s, 15m or 2h");
}

void add_duration(CLI::App& verb, const std::string& name, ServeOptions::ms& into, const std::string& about,
                  ServeOptions::ms least = ServeOptions::ms{0}) {
  const auto take = [&into, name, least](const std::string& text) {
    into = duration_of(name, text);
    if (into < least)
      throw CLI::ValidationError(
          name, "\"" + text + "\" is too short: expected at least " + std::to_string(least.count()) + "ms");
  };
  verb.add_option_function<std::string>(name, take, about)
      ->type_name("DURATION")
      ->default_str(std::to_string(into.count()) + "ms");
}

Endpoint endpoint_of(const std::string& flag, const std::string& text) {
  auto endpoint = parse_endpoint(text);
  if (!endpoint) throw CLI::ValidationError(flag, endpoint.error().text());
  return *endpoint;
}

void add_ports(CLI::App& verb, ServeOptions& o) {
  verb.add_option_function<std::string>(
          "--listen", [&o](const std::string& text) { o.listen = endpoint_of("--listen", text); },
          "Where TLS is served: /validate, health and metrics; port 0 takes a free one")
      ->type_name("ADDRESS:PORT")
      ->default_str(":8443");
  verb.add_option_function<std::string>(
          "--plain",
          [&o](const std::string& text) {
            if (text == "off") o.plain.reset();
            else o.plain = endpoint_of("--plain", text);
          },
          "Where health and metrics are served in clear text; \"off\" for nowhere")
      ->type_name("ADDRESS:PORT")
      ->default_str(":8080");
}

void add_certificate(CLI::App& verb, ServeOptions& o) {
  verb.add_option(
      "--tls-cert", o.tls_cert,
      "Certificate, PEM, with intermediates; read again when it changes. Without it a self-signed one is made");
  verb.add_option("--tls-key", o.tls_key, "Its private key, PEM");
  verb.add_option("--tls-name", o.tls_names, "A further DNS name or IP address in the self-signed certificate");
  verb.add_option("--write-ca", o.write_ca,
                  "Write the self-signed certificate to this file, so that clients can verify it");
}

void add_cluster_certificate(CLI::App& verb, ServeOptions& o) {
  verb.add_option("--webhook-configuration", o.webhook_configurations,
                  "In a cluster: a ValidatingWebhookConfiguration whose caBundle must verify the certificate that is "
                  "served; ready only while it does");
  verb.add_option("--tls-secret", o.tls_secret,
                  "In a cluster, without --tls-cert: the Secret in which the replicas keep a CA and a certificate that "
                  "they make, renew and publish in the webhook configuration themselves");
  verb.add_option("-n,--namespace", o.ns,
                  "Namespace of that Secret, of the Service and of the operator's Lease; without it the Pod's");
  verb.add_option("--service", o.service, "Name of the Service through which the API server calls")
      ->capture_default_str();
  verb.add_option("--lease", o.lease, "Name of the Lease by which the replicas elect the one that writes")
      ->capture_default_str();
}

// With less, requests are answered by onError and not judged: a gate that is open, or shut, without anybody saying so.
constexpr ServeOptions::ms kLeastDeadline{100};

void add_limits(CLI::App& verb, ServeOptions& o) {
  verb.add_option("--threads", o.threads, "Threads that serve; 0 takes one for each core, at most 8")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  verb.add_option("--max-body", o.max_body, "Largest request body in bytes; above it 413")
      ->check(CLI::Range(1024, 64 << 20))
      ->capture_default_str();
  add_duration(verb, "--deadline", o.deadline,
               "Time for one request, at least 100ms; must lie below the webhook's timeoutSeconds", kLeastDeadline);
  add_duration(verb, "--shutdown-delay", o.shutdown_delay,
               "Time between \"not ready\" and closing the ports; 5s suit a cluster");
  add_duration(verb, "--drain-grace", o.drain_grace, "Time for requests in flight at the end");
}

void add_logging(CLI::App& verb, ServeOptions& o) {
  verb.add_option_function<std::string>(
          "--log-level", [&o](const std::string& text) { o.log.level = *parse_level(text); },
          "Least level that is logged; a decision is info")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->default_str("info");
  verb.add_option_function<std::string>(
          "--log-to", [&o](const std::string& text) { o.log.fd = text == "stdout" ? 1 : 2; }, "Where log lines go")
      ->check(CLI::IsMember({"stderr", "stdout"}))
      ->default_str("stderr");
}

void add_source(CLI::App& verb, ServeOptions& o) {
  CLI::Option* from = verb.add_option("--from", o.from,
                                      "Directory or file with reviews, profiles and policies, read again when it "
                                      "changes; without it a cluster is followed");
  CLI::Option* kubeconfig = verb.add_option(
      "--kubeconfig", o.kubeconfig,
      "Kubeconfig of the cluster to follow; without it the Pod's service account, $KUBECONFIG or ~/.kube/config");
  CLI::Option* context = verb.add_option("--context", o.context, "Its context; without it the current one");
  from->excludes(kubeconfig)->excludes(context);
  verb.add_flag_callback(
      "--no-operator", [&o] { o.operate = false; },
      "Over a cluster: only judge, and leave writing status and Events to other replicas");
  verb.add_flag(
      "--open-reports", o.open_reports,
      "Over a cluster: keep a Report (openreports.io) beside each LLM workload, where that kind is installed");
  add_duration(verb, "--stale-after", o.stale_after,
               "How long a cache may hear nothing of the API server before this replica is not ready");
  add_duration(
      verb, "--look-up", o.look_up,
      "Time for a live look-up before a denial: what it lacks may have been applied a moment ago; 0s for never");
}

}  // namespace

void add_serve(CLI::App& app, int& code, Attend attend) {
  const auto options = std::make_shared<ServeOptions>();
  options->version = LAUNCHGATE_VERSION;
  CLI::App* verb =
      app.add_subcommand("serve", "Run the admission webhook, over a cluster or a directory of reviews and policies");
  add_source(*verb, *options);
  add_ports(*verb, *options);
  add_certificate(*verb, *options);
  add_cluster_certificate(*verb, *options);
  add_limits(*verb, *options);
  add_logging(*verb, *options);
  verb->callback([options, &code, attend = std::move(attend)] { code = run_serve(*options, attend); });
}

}  // namespace launchgate
