// Collection: what the cache keeps of one collection of the API server, decoded as it comes.
//
// A Reflector fills it; live look-ups offer what they found, and the newer resourceVersion wins. An object of ours that
// says something that cannot be meant keeps its last good version and is a problem. Any thread may call any of it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "edge/kube/reflector.h"
#include "wire/decode.h"

namespace launchgate::kube {

// The namespaces that hold a review: only there can somebody refer to a ConfigMap. Any thread may call any of it.
class Reviewed {
 public:
  bool holds(std::string_view ns) const;
  // Returns those that were not there before.
  std::vector<std::string> replace(std::unordered_set<std::string> now);

 private:
  mutable std::mutex mutex_;
  std::unordered_set<std::string> namespaces_;
};

// What is kept of each object.
enum class Keep : std::uint8_t {
  Whole,      // ours, and namespaces
  Workload,   // whole where it looks like an LLM workload or stands in a reviewed namespace; else that it is there
  Skeleton,   // that it is there and whose it is
  Reference,  // whole in reviewed namespaces, and nothing elsewhere
};

class Collection final : public Sink {
 public:
  // `changed` is called after what the judgement sees has changed; on the thread that changed it, with no lock held.
  Collection(Resource resource, Keep keep, const Reviewed& reviewed, std::function<void()> changed);

  void replace_begin() override;
  void replace_end() override;
  void upsert(Node object) override { take(object, Source::Watch); }
  void remove(Node object) override;

  // From a live look-up. `again`: also where the version is the one that is known, because more of it is to be kept now.
  void offer(Node object, bool again = false) { take(object, again ? Source::Again : Source::LookUp); }

  void add_to(World& world) const;
  std::unordered_set<std::string> namespaces() const;  // of its objects
  std::size_t size() const;
  const Resource& resource() const { return resource_; }
  Keep keep() const { return keep_; }

 private:
  enum class Source : std::uint8_t { Watch, LookUp, Again };
  struct Entry {
    Part part;
    std::shared_ptr<const Doc> doc;
    std::uint64_t version = 0;
    std::string problem;
  };

  void take(Node object, Source source);
  std::shared_ptr<const Doc> kept(Node object) const;
  bool store(const std::string& key, std::shared_ptr<const Doc> doc, std::uint64_t version, Source source);

  const Resource resource_;
  const std::string api_version_;
  const Keep keep_;
  const Reviewed& reviewed_;
  const std::function<void()> changed_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;       // by "namespace/name"
  std::unordered_map<std::string, std::uint64_t> gone_;  // deleted a moment ago, and at which version
  std::unordered_set<std::string> named_;                // by the list that is being handed over
  bool replacing_ = false, replaced_something_ = false;
};

}  // namespace launchgate::kube
