#include "verdict/public_key.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "base/base64.h"
#include "base/openssl.h"

namespace launchgate {
namespace {

constexpr std::size_t kMostText = 16u << 10;
constexpr int kLeastRsaBits = 2048;

const unsigned char* bytes(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

using Build = std::unique_ptr<OSSL_PARAM_BLD, ssl::Free<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, ssl::Free<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, ssl::Free<EVP_PKEY_CTX_free>>;
using Number = ssl::BignumPtr;
using Key = ssl::KeyPtr;

Key from_params(const char* type, OSSL_PARAM_BLD* build) {
  const Params params{OSSL_PARAM_BLD_to_param(build)};
  const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* key = nullptr;
  if (params && context && EVP_PKEY_fromdata_init(context.get()) == 1)
    (void)EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get());
  return Key{key};
}

Key elliptic(std::string_view type, SshReader& in) {
  const auto curve = in.string(), point = in.string();
  const char* group = curve == "nistp256"   ? "P-256"
                      : curve == "nistp384" ? "P-384"
                      : curve == "nistp521" ? "P-521"
                                            : "";
  const Build build{OSSL_PARAM_BLD_new()};
  if (!*group || type.find(curve) == std::string_view::npos || !build ||
      !OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, 0) ||
      !OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()))
    return {};
  return from_params("EC", build.get());
}

Key rsa(SshReader& in) {
  const auto e = in.string(), n = in.string();
  const Number exponent{BN_bin2bn(bytes(e), static_cast<int>(e.size()), nullptr)};
  const Number modulus{BN_bin2bn(bytes(n), static_cast<int>(n.size()), nullptr)};
  const Build build{OSSL_PARAM_BLD_new()};
  if (!exponent || !modulus || !build || !OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) ||
      !OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()))
    return {};
  return from_params("RSA", build.get());
}

Key edwards(SshReader& in) {
  const auto raw = in.string();
  return Key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(raw), raw.size())};
}

bool weak(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1) return EVP_PKEY_get_bits(key) < kLeastRsaBits;
  return EVP_PKEY_is_a(key, "EC") != 1 && EVP_PKEY_is_a(key, "ED25519") != 1;
}

PublicKey strong(PublicKey key) {
  ERR_clear_error();
  if (key && weak(key.key.get())) return {};
  return key;
}

// "type base64 comment"; options, as in authorized_keys, make it no key.
PublicKey from_line(std::string_view line) {
  const auto space = line.find(' ');
  if (space == std::string_view::npos) return {};
  auto rest = line.substr(space + 1);
  rest = rest.substr(0, rest.find_first_of(" \t\r\n"));
  const auto blob = from_base64(rest);
  if (!blob || SshReader{*blob}.string() != line.substr(0, space)) return {};
  return read_ssh_blob(*blob);
}

}  // namespace

std::string_view SshReader::take(std::size_t size) {
  if (!good_ || rest_.size() < size) {
    good_ = false;
    return {};
  }
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::string_view SshReader::string() {
  std::size_t size = 0;
  for (const unsigned char c : take(4)) size = size << 8 | c;
  return take(size);
}

PublicKey read_ssh_blob(std::string_view blob) {
  SshReader in{blob};
  const auto type = in.string();
  PublicKey out;
  if (type == "ssh-rsa") out.key = rsa(in);
  else if (type == "ssh-ed25519" || type == "sk-ssh-ed25519@openssh.com") out.key = edwards(in);
  else if (type.substr(0, 11) == "ecdsa-sha2-" || type == "sk-ecdsa-sha2-nistp256@openssh.com")
    out.key = elliptic(type, in);
  if (type.substr(0, 3) == "sk-") {
    out.application = in.string();
    if (out.application.empty()) return {};
  }
  return in.done() ? strong(std::move(out)) : PublicKey{};
}

PublicKey read_public_key(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  if (text.empty() || text.size() > kMostText) return {};
  if (text.front() != '-') return from_line(text);
  const ssl::BioPtr bio = ssl::view(text);
  PublicKey out;
  out.key.reset(bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  return strong(std::move(out));
}

bool verifies_bytes(EVP_PKEY* key, std::string_view text, std::string_view signature, const EVP_MD* digest) {
  const std::unique_ptr<EVP_MD_CTX, ssl::Free<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
  const bool own_digest = EVP_PKEY_is_a(key, "ED25519") == 1;
  const bool good = context &&
                    EVP_DigestVerifyInit(context.get(), nullptr, own_digest ? nullptr : digest, nullptr, key) == 1 &&
                    EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace launchgate
