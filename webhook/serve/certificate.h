// Certificate: what the TLS port is served with: the operator's files, read again when they change, or one made here.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "edge/http/tls.h"
#include "serve/options.h"

namespace launchgate {

// What can be said of a certificate in public.
struct CertificateFacts {
  TimePoint not_before, not_after;  // in seconds: RFC 5280 knows ends in the year 9999, nanoseconds only in 2262
  std::string fingerprint;  // SHA-256 of the DER form, "AB:CD:…", as `openssl x509 -fingerprint -sha256` prints it
};

// Of the first certificate in a PEM text.
Result<CertificateFacts> certificate_facts(const std::string& pem);

class Certificate {
 public:
  // From options.tls_cert and tls_key; without them self-signed in memory, and its public part written to
  // options.write_ca where that is set.
  static Result<Certificate> obtain(const ServeOptions& options);

  const std::shared_ptr<http::TlsContext>& tls() const { return tls_; }
  bool self_signed() const { return cert_file_.empty(); }
  const CertificateFacts& facts() const { return facts_; }
  std::vector<std::string> files() const;  // to be watched

  // Looks at the files. Nothing: they are what they were the last time. Else the facts of the certificate that is now
  // served, or why the new pair is refused; the old one is served on. One thread at a time.
  std::optional<Result<CertificateFacts>> look();

 private:
  Certificate() = default;
  std::optional<std::size_t> hash_files() const;  // nothing: one cannot be read

  std::shared_ptr<http::TlsContext> tls_;
  std::string cert_file_, key_file_;
  CertificateFacts facts_;
  std::optional<std::size_t> hash_;  // of what was tried last
};

}  // namespace launchgate
