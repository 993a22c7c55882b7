// What `launchgate serve` is told. Plain values with the defaults of a container in a cluster.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edge/telemetry/log.h"

namespace launchgate {

// Where to listen. An empty address means every interface, IPv4 and IPv6; port 0 any free one.
struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};

// ":8443", "127.0.0.1:8443", "[::1]:8443", "8443".
Result<Endpoint> parse_endpoint(std::string_view text);

struct ServeOptions {
  using ms = std::chrono::milliseconds;

  std::vector<std::string> from;    // directories or files; none: a cluster
  std::string kubeconfig, context;  // of the cluster; empty: the Pod's service account, or the default
  Endpoint listen{"", 8443};        // TLS: /validate, health, metrics
  std::optional<Endpoint> plain = Endpoint{"", 8080};  // health and metrics in clear text; nothing: no such port
  std::string tls_cert, tls_key;                       // PEM files, read again when they change; empty: self-signed
  std::vector<std::string> tls_names;                  // further names in the self-signed certificate
  std::string tls_secret;  // the Secret in which replicas keep certificates of their own; empty, or tls_cert: none
  std::vector<std::string> webhook_configurations;  // whose caBundle must verify what is served; empty: nobody looks
  std::string ns;                      // of the Lease, the Secret and the Service; empty: the Pod's, or the context's
  std::string service = "launchgate";  // by which the API server calls
  std::string lease = "launchgate";    // by which the replicas elect the one that writes
  std::string write_ca;                // writes the self-signed certificate here, so that clients can verify it
  unsigned threads = 0;                // 0: one for each core, at most 8
  std::size_t max_body = 7u << 20;
  ms deadline{2'000};         // from a request's first byte; must lie below the webhook's timeoutSeconds
  ms shutdown_delay{0};       // between "not ready" and closing the port; 5 s suit a cluster
  ms drain_grace{10'000};     // for requests in flight
  ms vanished_grace{60'000};  // a directory may be away so long before /readyz says no
  ms stale_after{300'000};    // a cache may have heard nothing so long before /readyz says no
  bool operate = true;        // in a cluster: take part in the election of the one that writes status and Events
  bool open_reports = false;  // in a cluster: keep a Report of OpenReports beside each LLM workload
  ms look_up{500};            // for what may have been applied a moment ago, before a denial; 0: never
  LogOptions log = {};        // stderr; a decision is logged as info
  std::string version = "unknown";
};

}  // namespace launchgate
