// Snapshot: everything the judgement knows of the world, immutable and indexed. Built by verdict/build, swapped
// whole by the rooms, read by any number of threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/doc.h"
#include "base/result.h"
#include "model/approval.h"
#include "model/kind_set.h"
#include "model/memo.h"
#include "model/policy.h"
#include "model/review.h"
#include "model/waiver.h"

namespace launchgate {

// hash -> positions, built once: one array in hash order and a table of its beginnings. A look-up costs the same
// among ten and among a hundred thousand.
class HashIndex {
 public:
  void add(std::uint64_t hash, std::uint32_t value) { entries_.push_back({hash, value}); }
  void build();
  template <class Visit>
  void find(std::uint64_t hash, Visit&& visit) const {
    if (starts_.empty()) return;
    const auto bucket = hash >> shift_;
    for (auto i = starts_[bucket]; i != starts_[bucket + 1]; ++i)
      if (entries_[i].hash == hash) visit(entries_[i].value);
  }

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t value;
  };
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> starts_;
  unsigned shift_ = 63;
};

// A hash of the parts, which never hold the separator (NUL).
std::uint64_t hash_of(std::string_view a, std::string_view b, std::string_view c);
std::string hex_of(std::uint64_t hash);  // sixteen digits

// Any object that a gate, an owner reference or a review may refer to.
struct WorldObject {
  std::string kind, ns, name, uid;
  std::shared_ptr<const Doc> object;
  std::string source;
};

// Digests that this process admitted: what `status.approvedRevisions` will say once it is written.
class AdmittedRevisions {
 public:
  virtual ~AdmittedRevisions() = default;
  virtual bool contains(std::string_view kind, std::string_view ns, std::string_view name,
                        std::string_view digest) const = 0;
};

struct Snapshot {
  // Reviews and objects are shared with the snapshots before and after it: what has not changed is not built again.
  std::vector<std::shared_ptr<const Review>> reviews;                      // by namespace and name
  std::vector<std::shared_ptr<const Waiver>> waivers;                      // by namespace and name
  std::vector<std::shared_ptr<const Approval>> approvals;                  // by namespace, review and name
  std::vector<Policy> policies;                                            // by name
  Policy builtin;                                                          // where no policy matches
  KindSet kinds;                                                           // the built-in ones and the policies'
  std::unordered_map<std::string, std::shared_ptr<const Doc>> namespaces;  // name -> its labels
  std::vector<std::shared_ptr<const WorldObject>> objects;
  std::vector<Error> problems;  // of the load: broken files, doubled objects

  // Indexes, made by index().
  HashIndex reviews_by_name;      // (namespace, kind, name) of covers by name
  HashIndex reviews_by_selector;  // (namespace, kind, "") of covers by labels
  HashIndex objects_by_name;      // (kind, namespace, name)
  HashIndex objects_by_kind;      // (kind, namespace, "")
  ReviewMemos memos;              // by position in `reviews`; a cache, invisible in any verdict
  void index();

  std::size_t position_of(const Review& review) const;  // in `reviews`, where it stands
  const Review* find_review(std::string_view ns, std::string_view name) const;
  std::span<const std::shared_ptr<const Review>> reviews_in(std::string_view ns) const;
  const WorldObject* find(std::string_view kind, std::string_view ns, std::string_view name) const;
  // Calls visit(const WorldObject&) for each of the kind, of whatever group, in the namespace.
  template <class Visit>
  void each(std::string_view kind, std::string_view ns, Visit&& visit) const {
    objects_by_kind.find(hash_of(kind, ns, {}), [&](std::uint32_t i) {
      const WorldObject& o = *objects[i];
      if (o.kind == kind && o.ns == ns) visit(o);
    });
  }
  std::span<const std::shared_ptr<const Waiver>> waivers_in(std::string_view ns) const;
  std::span<const std::shared_ptr<const Approval>> approvals_of(std::string_view ns, std::string_view review) const;
  Node namespace_labels(std::string_view ns) const;
};

}  // namespace launchgate
