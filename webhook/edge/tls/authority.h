// Certificates made here: a CA, and leaves for a server that it signs. ECDSA P-256 and SHA-256: small, fast to sign
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

}  // namespace launchgate::tls
