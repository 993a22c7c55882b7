// Certificates made here: a CA, and leaves for a server that it signs; or one that signs itself. ECDSA P-256 and SHA-256: small, fast to sign
// with, and taken by every API server.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace launchgate::tls {

// Both PEM. The key is a secret: never log it.
struct Pair {
  std::string certificate;
  std::string key;
};

// Certificates begin this much before `now`, because clocks differ.
inline constexpr Seconds kBackdate{3600};

// CA:TRUE, pathlen 0 (it signs leaves and no further CA), keyCertSign and cRLSign. Its name ends in a part of its
// serial, so that two CAs in one bundle are told apart in messages and by whoever builds a chain.
Result<Pair> make_authority(const std::string& common_name, TimePoint now, Seconds life);

// A leaf for `names` (DNS names or IP addresses; not empty), for servers only. It does not outlive its CA.
Result<Pair> issue(const Pair& authority, const std::vector<std::string>& names, TimePoint now, Seconds life);

// What a server runs on where no cluster gives it a certificate.
struct SelfSigned {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};  // subject alternative names; DNS or IP; not empty
  std::string common_name = "launchgate";
  int days = 365;
};

// For servers; valid from five minutes before now by the clock. Serves as its own caBundle. Any thread. Takes less than a
// millisecond.
Result<Pair> make_self_signed(const SelfSigned& wanted = {});

}  // namespace launchgate::tls
