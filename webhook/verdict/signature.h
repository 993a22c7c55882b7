// Signatures over small texts: DSSE envelopes (https://github.com/secure-systems-lab/dsse) and bare ones. Pure: bytes and
// a public key in, a yes or a no out. ECDSA and RSA over SHA-256, Ed25519.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace launchgate {

struct Envelope {
  std::string payload_type, payload;
  std::vector<std::string> signatures;  // bytes
};

// A DSSE envelope as JSON; nothing when it is none. Bounded by a ConfigMap's size.
std::optional<Envelope> read_envelope(std::string_view json);

// Some signature of the envelope verifies with the trusted key, in PEM or as OpenSSH writes it.
bool verifies(const Envelope& envelope, std::string_view trusted);
// The signature, in base64, is over `text`.
bool verifies(std::string_view text, std::string_view base64, std::string_view trusted);

}  // namespace launchgate
