#include "edge/tls/peer.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "base/openssl.h"

namespace launchgate::tls {
using namespace ssl;  // NOLINT: the owners of OpenSSL's objects
namespace {

using Clock = std::chrono::steady_clock;

class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&&) = delete;
  int fd() const { return fd_; }

  // False: the time is over.
  bool wait(short events, Clock::time_point until) const {
    pollfd one{fd_, events, 0};
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
      if (left <= 0) return false;
      const int ready = ::poll(&one, 1, static_cast<int>(left));
      if (ready > 0) return true;
      if (ready < 0 && errno != EINTR) return false;
    }
  }

 private:
  int fd_;
};

std::string text_of(const addrinfo& address) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> service{};
  if (::getnameinfo(address.ai_addr, address.ai_addrlen, host.data(), host.size(), service.data(), service.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "?";
  return (address.ai_family == AF_INET6 ? "[" + std::string{host.data()} + "]" : host.data()) + ":" + service.data();
}

// Connects to one address; -1 and the reason in `error`.
Socket connect_to(const addrinfo& address, Clock::time_point until, std::string& error) {
  Socket socket{::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol)};
  if (socket.fd() < 0) return error = std::strerror(errno), Socket{-1};
  if (::connect(socket.fd(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  if (errno != EINPROGRESS) return error = std::strerror(errno), Socket{-1};
  if (!socket.wait(POLLOUT, until)) return error = "no answer: a firewall, or nothing is there", Socket{-1};
  int code = 0;
  socklen_t size = sizeof code;
  ::getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &code, &size);
  if (code != 0) return error = std::strerror(code), Socket{-1};
  return socket;
}

std::string chain_of(const SSL* ssl) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  const STACK_OF(X509)* chain = SSL_get_peer_cert_chain(ssl);
  for (int i = 0; out && i < sk_X509_num(chain); ++i) PEM_write_bio_X509(out.get(), sk_X509_value(chain, i));
  return out ? drain(out.get()) : std::string{};
}

// A handshake that accepts any certificate.
std::string shake(const Socket& socket, const std::string& server_name, Clock::time_point until, std::string& chain) {
  const std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context(SSL_CTX_new(TLS_client_method()));
  const std::unique_ptr<SSL, Free<SSL_free>> ssl(context ? SSL_new(context.get()) : nullptr);
  if (!ssl || SSL_set_fd(ssl.get(), socket.fd()) != 1) return "OpenSSL is out of memory";
  SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
  SSL_set_tlsext_host_name(ssl.get(), server_name.c_str());
  while (true) {
    ERR_clear_error();
    const int result = SSL_connect(ssl.get());
    if (result == 1) break;
    const int want = SSL_get_error(ssl.get(), result);
    if (want != SSL_ERROR_WANT_READ && want != SSL_ERROR_WANT_WRITE) {
      const char* reason = ERR_reason_error_string(ERR_peek_last_error());
      return reason ? std::string{reason} : "the connection was closed during the handshake";
    }
    if (!socket.wait(want == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, until)) return "no answer to the handshake";
  }
  chain = chain_of(ssl.get());
  return {};
}

}  // namespace

Peer peer(const std::string& host, std::uint16_t port, const std::string& server_name,
          std::chrono::milliseconds patience) {
  Peer out;
  const auto until = Clock::now() + patience;
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  const std::unique_ptr<addrinfo, decltype([](addrinfo* a) { ::freeaddrinfo(a); })> addresses(code == 0 ? found
                                                                                                        : nullptr);
  if (code != 0) return out.failed = Phase::dns, out.error = ::gai_strerror(code), out;
  for (const addrinfo* address = addresses.get(); address; address = address->ai_next) {
    out.address = text_of(*address);
    out.failed = Phase::tcp;
    const Socket socket = connect_to(*address, until, out.error);
    if (socket.fd() < 0) continue;
    out.error = shake(socket, server_name, until, out.chain);
    out.failed = out.error.empty() ? Phase::done : Phase::tls;
    return out;
  }
  return out;
}

}  // namespace launchgate::tls
