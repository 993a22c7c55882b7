// Stream: non-blocking reads and writes on a socket, in clear text or through OpenSSL.
//
// OpenSSL reads and writes the descriptor itself: no copies between memory BIOs. Nothing here waits; a result that
// says want_* asks the caller to wait for readiness and call again. Does not own the descriptor. One thread at a time.
#pragma once

#include <openssl/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace launchgate::http {

enum class Io : std::uint8_t { done, want_read, want_write, eof, failed };

struct IoResult {
  Io what;
  std::size_t bytes = 0;
};

class Stream {
 public:
  // tls == nullptr: clear text. The SSL object keeps the context alive, so a reload does not touch this connection.
  Stream(int fd, SSL_CTX* tls);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool usable() const { return usable_; }  // false: no memory for the TLS state
  bool is_tls() const { return ssl_ != nullptr; }

  IoResult handshake();
  IoResult read(char* into, std::size_t room);
  IoResult write(const char* from, std::size_t size);  // may take a part; after want_* call again with the same bytes

  // Whether another read may yield something before the socket becomes readable again.
  bool more_to_read() const { return more_; }
  void readable() { more_ = true; }  // readiness was reported

  // Says goodbye in this direction: close_notify and FIN. Best effort.
  void finish();
  // Reads and drops what the peer still sends, beneath TLS. done: bytes were dropped.
  IoResult discard();

  // After a failed handshake: the client sent an HTTP request to the TLS port.
  bool spoke_clear_text() const { return clear_text_; }

 private:
  struct Free {
    void operator()(SSL* ssl) const;
  };
  IoResult explain(int result);
  IoResult from_errno() const;

  std::unique_ptr<SSL, Free> ssl_;
  const int fd_;
  bool usable_ = true, more_ = true, broken_ = false, clear_text_ = false;
};

}  // namespace launchgate::http
