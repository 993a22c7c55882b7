// Public keys as a policy holds them (trust.approvers, trust.evalSigners): PEM, or one line of OpenSSH's own format
// ("ssh-ed25519 AAAA… name"). Pure. Keys that are too weak to trust (RSA below 2048 bits, DSA) are no keys here.
#pragma once

#include <string>
#include <string_view>

#include "base/openssl.h"

namespace launchgate {

struct PublicKey {
  ssl::KeyPtr key;
  // A security key (FIDO) signs for an application, "ssh:" mostly; empty: the key is none.
  std::string application;
  explicit operator bool() const { return key != nullptr; }
};

// Of either format; false when it is neither.
PublicKey read_public_key(std::string_view text);
// The wire form that OpenSSH's lines and signatures carry (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4, and PROTOCOL.u2f).
PublicKey read_ssh_blob(std::string_view blob);

// `signature` is one over `text`. ECDSA takes the digest of its curve's size, RSA the one given; Ed25519 has its own.
bool verifies_bytes(EVP_PKEY* key, std::string_view text, std::string_view signature, const EVP_MD* digest);

// Reads the strings of the SSH wire format (RFC 4251 §5) front to back; after a fault everything is empty.
class SshReader {
 public:
  explicit SshReader(std::string_view bytes) : rest_(bytes) {}
  std::string_view string();  // a length in four bytes, and that many bytes
  std::string_view take(std::size_t size);
  bool done() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace launchgate
