#include "model/snapshot.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace launchgate {

std::uint64_t hash_of(std::string_view a, std::string_view b, std::string_view c) {
  std::uint64_t h = 0xcbf29ce484222325ULL;  // FNV-1a, then mixed so that the high bits choose the bucket well
  const auto eat = [&](std::string_view s) {
    for (char ch : s) h = (h ^ static_cast<unsigned char>(ch)) * 0x100000001b3ULL;
    h = (h ^ 0xff) * 0x100000001b3ULL;
  };
  eat(a);
  eat(b);
  eat(c);
  h ^= h >> 32;
  h *= 0x9e3779b97f4a7c15ULL;
  return h ^ (h >> 29);
}

std::string hex_of(std::uint64_t hash) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += digits[(hash >> shift) & 15];
  return out;
}

namespace {

// Of a list that is sorted by namespace first.
template <class T>
std::span<const std::shared_ptr<const T>> in_namespace(const std::vector<std::shared_ptr<const T>>& all,
                                                       std::string_view ns) {
  const auto first = std::partition_point(all.begin(), all.end(), [&](const auto& o) { return o->ns < ns; });
  const auto last = std::partition_point(first, all.end(), [&](const auto& o) { return o->ns <= ns; });
  return {first, last};
}

}  // namespace

void HashIndex::build() {
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return a.hash != b.hash ? a.hash < b.hash : a.value < b.value; });
  entries_.shrink_to_fit();
  const auto buckets = std::bit_ceil(std::max<std::size_t>(entries_.size(), 2));
  shift_ = 64u - static_cast<unsigned>(std::countr_zero(buckets));
  starts_.assign(buckets + 1, 0);
  for (const Entry& e : entries_) ++starts_[(e.hash >> shift_) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

void Snapshot::index() {
  for (std::uint32_t i = 0; i < reviews.size(); ++i)
    for (const Cover& c : reviews[i]->covers) {
      auto& into = c.name.empty() ? reviews_by_selector : reviews_by_name;
      into.add(hash_of(reviews[i]->ns, c.kind, c.name), i);
    }
  for (std::uint32_t i = 0; i < objects.size(); ++i) {
    objects_by_name.add(hash_of(objects[i]->kind, objects[i]->ns, objects[i]->name), i);
    objects_by_kind.add(hash_of(objects[i]->kind, objects[i]->ns, {}), i);
  }
  reviews_by_name.build();
  reviews_by_selector.build();
  objects_by_name.build();
  objects_by_kind.build();
  memos = ReviewMemos{reviews.size()};
}

std::size_t Snapshot::position_of(const Review& review) const {
  const auto at = std::lower_bound(reviews.begin(), reviews.end(), review, [](const auto& held, const Review& wanted) {
    return std::tie(held->ns, held->name) < std::tie(wanted.ns, wanted.name);
  });
  return static_cast<std::size_t>(at - reviews.begin());
}

std::span<const std::shared_ptr<const Review>> Snapshot::reviews_in(std::string_view ns) const {
  return in_namespace(reviews, ns);
}

const Review* Snapshot::find_review(std::string_view ns, std::string_view name) const {
  const auto all = reviews_in(ns);
  const auto at = std::partition_point(all.begin(), all.end(), [&](const auto& r) { return r->name < name; });
  return at != all.end() && (*at)->name == name ? at->get() : nullptr;
}

const WorldObject* Snapshot::find(std::string_view kind, std::string_view ns, std::string_view name) const {
  const WorldObject* found = nullptr;
  objects_by_name.find(hash_of(kind, ns, name), [&](std::uint32_t i) {
    const auto& o = *objects[i];
    if (!found && o.kind == kind && o.ns == ns && o.name == name) found = &o;
  });
  return found;
}

std::span<const std::shared_ptr<const Waiver>> Snapshot::waivers_in(std::string_view ns) const {
  return in_namespace(waivers, ns);
}

std::span<const std::shared_ptr<const Approval>> Snapshot::approvals_of(std::string_view ns,
                                                                        std::string_view review) const {
  const std::pair key{ns, review};
  const auto key_of = [](const auto& a) { return std::pair{std::string_view{a->ns}, std::string_view{a->review}}; };
  const auto first =
      std::partition_point(approvals.begin(), approvals.end(), [&](const auto& a) { return key_of(a) < key; });
  const auto last = std::partition_point(first, approvals.end(), [&](const auto& a) { return key_of(a) <= key; });
  return {first, last};
}

Node Snapshot::namespace_labels(std::string_view ns) const {
  const auto found = namespaces.find(std::string{ns});
  return found == namespaces.end() ? Node{} : found->second->root();
}

}  // namespace launchgate
