// Server: HTTP/1.1 over TLS or in clear text, for many connections on a few threads. Knows nothing of Kubernetes.
//
//   Server server({.threads = 2});
//   auto port = server.listen({.port = 8443, .tls = tls, .handler = answer});
//   if (!port) ...port.error().text()
//   server.start();
//   ...                                   // on SIGTERM, once /readyz has turned:
//   server.retire();                      // clients move away as their next answers close their connections
//   server.stop_accepting();
//   server.drain(std::chrono::seconds(10));
//
// One thread owns a Server and calls all of it, but stats(), which any thread may call. Not from a handler.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "edge/http/counters.h"
#include "edge/http/limits.h"
#include "edge/http/message.h"
#include "edge/http/site.h"
#include "edge/http/tls.h"

namespace launchgate::http {

struct Options {
  unsigned threads = 0;  // 0: one for each core that this process may use, at most 8
  Limits limits = {};
};

class Server {
 public:
  explicit Server(Options options = {});
  ~Server();  // without drain(): ends at once, cutting what is in flight
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds and listens; clients wait in the kernel's queue until start(). Returns the port. Before start() only.
  Result<std::uint16_t> listen(Site site);

  void start();

  // From now on each answer says Connection: close. New connections are still served.
  void retire();

  // Retires, takes the connections that the kernel has already accepted, and closes the listening sockets.
  void stop_accepting();

  // Stops accepting, closes idle connections, waits until those in flight have been answered or `grace` has passed, then
  // ends the threads (a handler that runs is waited for). Returns how many connections were cut. `hastened` is asked
  // several times a second: true ends the grace.
  unsigned drain(std::chrono::milliseconds grace, const std::function<bool()>& hastened = {});

  Stats stats() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace launchgate::http
