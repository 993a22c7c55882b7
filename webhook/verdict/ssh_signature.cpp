#include "verdict/ssh_signature.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "base/base64.h"
#include "verdict/public_key.h"

namespace launchgate {
namespace {

constexpr std::size_t kMostBytes = 32u << 10;
constexpr std::string_view kMagic = "SSHSIG", kBegin = "-----BEGIN SSH SIGNATURE-----",
                           kEnd = "-----END SSH SIGNATURE-----";

const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

std::string digest(const EVP_MD* algorithm, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), out.data(), &size, algorithm, nullptr) != 1) return {};
  return {reinterpret_cast<const char*>(out.data()), size};
}

void append_string(std::string& out, std::string_view s) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(s.size() >> shift & 0xff);
  out += s;
}

std::optional<std::string> unarmored(std::string_view text) {
  const auto begin = text.find(kBegin), end = text.find(kEnd);
  if (text.size() > kMostBytes || begin == std::string_view::npos || end == std::string_view::npos || end < begin)
    return {};
  const auto from = begin + kBegin.size();
  return from_base64(text.substr(from, end - from));
}

// r and s as two numbers (RFC 5656 §3.1.2) -> DER, as OpenSSL takes them.
std::string der_of(std::string_view pair) {
  SshReader in{pair};
  const auto r = in.string(), s = in.string();
  if (!in.done()) return {};
  const std::unique_ptr<ECDSA_SIG, ssl::Free<ECDSA_SIG_free>> made{ECDSA_SIG_new()};
  ssl::BignumPtr one{BN_bin2bn(bytes(r), static_cast<int>(r.size()), nullptr)},
      two{BN_bin2bn(bytes(s), static_cast<int>(s.size()), nullptr)};
  if (!made || !one || !two || ECDSA_SIG_set0(made.get(), one.get(), two.get()) != 1) return {};
  (void)one.release();  // they are the signature's now
  (void)two.release();
  std::string out(static_cast<std::size_t>(std::max(i2d_ECDSA_SIG(made.get(), nullptr), 0)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(out.data());
  (void)i2d_ECDSA_SIG(made.get(), &at);
  return out;
}

struct Algorithm {
  std::string_view name;
  const char* key;
  const EVP_MD* (*hash)();
  int bits;  // of the curve; 0: any
  bool touched;
};
constexpr std::array<Algorithm, 8> kAlgorithms{{
    {"ssh-ed25519", "ED25519", EVP_sha512, 0, false},
    {"ecdsa-sha2-nistp256", "EC", EVP_sha256, 256, false},
    {"ecdsa-sha2-nistp384", "EC", EVP_sha384, 384, false},
    {"ecdsa-sha2-nistp521", "EC", EVP_sha512, 521, false},
    {"rsa-sha2-256", "RSA", EVP_sha256, 0, false},
    {"rsa-sha2-512", "RSA", EVP_sha512, 0, false},
    {"sk-ssh-ed25519@openssh.com", "ED25519", EVP_sha512, 0, true},
    {"sk-ecdsa-sha2-nistp256@openssh.com", "EC", EVP_sha256, 256, true},
}};

// A security key signs what it was shown together with what it knows: for whom, whether it was touched, how often so far.
bool verifies_with(const PublicKey& key, std::string_view signed_bytes, std::string_view signature) {
  SshReader in{signature};
  const auto name = in.string(), value = in.string();
  for (const Algorithm& a : kAlgorithms) {
    if (a.name != name || EVP_PKEY_is_a(key.key.get(), a.key) != 1) continue;
    if ((a.bits && EVP_PKEY_get_bits(key.key.get()) != a.bits) || a.touched != !key.application.empty()) return false;
    std::string message{signed_bytes};
    if (a.touched) {
      const auto knows = in.take(5);  // flags, counter
      if (knows.empty() || (knows[0] & 1) == 0) return false;
      message = digest(EVP_sha256(), key.application) + std::string{knows} + digest(EVP_sha256(), signed_bytes);
    }
    const std::string form = a.bits ? der_of(value) : std::string{value};
    return in.done() && !form.empty() && verifies_bytes(key.key.get(), message, form, a.hash());
  }
  return false;
}

}  // namespace

bool verifies_ssh(std::string_view text, std::string_view armored, std::string_view trusted) {
  const auto blob = unarmored(armored);
  const PublicKey key = read_public_key(trusted);
  if (!blob || !key) return false;
  SshReader in{*blob};
  const bool framed = in.take(kMagic.size()) == kMagic && in.take(4) == std::string_view("\0\0\0\1", 4);
  const PublicKey signer = read_ssh_blob(in.string());
  const auto name_space = in.string(), reserved = in.string(), hash = in.string(), signature = in.string();
  if (!framed || !in.done() || name_space != kSshNamespace) return false;
  if (!signer || EVP_PKEY_eq(signer.key.get(), key.key.get()) != 1 || signer.application != key.application)
    return false;
  const EVP_MD* algorithm = hash == "sha512" ? EVP_sha512() : hash == "sha256" ? EVP_sha256() : nullptr;
  if (!algorithm) return false;
  std::string signed_bytes{kMagic};
  append_string(signed_bytes, name_space);
  append_string(signed_bytes, reserved);
  append_string(signed_bytes, hash);
  append_string(signed_bytes, digest(algorithm, text));
  const bool good = verifies_with(key, signed_bytes, signature);
  ERR_clear_error();
  return good;
}

}  // namespace launchgate
