#include "edge/http/acceptor.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <string_view>
#include <system_error>

#include "edge/http/answer.h"

namespace launchgate::http {
namespace {

// A fatal alert in a record of its own, internal_error: what a TLS client can still understand before a handshake.
constexpr std::string_view kTlsRefusal("\x15\x03\x03\x00\x02\x02\x50", 7);

int try_listen(const addrinfo& at) {
  const int fd = ::socket(at.ai_family, at.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, at.ai_protocol);
  if (fd < 0) return -1;
  const int on = 1, off = 0;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (at.ai_family == AF_INET6) ::setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (::bind(fd, at.ai_addr, at.ai_addrlen) == 0 && ::listen(fd, SOMAXCONN) == 0) return fd;
  const int why = errno;
  ::close(fd);
  errno = why;
  return -1;
}

std::uint16_t bound_port(int fd) {
  sockaddr_storage at{};
  socklen_t size = sizeof at;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&at), &size);
  return ntohs(at.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(at).sin6_port
                                        : reinterpret_cast<sockaddr_in&>(at).sin_port);
}

}  // namespace

Result<int> open_listener(const std::string& address, std::uint16_t& port) {
  // Without an address "::" takes IPv4 as well; where the kernel has no IPv6, IPv4 alone.
  const std::vector<std::string> hosts =
      address.empty() ? std::vector<std::string>{"::", "0.0.0.0"} : std::vector{address};
  const std::string where = (address.empty() ? "*" : address) + ":" + std::to_string(port);
  int why = 0;
  for (const std::string& host : hosts) {
    addrinfo wanted{}, *found = nullptr;
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0)
      return Error{"cannot listen on " + where + ": the address is not a numeric IP address"};
    const int fd = try_listen(*found);
    why = errno;
    ::freeaddrinfo(found);
    if (fd < 0) continue;
    port = bound_port(fd);
    return fd;
  }
  return Error{"cannot listen on " + where + ": " + std::generic_category().message(why)};
}

Acceptor::Acceptor(Shared& shared, const std::vector<std::unique_ptr<Loop>>& loops, OpenSite& site, int fd)
    : shared_(shared), loops_(loops), site_(site), home_(*loops.front()), fd_(home_.poller(), fd, *this) {}

void Acceptor::start() { wait(); }

void Acceptor::wait() {
  if (!fd_.want_read()) pause();
}

void Acceptor::accept_some(int most) {
  for (int i = 0; i < most; ++i) {
    const Taken taken = accept_one();
    if (taken == Taken::trouble) return pause();
    if (taken == Taken::none) break;
  }
  wait();
}

Acceptor::Taken Acceptor::accept_one() {
  const int fd = ::accept4(fd_.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return Taken::none;
    // A client that has already gone, or its network's error: only that one is lost.
    if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return Taken::one;
    home_.counters().accept_errors.add();
    return Taken::trouble;
  }
  if (shared_.came(site_) >= shared_.limits.connections) {
    refuse(fd);
    return Taken::one;
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  try {
    loops_[next_++ % loops_.size()]->adopt(fd, site_);
  } catch (const std::exception&) {  // no memory
    ::close(fd);
    shared_.left(site_);
    return Taken::trouble;
  }
  return Taken::one;
}

void Acceptor::pause() {
  home_.at_next_sweep([this] {
    if (fd_.open()) wait();
  });
}

// Costs no handshake and no memory; says what it can within one packet.
void Acceptor::refuse(int fd) {
  home_.counters().refused.add();
  const std::string_view text = site_.tls ? kTlsRefusal : kTooManyConnections;
  (void)::send(fd, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd, SHUT_WR);
  ::close(fd);
  shared_.left(site_);
}

void Acceptor::stop() {
  for (int i = 0; i < SOMAXCONN && accept_one() == Taken::one; ++i) {}
  fd_.close();
}

}  // namespace launchgate::http
