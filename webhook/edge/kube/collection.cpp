#include "edge/kube/collection.h"

#include <charconv>

#include "model/workload.h"
#include "verdict/detect.h"

namespace launchgate::kube {
namespace {

constexpr std::size_t kGoneKept = 4096;

std::string key_of(Node meta) {
  std::string key{meta["namespace"].text()};
  return key.append("/").append(meta["name"].text());
}

// Comparable within one resource: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
// (KEP-5504). What is no number counts as newer than anything.
std::uint64_t version_of(Node meta) {
  const auto text = meta["resourceVersion"].text();
  std::uint64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() ? out : ~std::uint64_t{0};
}

bool looks_like_llm(const Doc& doc) {
  const Workload workload = Workload::view(doc.root());
  return workload.kind && detect(workload, false, false).detected != Detected::None;
}

}  // namespace

bool Reviewed::holds(std::string_view ns) const {
  const std::lock_guard lock(mutex_);
  return namespaces_.contains(std::string{ns});
}

std::vector<std::string> Reviewed::replace(std::unordered_set<std::string> now) {
  std::vector<std::string> fresh;
  const std::lock_guard lock(mutex_);
  for (const std::string& ns : now)
    if (!namespaces_.contains(ns)) fresh.push_back(ns);
  namespaces_ = std::move(now);
  return fresh;
}

Collection::Collection(Resource resource, Keep keep, const Reviewed& reviewed, std::function<void()> changed)
    : resource_(std::move(resource)),
      api_version_(resource_.api_version()),
      keep_(keep),
      reviewed_(reviewed),
      changed_(std::move(changed)) {}

void Collection::replace_begin() {
  const std::lock_guard lock(mutex_);
  named_.clear();
  replacing_ = true;
  replaced_something_ = false;
}

void Collection::replace_end() {
  bool changed;
  {
    const std::lock_guard lock(mutex_);
    changed = replaced_something_ || std::erase_if(entries_, [&](const auto& e) { return !named_.contains(e.first); });
    gone_.clear();
    named_ = {};
    replacing_ = false;
  }
  if (changed) changed_();
}

void Collection::remove(Node object) {
  const Node meta = object["metadata"];
  bool changed;
  {
    const std::lock_guard lock(mutex_);
    const std::string key = key_of(meta);
    if (gone_.size() >= kGoneKept) gone_.clear();
    gone_[key] = version_of(meta);
    changed = entries_.erase(key) > 0;
  }
  if (changed) changed_();
}

std::shared_ptr<const Doc> Collection::kept(Node object) const {
  const TypeMeta type{api_version_, resource_.kind};
  switch (keep_) {
    case Keep::Skeleton: return skeleton(object, type);
    case Keep::Reference: {
      const auto ns = object["metadata"]["namespace"].text();
      return ns.empty() || reviewed_.holds(ns) ? slim(object, type) : nullptr;
    }
    case Keep::Whole: return slim(object, type);
    case Keep::Workload: break;
  }
  auto whole = slim(object, type);
  // What stands in no namespace is few, and any review may depend on it.
  const auto ns = object["metadata"]["namespace"].text();
  return ns.empty() || reviewed_.holds(ns) || looks_like_llm(*whole) ? whole : skeleton(object, type);
}

// True if the judgement would see a difference.
bool Collection::store(const std::string& key, std::shared_ptr<const Doc> doc, std::uint64_t version, Source source) {
  const std::lock_guard lock(mutex_);
  if (replacing_) named_.insert(key);
  if (source != Source::Watch)
    if (const auto gone = gone_.find(key); gone != gone_.end() && version <= gone->second) return false;
  const auto known = entries_.find(key);
  if (!doc) return known != entries_.end() && entries_.erase(key) > 0;
  Entry fresh{{}, doc, version, {}};
  if (known != entries_.end()) {
    Entry& entry = known->second;
    if (version < entry.version || (version == entry.version && source == Source::LookUp)) return false;
    if (same(entry.doc->root(), doc->root())) {
      entry.version = version;
      return false;
    }
    fresh.part = entry.part;  // the last good one, should this be none
  }
  auto decoded = decode(std::move(doc), {});
  if (decoded) fresh.part = std::move(*decoded);
  else fresh.problem = resource_.kind + " " + key + ": " + decoded.error().text();
  entries_[key] = std::move(fresh);
  if (replacing_) replaced_something_ = true;
  return true;
}

void Collection::take(Node object, Source source) {
  const Node meta = object["metadata"];
  const bool changed = store(key_of(meta), kept(object), version_of(meta), source);
  bool later;
  {
    const std::lock_guard lock(mutex_);
    later = replacing_;  // replace_end() tells
  }
  if (changed && !later) changed_();
}

void Collection::add_to(World& world) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, entry] : entries_) {
    launchgate::add_to(world, entry.part);
    if (!entry.problem.empty()) world.problems.push_back(Error{entry.problem});
  }
}

std::unordered_set<std::string> Collection::namespaces() const {
  std::unordered_set<std::string> out;
  const std::lock_guard lock(mutex_);
  for (const auto& [key, entry] : entries_) out.insert(key.substr(0, key.find('/')));
  return out;
}

std::size_t Collection::size() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

}  // namespace launchgate::kube
