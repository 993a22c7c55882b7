#include "serve/serve.h"

#include <malloc.h>

#include "edge/http/server.h"
#include "edge/kube/client.h"
#include "serve/certificate.h"
#include "serve/certificate_watch.h"
#include "serve/follow.h"
#include "serve/reload.h"
#include "serve/room.h"
#include "serve/routes.h"
#include "serve/signals.h"
#include "serve/tending.h"

namespace launchgate {
namespace {

http::Options server_options(const ServeOptions& options) {
  http::Options out;
  out.threads = options.threads;
  out.limits.body = options.max_body;
  out.limits.request = options.deadline;
  return out;
}

HttpTotals totals_of(const http::Stats& stats) {
  HttpTotals out{stats.connections_open,
                 stats.connections_total,
                 stats.connections_refused,
                 stats.accept_errors,
                 stats.timeouts,
                 stats.handshake_failures,
                 {}};
  for (std::size_t i = 0; i < http::kErrorStatuses.size(); ++i)
    out.refusals.emplace_back(http::kErrorStatuses[i], stats.errors[i]);
  return out;
}

int give_up(Log& log, int code, const Error& error) {
  log.error("cannot serve", {{"error", error.text()}});
  return code;
}

// Opens both ports and says where; an Error: one cannot be had.
std::optional<Error> open_ports(http::Server& server, Room& room, const Certificate& certificate) {
  const ServeOptions& o = room.options;
  const HttpCounts counts = [&server] { return totals_of(server.stats()); };
  const auto port = server.listen({.address = o.listen.address,
                                   .port = o.listen.port,
                                   .tls = certificate.tls(),
                                   .handler = webhook_routes(room, counts)});
  if (!port) return port.error();
  std::uint16_t plain = 0;
  if (o.plain) {
    const auto bound = server.listen(
        {.address = o.plain->address, .port = o.plain->port, .tls = nullptr, .handler = plain_routes(room, counts)});
    if (!bound) return bound.error();
    plain = *bound;
  }
  room.log.info("listening", {{"address", o.listen.address.empty() ? "*" : o.listen.address},
                              {"port", *port},
                              {"plain_address", !o.plain                   ? ""
                                                : o.plain->address.empty() ? "*"
                                                                           : o.plain->address},
                              {"plain_port", plain},
                              {"certificate", certificate.self_signed() ? "self-signed" : o.tls_cert},
                              {"fingerprint", certificate.facts().fingerprint},
                              {"not_after", format_time(certificate.facts().not_after)},
                              {"version", o.version}});
  return std::nullopt;
}

// What ends with the process, in the order in which it began.
struct Running {
  Signals& signals;
  Room& room;
  http::Server& server;
  Source& source;
  std::vector<std::unique_ptr<Attendant>> attendants = {};
};

// Until it is told to end.
void serve_on(Running& r) {
  r.source.start();
  for (auto& attendant : r.attendants) attendant->start();
  while (r.signals.wait() == Signals::Got::reload) r.source.poke();
}

// Not ready first, so that the cluster's endpoints forget this replica while it still answers; then the clients that
// are left move away as their answers close their connections; then the ports close and what is in flight is finished.
void end_well(Running& r) {
  r.room.readiness.drain();
  r.room.log.info("draining", {{"shutdown_delay_ms", r.room.options.shutdown_delay.count()}});
  for (auto& attendant : r.attendants) attendant->stop();  // a Lease is handed on at once
  r.server.retire();
  // A further signal to end hastens: it ends the delay, or what is left of the grace.
  (void)r.signals.told_to_end(r.room.options.shutdown_delay, [&r] { r.source.poke(); });
  const auto hastened = [&r] { return r.signals.told_to_end(std::chrono::milliseconds{0}); };
  const unsigned cut = r.server.drain(r.room.options.drain_grace, hastened);
  r.source.stop();
  r.room.log.info("stopped", {{"connections_cut", cut}});
}

int serve_directory(Signals& signals, Room& room, Certificate& certificate) {
  Reloader reloader{room, certificate};
  http::Server server{server_options(room.options)};  // after what its handlers refer to: it ends first
  if (auto error = open_ports(server, room, certificate)) return give_up(room.log, 1, *error);
  server.start();  // from here on probes are answered: not ready yet
  if (auto error = reloader.first()) return give_up(room.log, 2, *error);
  room.log.info("ready");
  Running running{signals, room, server, reloader};
  serve_on(running);
  end_well(running);
  return 0;
}

kube::ClientOptions client_options(const ServeOptions& options, double per_second, unsigned connections) {
  kube::ClientOptions out;
  out.user_agent = "launchgate/" + options.version;
  out.requests_per_second = per_second;
  out.burst = static_cast<unsigned>(2 * per_second);
  out.connections = connections;
  return out;
}

int serve_cluster(Signals& signals, Room& room, Certificate& certificate, const Attend& attend) {
  auto cluster = kube::Cluster::find(room.options.kubeconfig, room.options.context);
  if (!cluster) return give_up(room.log, 2, cluster.error());
  room.log.info("following", {{"cluster", cluster->source}, {"server", cluster->host}, {"port", cluster->port}});
  kube::Client client{*cluster, client_options(room.options, 50, 4)};
  kube::Client lookups{*cluster, client_options(room.options, 50, 2)};
  Follower follower{room, client, lookups};
  CertificateWatch certificates{room, certificate};
  http::Server server{server_options(room.options)};
  if (auto error = open_ports(server, room, certificate)) return give_up(room.log, 1, *error);
  room.look_up = [&](const Change& change, kube::Deadline until) { follower.look_up(change, until); };
  room.readiness.because("caches", "not synced yet");
  server.start();
  Running running{signals, room, server, follower};
  const Surroundings around{
      client,
      [&room] { return room.world.current(); },
      [&certificate] { return certificate.tls(); },
      [&room](const std::string& name, std::string reason) { room.readiness.because(name, std::move(reason)); },
      room.memory,
      room.log,
      room.metrics,
      room.options};
  if (attend) running.attendants = attend(around);
  if (auto tending = tend_certificates(around, room.options.ns.empty() ? cluster->ns : room.options.ns))
    running.attendants.push_back(std::move(tending));
  follower.on_world = [&running] {
    for (auto& attendant : running.attendants) attendant->world_changed();
  };
  serve_on(running);
  end_well(running);
  client.stop();
  lookups.stop();
  return 0;
}

// A large block that is freed goes back to the kernel. By default glibc raises what it takes for large with each of them,
// to 32 MiB in the end, and the arena of every thread keeps what its largest request has ever taken.
void give_large_blocks_back() {
  constexpr int large = 1 << 20;
  (void)::mallopt(M_MMAP_THRESHOLD, large);
  (void)::mallopt(M_TRIM_THRESHOLD, large);
}

}  // namespace

int run_serve(const ServeOptions& options, const Attend& attend) {
  Signals signals;  // before any thread is started
  give_large_blocks_back();
  Room room{options};
  auto certificate = Certificate::obtain(options);
  if (!certificate) return give_up(room.log, 2, certificate.error());
  return options.from.empty() ? serve_cluster(signals, room, *certificate, attend)
                              : serve_directory(signals, room, *certificate);
}

}  // namespace launchgate
