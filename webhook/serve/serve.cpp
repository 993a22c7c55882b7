#include "serve/serve.h"

#include "edge/http/server.h"
#include "serve/certificate.h"
#include "serve/reload.h"
#include "serve/room.h"
#include "serve/routes.h"
#include "serve/signals.h"

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
                              {"not_after", format_time(std::chrono::floor<Seconds>(certificate.facts().not_after))},
                              {"version", o.version}});
  return std::nullopt;
}

// Until it is told to end.
void serve_on(Signals& signals, Reloader& reloader) {
  while (signals.wait() == Signals::Got::reload) reloader.poke();
}

// Not ready first, so that the cluster's endpoints forget this replica while it still answers; then the clients that
// are left move away as their answers close their connections; then the ports close and what is in flight is finished.
void end_well(Signals& signals, Room& room, http::Server& server, Reloader& reloader) {
  room.readiness.drain();
  room.log.info("draining", {{"shutdown_delay_ms", room.options.shutdown_delay.count()}});
  server.retire();
  (void)signals.wait(room.options.shutdown_delay);  // a second signal hastens
  reloader.stop();
  const unsigned cut = server.drain(room.options.drain_grace);
  room.log.info("stopped", {{"connections_cut", cut}});
}

}  // namespace

int run_serve(const ServeOptions& options) {
  Signals signals;  // before any thread is started
  Room room{options};
  if (options.from.empty())
    return give_up(room.log, 2, Error{"there is nothing to serve from: name a directory with --from"});
  auto certificate = Certificate::obtain(options);
  if (!certificate) return give_up(room.log, 2, certificate.error());
  Reloader reloader{room, *certificate};
  http::Server server{server_options(options)};  // after what its handlers refer to: it ends first
  if (auto error = open_ports(server, room, *certificate)) return give_up(room.log, 1, *error);
  server.start();  // from here on probes are answered: not ready yet
  if (auto error = reloader.first()) return give_up(room.log, 2, *error);
  reloader.start();
  room.log.info("ready");
  serve_on(signals, reloader);
  end_well(signals, room, server, reloader);
  return 0;
}

}  // namespace launchgate
