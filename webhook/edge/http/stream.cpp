#include "edge/http/stream.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace launchgate::http {

namespace {
// SSL_get_error also sees what others left in this thread's error queue. Looking is much cheaper than clearing.
void forget_errors() {
  if (ERR_peek_error() != 0) ERR_clear_error();
}
}  // namespace

void Stream::Free::operator()(SSL* ssl) const { SSL_free(ssl); }

Stream::Stream(int fd, SSL_CTX* tls) : ssl_(tls ? SSL_new(tls) : nullptr), fd_(fd) {
  usable_ = !tls || (ssl_ && SSL_set_fd(ssl_.get(), fd) == 1);
  if (ssl_) SSL_set_accept_state(ssl_.get());
}

Stream::~Stream() = default;

IoResult Stream::handshake() {
  if (!ssl_) return {Io::done};
  forget_errors();
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) return {Io::done};
  const IoResult why = explain(result);
  if (why.what == Io::failed) clear_text_ = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
  return why;
}

IoResult Stream::read(char* into, std::size_t room) {
  if (ssl_) {
    forget_errors();
    std::size_t bytes = 0;
    const int result = SSL_read_ex(ssl_.get(), into, room, &bytes);
    if (result == 1) {
      more_ = SSL_has_pending(ssl_.get()) == 1;
      return {Io::done, bytes};
    }
    more_ = false;
    return explain(result);
  }
  const ssize_t bytes = ::recv(fd_, into, room, 0);
  more_ = bytes == static_cast<ssize_t>(room);  // a short read has emptied the socket
  if (bytes > 0) return {Io::done, static_cast<std::size_t>(bytes)};
  return bytes == 0 ? IoResult{Io::eof} : from_errno();
}

IoResult Stream::write(const char* from, std::size_t size) {
  if (ssl_) {
    forget_errors();
    std::size_t bytes = 0;
    const int result = SSL_write_ex(ssl_.get(), from, size, &bytes);
    return result == 1 ? IoResult{Io::done, bytes} : explain(result);
  }
  const ssize_t bytes = ::send(fd_, from, size, MSG_NOSIGNAL);
  if (bytes >= 0) return {Io::done, static_cast<std::size_t>(bytes)};
  const IoResult why = from_errno();
  return why.what == Io::want_read ? IoResult{Io::want_write} : why;
}

void Stream::finish() {
  // SSL_shutdown is not allowed after a fatal error nor before the handshake's end.
  if (ssl_ && !broken_ && SSL_is_init_finished(ssl_.get())) {
    forget_errors();
    SSL_shutdown(ssl_.get());
  }
  ::shutdown(fd_, SHUT_WR);
}

IoResult Stream::discard() {
  std::array<char, 16 << 10> sink;
  const ssize_t bytes = ::recv(fd_, sink.data(), sink.size(), 0);
  if (bytes > 0) return {Io::done, static_cast<std::size_t>(bytes)};
  return bytes == 0 ? IoResult{Io::eof} : from_errno();
}

IoResult Stream::explain(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ: return {Io::want_read};
    case SSL_ERROR_WANT_WRITE: return {Io::want_write};
    case SSL_ERROR_ZERO_RETURN: return {Io::eof};
    default: broken_ = true; return {Io::failed};
  }
}

IoResult Stream::from_errno() const {
  return {errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? Io::want_read : Io::failed};
}

}  // namespace launchgate::http
