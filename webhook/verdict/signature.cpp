#include "verdict/signature.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "base/json_read.h"

namespace launchgate {
namespace {

template <class T, void (*Free)(T*)>
struct Freer {
  void operator()(T* p) const { Free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY, EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX, EVP_MD_CTX_free>>;

constexpr std::size_t kMostBytes = 1u << 20, kMostSignatures = 16;

// Standard or URL alphabet, padded or not; nothing when it is neither.
std::optional<std::string> decode64(std::string_view text) {
  std::string in;
  for (char c : text) {
    if (c == '\n' || c == '\r' || c == ' ' || c == '=') continue;
    in += c == '-' ? '+' : c == '_' ? '/' : c;
  }
  if (in.size() > kMostBytes || in.size() % 4 == 1) return {};
  const std::size_t padding = (4 - in.size() % 4) % 4;
  in.append(padding, '=');
  std::string out(in.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(in.data()), static_cast<int>(in.size()));
  if (size < 0) return {};
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

Key read_key(std::string_view pem) {
  std::unique_ptr<BIO, Freer<BIO, BIO_free_all>> bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  Key key{bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr};
  ERR_clear_error();
  return key;
}

bool check(EVP_PKEY* key, std::string_view text, std::string_view signature) {
  const Context context{EVP_MD_CTX_new()};
  const bool own_digest = EVP_PKEY_is_a(key, "ED25519") == 1;
  const auto bytes = [](std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); };
  const bool good =
      context && EVP_DigestVerifyInit(context.get(), nullptr, own_digest ? nullptr : EVP_sha256(), nullptr, key) == 1 &&
      EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace

std::optional<Envelope> read_envelope(std::string_view json) {
  if (json.empty() || json.size() > kMostBytes) return {};
  const auto doc = read_json(json, JsonOptions{});
  if (!doc) return {};
  const Node root = doc->root();
  auto payload = decode64(root["payload"].text());
  if (!root["payload"].is_string() || !payload || root["signatures"].size() > kMostSignatures) return {};
  Envelope out{std::string{root["payloadType"].text()}, std::move(*payload), {}};
  for (Node s : root["signatures"])
    if (auto bytes = decode64(s["sig"].text())) out.signatures.push_back(std::move(*bytes));
  return out;
}

bool verifies(const Envelope& e, std::string_view pem) {
  const Key key = read_key(pem);
  const auto text = "DSSEv1 " + std::to_string(e.payload_type.size()) + " " + e.payload_type + " " +
                    std::to_string(e.payload.size()) + " " + e.payload;
  if (!key) return false;
  for (const std::string& s : e.signatures)
    if (check(key.get(), text, s)) return true;
  return false;
}

bool verifies(std::string_view text, std::string_view base64, std::string_view pem) {
  const Key key = read_key(pem);
  const auto signature = decode64(base64);
  return key && signature && check(key.get(), text, *signature);
}

}  // namespace launchgate
