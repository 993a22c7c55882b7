// TlsContext: the certificate that new connections are served with, and its replacement while the server runs.
//
//   auto tls = TlsContext::from_files("/tls/tls.crt", "/tls/tls.key");
//   if (!tls) ...tls.error().text()
//   if (auto error = (*tls)->reload()) ...        // the old certificate is still served
//
// TLS 1.2 and 1.3, HTTP/1.1 by ALPN, no renegotiation. Connections that exist keep the context they began with.
// Any thread may call any of it. Messages name files, and never contain what is in them.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace launchgate::http {

class TlsContext {
 public:
  // PEM. The certificate file may go on with intermediates. Encrypted keys are refused.
  static Result<std::shared_ptr<TlsContext>> from_files(std::string cert_file, std::string key_file);
  static Result<std::shared_ptr<TlsContext>> from_pem(std::string_view certificate, std::string_view key);

  // Reads the files again (nothing to do after from_pem). On error the pair that is served stays.
  std::optional<Error> reload();
  // The same with a pair from elsewhere, e.g. a Secret.
  std::optional<Error> replace(std::string_view certificate, std::string_view key);

  std::shared_ptr<SSL_CTX> current() const;
  std::string certificate() const;  // PEM of what is served now, leaf first

 private:
  struct Pair {
    std::shared_ptr<SSL_CTX> context;
    std::string certificate;
  };
  struct Names {
    std::string cert, key;
  };  // as errors call the two
  static Result<Pair> make(std::string_view certificate, std::string_view key, const Names& names);
  static Result<Pair> read(const Names& files);
  TlsContext(Pair pair, Names names) : pair_(std::move(pair)), names_(std::move(names)) {}
  void set(Pair pair);

  mutable std::mutex mutex_;  // taken once a connection, never during I/O
  Pair pair_;
  const Names names_;  // file names; empty: from_pem
};

}  // namespace launchgate::http
