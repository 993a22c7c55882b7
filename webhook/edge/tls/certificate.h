// What a PEM text says: the facts of certificates, whether a key belongs to one, whether a bundle verifies one.
// Any thread. Nothing here prints what is in a key.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace launchgate::tls {

struct Certificate {
  std::string pem;                 // this one alone, as OpenSSL writes it
  std::string subject, issuer;     // "CN=launchgate"
  std::string fingerprint;         // SHA-256 of the DER form, "AB:CD:…"
  std::vector<std::string> names;  // subject alternative names: DNS names and IP addresses, in their order
  TimePoint not_before, not_after;
  bool authority = false;  // basicConstraints CA:TRUE
};

// The first certificate of a text: of a chain, the leaf.
Result<Certificate> read_certificate(std::string_view pem);

// All of a text, at most 64; each once. `damaged`: there is something else in it, or one that cannot be read.
struct Bundle {
  std::vector<Certificate> certificates;
  bool damaged = false;
};
Bundle read_bundle(std::string_view pem);

// The private keys of a text, at most 64, each as its own PEM text. What cannot be read is left out.
std::vector<std::string> read_keys(std::string_view pem);

bool key_matches(std::string_view certificate, std::string_view key);

// Would a client that trusts `bundle` accept the server certificate `chain` (leaf first) under `name` (DNS or IP
// address) at `now`? Nothing: it would. Else why not, in words. As Go's crypto/tls judges, which is what the API server
// runs: a name must stand among the alternative names, and a certificate in the bundle is trusted as it is.
std::optional<Error> distrust(std::string_view bundle, std::string_view chain, const std::string& name, TimePoint now);

}  // namespace launchgate::tls
