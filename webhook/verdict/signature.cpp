#include "verdict/signature.h"

#include <openssl/evp.h>

#include "base/json_read.h"
#include "verdict/public_key.h"

namespace launchgate {
namespace {

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

bool verifies(const Envelope& e, std::string_view trusted) {
  const PublicKey key = read_public_key(trusted);
  const auto text = "DSSEv1 " + std::to_string(e.payload_type.size()) + " " + e.payload_type + " " +
                    std::to_string(e.payload.size()) + " " + e.payload;
  if (!key) return false;
  for (const std::string& s : e.signatures)
    if (verifies_bytes(key.key.get(), text, s, EVP_sha256())) return true;
  return false;
}

bool verifies(std::string_view text, std::string_view base64, std::string_view trusted) {
  const PublicKey key = read_public_key(trusted);
  const auto signature = decode64(base64);
  return key && signature && verifies_bytes(key.key.get(), text, *signature, EVP_sha256());
}

}  // namespace launchgate
