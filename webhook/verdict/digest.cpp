// EVP would look its parameters up and allocate for each digest: of a judgement that takes microseconds one part in thirty.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "verdict/digest.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "base/json_write.h"

namespace launchgate {
namespace {

// What kubectl, the API server and the workload controllers write into a template without making a new rollout.
KeyTest not_a_rollout(std::string_view parent) {
  if (parent == "annotations") return [](std::string_view key) { return key == "kubectl.kubernetes.io/restartedAt"; };
  if (parent == "metadata") return [](std::string_view key) { return key == "creationTimestamp"; };
  if (parent != "labels") return nullptr;
  return [](std::string_view key) {
    constexpr std::array<std::string_view, 6> of_controllers{"pod-template-hash", "controller-revision-hash",
                                                             "controller-uid",    "batch.kubernetes.io/controller-uid",
                                                             "job-name",          "batch.kubernetes.io/job-name"};
    return std::find(of_controllers.begin(), of_controllers.end(), key) != of_controllers.end();
  };
}

// Where nothing changes a rollout: what the kind's `ignored` paths name in `object`, ascending.
std::vector<std::uint32_t> hidden_in(const Kind& kind, Node object) {
  std::vector<std::uint32_t> out;
  for (auto path : kind.ignored) walk(object, path, [&](Node n) { out.push_back(n.index()); });
  std::sort(out.begin(), out.end());
  return out;
}

// What `path` names, one after the other. A map has no order, and whose value it is matters: its keys are sorted, and
// each stands before its value.
void append_values(std::string& out, Node node, std::string_view path, const std::vector<std::uint32_t>& hidden,
                   const char*& comma) {
  if (!node) return;
  const auto map = path.find("{*}");
  if (map == std::string_view::npos) {
    walk(node, path, [&](Node value) {
      out += comma;
      append_canonical_json(out, value, not_a_rollout, hidden);
      comma = ",";
    });
    return;
  }
  walk(node, path.substr(0, map), [&](Node place) {
    if (!place.is_object()) return;
    std::vector<Node> members;
    for (Node member : place) members.push_back(member);
    std::sort(members.begin(), members.end(), [](Node a, Node b) { return a.key() < b.key(); });
    for (Node member : members) {
      if (!member) continue;
      out += comma;
      append_json_string(out, member.key());
      comma = ",";
      append_values(out, member, path.substr(map + 3), hidden, comma);
    }
  });
}

void append_sha256_hex(std::string& out, std::string_view bytes) {
  SHA256_CTX context;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest.data(), &context);
  constexpr std::string_view hex = "0123456789abcdef";
  std::array<char, 64> text{};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    text[2 * i] = hex[digest[i] >> 4];
    text[2 * i + 1] = hex[digest[i] & 15];
  }
  out.append(text.data(), text.size());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::string out;
  append_sha256_hex(out, bytes);
  return out;
}

std::string rollout_digest(const Kind& kind, Node object) {
  std::string out;
  rollout_digest(kind, object, out);
  return out;
}

void rollout_digest(const Kind& kind, Node object, std::string& into) {
  constexpr std::size_t kKept = 128u << 10;  // what a rare huge object takes must not stay
  thread_local std::string text;
  text.clear();
  text += "{\"group\":";
  append_json_string(text, kind.group);
  text += ",\"kind\":";
  append_json_string(text, kind.kind);
  text += ",\"rollout\":{";
  const auto hidden = hidden_in(kind, object);
  const char* separator = "";
  for (auto path : kind.rollout) {
    text += separator;
    append_json_string(text, path);
    text += ":[";
    const char* comma = "";
    append_values(text, object, path, hidden, comma);
    text += ']';
    separator = ",";
  }
  text += "}}";
  into = "r1:sha256:";
  append_sha256_hex(into, text);
  if (text.capacity() > kKept) std::string{}.swap(text);
}

bool same_rollout(const Kind& kind, Node before, Node after) {
  const auto equal_at = [&](std::string_view path) {
    if (path.find("{*}") != std::string_view::npos) return false;  // the keys count, too
    std::vector<Node> a, b;
    walk(before, path, [&](Node n) { a.push_back(n); });
    walk(after, path, [&](Node n) { b.push_back(n); });
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
  };
  bool identical = true;
  for (auto path : kind.rollout) identical = identical && equal_at(path);
  return identical || rollout_digest(kind, before) == rollout_digest(kind, after);
}

bool outside_review_digest(std::string_view section) {
  return section == "declaredTier" || section == "suspend" || section == "expiresAt" || section == "profileRef";
}
bool is_operational(std::string_view key) { return key == "contact" || key == "dashboards"; }

std::string reviewed_text(Node spec) {
  const auto left_out = [](std::string_view parent) -> KeyTest {
    return parent == "spec" || parent.empty() ? outside_review_digest : is_operational;
  };
  std::string text;
  append_canonical_json(text, spec, left_out);
  return text;
}

std::string review_digest(Node spec) { return "v1:sha256:" + sha256_hex(reviewed_text(spec)); }

}  // namespace launchgate
