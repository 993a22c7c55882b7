#include "certs/secret.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/base64.h"
#include "base/json_write.h"

namespace launchgate {
namespace {

// tls.crt and tls.key as in every TLS Secret; ca.crt as cert-manager has it.
constexpr std::array<std::pair<const char*, std::string tls::Material::*>, 4> kKeys{{
    {"ca.crt", &tls::Material::bundle},
    {"ca.key", &tls::Material::signers},
    {"tls.crt", &tls::Material::certificate},
    {"tls.key", &tls::Material::key},
}};

bool is_ours(std::string_view key) {
  return std::any_of(kKeys.begin(), kKeys.end(), [&](const auto& entry) { return entry.first == key; });
}

void append_member(std::string& out, std::string_view key, std::string_view json) {
  if (out.back() != '{') out += ',';
  append_json_string(out, key);
  out.append(":").append(json);
}

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string as_json(Node node) {
  std::string out;
  append_json(out, node);
  return out;
}

std::string data_of(Node old, const tls::Material& material) {
  std::string out = "{";
  for (Node entry : old)
    if (!is_ours(entry.key())) append_member(out, entry.key(), as_json(entry));
  for (const auto& [key, member] : kKeys) append_member(out, key, quoted(base64(material.*member)));
  return out + "}";
}

}  // namespace

tls::Material material_of(Node secret) {
  tls::Material out;
  for (const auto& [key, member] : kKeys) out.*member = from_base64(secret["data"][key].text()).value_or("");
  return out;
}

std::string new_secret(const std::string& ns, const std::string& name, const tls::Material& material) {
  std::string meta = "{";
  append_member(meta, "name", quoted(name));
  append_member(meta, "namespace", quoted(ns));
  append_member(meta, "labels",
                R"({"app.kubernetes.io/name":"launchgate","app.kubernetes.io/managed-by":"launchgate"})");
  std::string out = R"({"apiVersion":"v1","kind":"Secret","type":"Opaque")";
  append_member(out, "metadata", meta + "}");
  append_member(out, "data", data_of({}, material));
  return out + "}";
}

std::string changed_secret(Node secret, const tls::Material& material) {
  std::string out = "{";
  append_member(out, "apiVersion", quoted("v1"));
  append_member(out, "kind", quoted("Secret"));
  for (Node member : secret) {
    const std::string_view key = member.key();
    if (key != "apiVersion" && key != "kind" && key != "data") append_member(out, key, as_json(member));
  }
  append_member(out, "data", data_of(secret["data"], material));
  return out + "}";
}

}  // namespace launchgate
