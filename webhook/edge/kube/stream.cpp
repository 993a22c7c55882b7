#include "edge/kube/stream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "base/openssl.h"

namespace launchgate::kube {
namespace {

Failure failure(const char* reason, std::string message) { return Failure{0, reason, std::move(message), {}}; }

std::string tls_reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* text = code ? ERR_reason_error_string(code) : nullptr;
  return text ? text : "the connection broke";
}

bool add_authorities(SSL_CTX* context, const std::string& pem) {
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  const ssl::BioPtr bio = ssl::view(pem);
  int added = 0;
  while (const ssl::CertPtr cert{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
    added += X509_STORE_add_cert(store, cert.get());
  ERR_clear_error();  // the end of the text is reported as an error
  return added > 0;
}

std::optional<Error> add_identity(SSL_CTX* context, const std::string& certificate, const std::string& key) {
  const ssl::BioPtr certs = ssl::view(certificate), keys = ssl::view(key);
  const ssl::CertPtr leaf{PEM_read_bio_X509(certs.get(), nullptr, nullptr, nullptr)};
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
    return Error{"the client certificate cannot be read: expected PEM"};
  while (X509* more = PEM_read_bio_X509(certs.get(), nullptr, nullptr, nullptr))
    if (SSL_CTX_add_extra_chain_cert(context, more) != 1) X509_free(more);
  ERR_clear_error();
  const ssl::KeyPtr secret{PEM_read_bio_PrivateKey(keys.get(), nullptr, ssl::no_password, nullptr)};
  if (!secret) return Error{"the client key cannot be read: expected PEM without a passphrase"};
  if (SSL_CTX_use_PrivateKey(context, secret.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
    return Error{"the client key does not belong to the client certificate"};
  return std::nullopt;
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> ignored;
  return ::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

struct Addresses {
  addrinfo* first = nullptr;
  ~Addresses() {
    if (first) ::freeaddrinfo(first);
  }
};

// Non-blocking; -1 with errno where it cannot be had.
int open_socket(const addrinfo& address, Deadline until, const Stop& stop) {
  const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);  // a peer that has vanished in silence
  int error = 0;
  if (::connect(fd, address.ai_addr, address.ai_addrlen) != 0) {
    error = errno;
    if (error == EINPROGRESS) {
      socklen_t size = sizeof error;
      if (stop.wait(fd, POLLOUT, until) != Stop::Woke::Ready) error = ETIMEDOUT;
      else ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    }
  }
  if (error == 0) return fd;
  ::close(fd);
  errno = error;
  return -1;
}

}  // namespace

Result<Tls> make_tls(const Cluster& cluster, const std::string& certificate, const std::string& key) {
  Tls context{SSL_CTX_new(TLS_client_method()), FreeContext{}};
  if (!context) return Error{"TLS cannot be set up: " + tls_reason()};
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_RELEASE_BUFFERS);
  if (cluster.ca.empty()) SSL_CTX_set_default_verify_paths(context.get());
  else if (!add_authorities(context.get(), cluster.ca))
    return Error{"the certificate authority of the API server cannot be read: expected PEM (" + cluster.source + ")"};
  const bool given = !certificate.empty();
  const std::string &cert = given ? certificate : cluster.client_certificate,
                    &secret = given ? key : cluster.client_key;
  if (!cert.empty())
    if (auto error = add_identity(context.get(), cert, secret))
      return Error{error->message + " (" + cluster.source + ")"};
  return context;
}

Outcome<std::unique_ptr<Stream>> Stream::connect(const Cluster& cluster, const Tls& tls, Deadline until,
                                                 const Stop& stop) {
  const std::string where = cluster.host + ":" + std::to_string(cluster.port);
  Addresses found;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  // Blocks as long as the system's resolver does; a Pod's API server is an address, so it does not there.
  if (const int code = ::getaddrinfo(cluster.host.c_str(), std::to_string(cluster.port).c_str(), &hints, &found.first))
    return failure("Unreachable", "the name " + cluster.host + " cannot be resolved: " + ::gai_strerror(code));
  int error = ETIMEDOUT;
  for (const addrinfo* a = found.first; a; a = a->ai_next) {
    const int fd = open_socket(*a, until, stop);
    error = errno;
    if (stop.requested()) {
      if (fd >= 0) ::close(fd);
      return failure("Stopped", "stopped");
    }
    if (fd < 0) continue;
    std::unique_ptr<Stream> stream{new Stream(fd)};
    if (auto shaken = stream->shake_hands(cluster, tls, until, stop); !shaken) return shaken.failure();
    return stream;
  }
  return failure(error == ETIMEDOUT ? "Timeout" : "Unreachable",
                 "cannot connect to " + where + ": " + std::strerror(error));
}

Stream::~Stream() {
  if (ssl_) SSL_free(ssl_);
  ::close(fd_);
}

// `step` returns what OpenSSL or the socket returned: > 0 done, 0 closed, else what to wait for.
template <class Step>
Outcome<std::size_t> Stream::drive(const char* doing, Deadline until, const Stop& stop, Step&& step) {
  while (true) {
    ERR_clear_error();
    const long result = step();
    if (result > 0) return static_cast<std::size_t>(result);
    short events = 0;
    if (ssl_) {
      switch (SSL_get_error(ssl_, static_cast<int>(result))) {
        case SSL_ERROR_WANT_READ: events = POLLIN; break;
        case SSL_ERROR_WANT_WRITE: events = POLLOUT; break;
        case SSL_ERROR_ZERO_RETURN: return std::size_t{0};
        default: break;
      }
    } else if (result == 0) {
      return std::size_t{0};
    } else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) {
      events = *doing == 'r' ? POLLIN : POLLOUT;
    }
    if (!events) return failure("Unreachable", std::string{"the connection broke while "} + doing);
    switch (stop.wait(fd_, events, until)) {
      case Stop::Woke::Ready: break;
      case Stop::Woke::Stopped: return failure("Stopped", "stopped");
      case Stop::Woke::Passed: return failure("Timeout", std::string{"no answer in time while "} + doing);
    }
  }
}

Outcome<bool> Stream::shake_hands(const Cluster& cluster, const Tls& tls, Deadline until, const Stop& stop) {
  if (!tls) return true;
  ssl_ = SSL_new(tls.get());
  if (!ssl_ || SSL_set_fd(ssl_, fd_) != 1) return failure("Tls", "TLS cannot be set up");
  const std::string& name = cluster.tls_server_name.empty() ? cluster.host : cluster.tls_server_name;
  if (is_address(name)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), name.c_str());
  } else {
    SSL_set1_host(ssl_, name.c_str());
    SSL_set_tlsext_host_name(ssl_, name.c_str());
  }
  auto shaken = drive("shaking hands", until, stop, [&] { return SSL_connect(ssl_); });
  if (shaken && *shaken > 0) return true;
  if (!shaken && (shaken.failure().reason == "Stopped" || shaken.failure().reason == "Timeout"))
    return shaken.failure();
  const long verified = SSL_get_verify_result(ssl_);
  if (verified != X509_V_OK)
    return failure("Tls", "the certificate of " + cluster.host + " is not trusted: " +
                              X509_verify_cert_error_string(verified) + " (expected for " + name + ")");
  return failure("Tls", "the TLS handshake with " + cluster.host + " failed: " + tls_reason());
}

Outcome<bool> Stream::write(std::string_view bytes, Deadline until, const Stop& stop) {
  while (!bytes.empty()) {
    const auto sent = drive("writing", until, stop, [&]() -> long {
      if (ssl_) return SSL_write(ssl_, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1u << 20)));
      return ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    });
    if (!sent) return sent.failure();
    if (*sent == 0) return failure("Unreachable", "the connection was closed while writing");
    bytes.remove_prefix(*sent);
  }
  return true;
}

Outcome<std::size_t> Stream::read(char* into, std::size_t most, Deadline until, const Stop& stop) {
  return drive("reading", until, stop, [&]() -> long {
    if (ssl_) return SSL_read(ssl_, into, static_cast<int>(most));
    return ::recv(fd_, into, most, 0);
  });
}

bool Stream::idle() const {
  if (ssl_ && SSL_pending(ssl_) > 0) return false;
  pollfd wait{fd_, POLLIN, 0};
  return ::poll(&wait, 1, 0) == 0;
}

}  // namespace launchgate::kube
