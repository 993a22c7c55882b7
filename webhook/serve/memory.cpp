#include "serve/memory.h"

#include <algorithm>

namespace launchgate {
namespace {

// Kubernetes names nothing longer. Who asks without an API server in between may, and the number of workloads that are
// kept bounds the memory only where each of them is small.
constexpr std::size_t kLongestName = 253;

int hex_value(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

}  // namespace

std::optional<AdmittedMemory::Digest> AdmittedMemory::parse(std::string_view text) {
  constexpr std::string_view prefix = "r1:sha256:";
  Digest digest;
  if (!text.starts_with(prefix) || text.size() != prefix.size() + 2 * digest.size()) return std::nullopt;
  text.remove_prefix(prefix.size());
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return digest;
}

std::string AdmittedMemory::key_of(std::string_view kind, std::string_view ns, std::string_view name) {
  std::string key;
  key.reserve(kind.size() + ns.size() + name.size() + 2);
  key.append(kind).append(1, '\0').append(ns).append(1, '\0').append(name);
  return key;
}

bool AdmittedMemory::contains(std::string_view kind, std::string_view ns, std::string_view name,
                              std::string_view text) const {
  const auto digest = parse(text);
  if (!digest) return false;
  const std::string key = key_of(kind, ns, name);
  const Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.by_key.find(key);
  if (found == shard.by_key.end()) return false;
  const auto& digests = found->second->digests;
  return std::find(digests.begin(), digests.end(), *digest) != digests.end();
}

void AdmittedMemory::record(std::string_view kind, std::string_view ns, std::string_view name, std::string_view text) {
  const auto digest = parse(text);
  if (!digest || name.empty() || std::max({kind.size(), ns.size(), name.size()}) > kLongestName) return;
  std::string key = key_of(kind, ns, name);
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.by_key.find(key); found != shard.by_key.end()) {
    shard.workloads.splice(shard.workloads.begin(), shard.workloads, found->second);
    auto& digests = found->second->digests;
    if (digests.back() == *digest) return;
    std::erase(digests, *digest);
    digests.push_back(*digest);
    if (digests.size() > limits_.digests) digests.erase(digests.begin());
    return;
  }
  shard.workloads.push_front({std::move(key), {*digest}});
  shard.by_key.emplace(shard.workloads.front().key, shard.workloads.begin());  // the key lives in the list's node
  if (shard.workloads.size() <= std::max<std::size_t>(limits_.workloads / kShards, 1)) return;
  shard.by_key.erase(shard.workloads.back().key);
  shard.workloads.pop_back();
}

std::size_t AdmittedMemory::workloads() const {
  std::size_t count = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.workloads.size();
  }
  return count;
}

}  // namespace launchgate
