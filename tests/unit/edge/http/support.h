// For the tests of edge/http: a server on a free port of the loopback and a blocking client that can misbehave.
#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "edge/tls/authority.h"
#include "edge/http/server.h"

namespace launchgate::http {

struct Reply {
  unsigned status = 0;                 // 0: the connection ended before an answer
  std::string head, body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

// Blocking, with a limit of 20 s on each read, so that a broken server fails a test instead of hanging it.
class Client {
 public:
  enum class Kind { tls, clear };
  using Setup = std::function<void(SSL_CTX*)>;

  explicit Client(std::uint16_t port, Kind kind = Kind::tls, const Setup& setup = {}) {
    ::signal(SIGPIPE, SIG_IGN);
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    const timeval limit{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    if (kind == Kind::clear || !connected_) return;
    context_.reset(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (setup) setup(context_.get());
    ssl_.reset(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl_.get(), fd_);
    connected_ = SSL_connect(ssl_.get()) == 1;
    ERR_clear_error();
  }
  ~Client() {
    if (fd_ >= 0) ::close(fd_);
  }
  Client(Client&& other) noexcept { *this = std::move(other); }
  Client& operator=(Client&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(connected_, other.connected_);
    std::swap(context_, other.context_);
    std::swap(ssl_, other.ssl_);
    std::swap(unread_, other.unread_);
    return *this;
  }

  bool connected() const { return connected_; }
  SSL* ssl() { return ssl_.get(); }
  int fd() const { return fd_; }

  // False: the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const int sent = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1 << 20)))
                            : static_cast<int>(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
      ERR_clear_error();
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // One answer. `head`: it has no body, whatever its Content-Length says.
  Reply reply(bool head = false) {
    Reply reply;
    std::size_t end = 0;
    while ((end = unread_.find("\r\n\r\n")) == std::string::npos)
      if (!read_some()) return reply;
    reply.head = unread_.substr(0, end + 4);
    unread_.erase(0, end + 4);
    reply.status = static_cast<unsigned>(std::stoul(reply.head.substr(9, 3)));
    const std::size_t field = reply.head.find("Content-Length: ");
    if (head || field == std::string::npos) return reply;
    const std::size_t size = std::stoul(reply.head.substr(field + 16));
    while (unread_.size() < size)
      if (!read_some()) return Reply{};
    reply.body = unread_.substr(0, size);
    unread_.erase(0, size);
    return reply;
  }

  Reply ask(std::string_view request) { return send(request) ? reply() : Reply{}; }

  // The server has closed, and nothing more came.
  bool ended() { return unread_.empty() && !read_some(); }

  void half_close() {
    if (ssl_) SSL_shutdown(ssl_.get());
    ::shutdown(fd_, SHUT_WR);
  }

 private:
  bool read_some() {
    char bytes[16 << 10];
    const int got = ssl_ ? SSL_read(ssl_.get(), bytes, sizeof bytes) : static_cast<int>(::recv(fd_, bytes, sizeof bytes, 0));
    ERR_clear_error();
    if (got > 0) unread_.append(bytes, static_cast<std::size_t>(got));
    return got > 0;
  }

  int fd_ = -1;
  bool connected_ = false;
  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<SSL> ssl_;
  std::string unread_;
};

// Answers "METHOD target size-of-body".
inline void describe(const Request& request, Response& response) {
  response.content_type = "text/plain";
  response.body.append(request.method).append(" ").append(request.target).append(" ");
  response.body += std::to_string(request.body.size());
}

class TestServer {
 public:
  explicit TestServer(Handler handler = describe, Limits limits = {}, unsigned threads = 1, ErrorShape errors = {})
      : server({.threads = threads, .limits = limits}) {
    const Result<tls::Pair> pair = tls::make_self_signed();
    tls = *TlsContext::from_pem(pair->certificate, pair->key);
    port = *server.listen({.address = "127.0.0.1", .port = 0, .tls = tls, .handler = handler, .errors = errors});
    clear_port = *server.listen({.address = "127.0.0.1", .port = 0, .tls = nullptr, .handler = handler, .errors = errors});
    server.start();
  }

  Client client() { return Client(port); }
  Client clear_client() { return Client(clear_port, Client::Kind::clear); }

  // Waits for what another thread brings about; false after 20 s.
  bool eventually(const std::function<bool(const Stats&)>& true_of) {
    for (int i = 0; i < 4000; ++i) {
      if (true_of(server.stats())) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

  std::shared_ptr<TlsContext> tls;
  Server server;
  std::uint16_t port = 0, clear_port = 0;
};

inline std::string post(std::string_view target, std::string_view body, std::string_view fields = "") {
  return "POST " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string get(std::string_view target, std::string_view fields = "", std::string_view method = "GET") {
  return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(fields) + "\r\n";
}

}  // namespace launchgate::http
