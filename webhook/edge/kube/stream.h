// Stream: one connection to the API server: TCP, and TLS that is verified. Blocking for its caller, but never longer
// than a deadline, and never past a Stop.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "edge/kube/cluster.h"
#include "edge/kube/outcome.h"
#include "edge/kube/stop.h"

namespace launchgate::kube {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Tls = std::shared_ptr<SSL_CTX>;

// What connections to `cluster` are made with. An Error: a CA, certificate or key that cannot be read, or that do not
// belong together. `certificate` and `key` (PEM) win over the cluster's, where they are not empty.
Result<Tls> make_tls(const Cluster& cluster, const std::string& certificate, const std::string& key);

// One thread at a time.
class Stream {
 public:
  // Resolves the name, tries its addresses in turn, shakes hands. `tls` null: clear text (loopback only, see cluster.h).
  static Outcome<std::unique_ptr<Stream>> connect(const Cluster& cluster, const Tls& tls, Deadline until,
                                                  const Stop& stop);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  Outcome<bool> write(std::string_view bytes, Deadline until, const Stop& stop);
  // At least one byte; 0: the server has closed the connection.
  Outcome<std::size_t> read(char* into, std::size_t most, Deadline until, const Stop& stop);
  // Nothing has come that nobody asked for, its end included: it can take a request.
  bool idle() const;

 private:
  explicit Stream(int fd) : fd_(fd) {}
  Outcome<bool> shake_hands(const Cluster& cluster, const Tls& tls, Deadline until, const Stop& stop);
  template <class Step>
  Outcome<std::size_t> drive(const char* doing, Deadline until, const Stop& stop, Step&& step);

  const int fd_;
  SSL* ssl_ = nullptr;
};

}  // namespace launchgate::kube
