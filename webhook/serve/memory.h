// AdmittedMemory: the rollouts that this process has admitted, until a review's status says so. A return to one of
// them is a rollback (DESIGN §3 step 6), also where launchgate serves from a directory that nobody writes a status to.
#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/snapshot.h"

namespace launchgate {

struct MemoryLimits {
  std::size_t workloads = 100'000;  // beyond them the one admitted longest ago is forgotten
  std::size_t digests = 10;         // of each; beyond them the one admitted longest ago, so never the newest
};

// Any thread may call any of it.
class AdmittedMemory final : public AdmittedRevisions {
 public:
  explicit AdmittedMemory(MemoryLimits limits = {}) : limits_(limits) {}

  bool contains(std::string_view kind, std::string_view ns, std::string_view name,
                std::string_view digest) const override;

  // It was admitted now, for the first time or again. What has no name yet, or one that no object can have, or is no
  // digest, is passed over.
  void record(std::string_view kind, std::string_view ns, std::string_view name, std::string_view digest);

  std::size_t workloads() const;

 private:
  using Digest = std::array<std::uint8_t, 32>;  // of "r1:sha256:<hex>": half of what the text takes
  struct Workload {
    std::string key;
    std::vector<Digest> digests;  // the newest last
  };
  struct Shard {
    mutable std::mutex mutex;
    std::list<Workload> workloads;  // the last admitted first
    std::unordered_map<std::string_view, std::list<Workload>::iterator> by_key;
  };
  static constexpr std::size_t kShards = 16;

  static std::optional<Digest> parse(std::string_view digest);
  static std::string key_of(std::string_view kind, std::string_view ns, std::string_view name);
  Shard& shard_of(std::string_view key) { return shards_[std::hash<std::string_view>{}(key) % kShards]; }
  const Shard& shard_of(std::string_view key) const { return shards_[std::hash<std::string_view>{}(key) % kShards]; }

  const MemoryLimits limits_;
  std::array<Shard, kShards> shards_;
};

}  // namespace launchgate
