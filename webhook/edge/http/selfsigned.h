// A self-signed certificate made in memory: what the server runs on where no cluster gives it one.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace launchgate::http {

// Both PEM. The key is a secret: never log it.
struct PemPair {
  std::string certificate;
  std::string key;
};

struct SelfSigned {
  std::vector<std::string> names{"localhost", "127.0.0.1", "::1"};  // subject alternative names; DNS or IP; not empty
  std::string common_name = "launchgate";
  int days = 365;
};

// ECDSA P-256, for servers; valid from five minutes ago, because clocks differ. Serves as its own caBundle.
// Any thread. Takes less than a millisecond.
Result<PemPair> make_self_signed(const SelfSigned& wanted = {});

}  // namespace launchgate::http
