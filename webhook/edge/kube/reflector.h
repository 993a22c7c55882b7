// Reflector: keeps a sink equal to one collection of the API server: a list, then a watch, for ever.
//
//   Reflector reviews{client, {"launchgate.dev", "v1alpha1", "readinessreviews", "ReadinessReview"}, {}, sink};
//   reviews.start();
//   reviews.state().synced      // the first list has been handed over
//
// The streaming initial list (sendInitialEvents, KEP-3157) where the server has it, else pages of `page` objects. Objects
// are decoded one by one as their bytes come. Bookmarks move the resourceVersion on; a watch that breaks goes on from
// there; 410 Gone lists again; a watch that is silent for longer than `idle` is taken for dead. Backoff with jitter, so
// that replicas do not come back all at once. A collection that is not there (404: no such CRD) is looked for again every
// `absent` and is no error of ours: state() says so. One that is not allowed (403) is absent only until it was listed once:
// later what is known is kept and grows old, because a server that has just started forbids everything for a moment.
//
// A thread and a connection each: HTTP/1.1 carries one watch a connection, and a thread that waits costs less than it
// takes to explain why there is none.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/doc.h"
#include "edge/kube/client.h"

namespace launchgate::kube {

// Called on the reflector's thread only; must not block for long and must not throw.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void replace_begin() = 0;  // a full list follows; what it does not name is gone at replace_end()
  virtual void replace_end() = 0;
  virtual void upsert(Node object) = 0;  // ADDED, MODIFIED or of a list (then without apiVersion and kind)
  virtual void remove(Node object) = 0;  // DELETED: its last state
};

struct ReflectorOptions {
  std::string ns = {};
  std::string label_selector = {}, field_selector = {};
  bool metadata_only = false;  // PartialObjectMetadata
  unsigned page = 500;
  std::chrono::milliseconds idle{120'000};  // without any event or bookmark; the server sends one a minute
  std::chrono::milliseconds absent{30'000};
  std::chrono::milliseconds first_backoff{500}, most_backoff{30'000};
};

struct ReflectorState {
  bool synced = false;                          // a list was handed over once; stays true while reconnecting
  bool absent = false;                          // the server does not serve it, or not to us
  std::chrono::steady_clock::time_point fresh;  // the last moment when the sink was known to be current
  std::string resource_version;
  std::string error;  // why it is not watching right now; empty: it is
  std::uint64_t lists = 0, watches = 0, events = 0;
};

class Reflector {
 public:
  // `client` and `sink` outlive it.
  Reflector(Client& client, Resource resource, ReflectorOptions options, Sink& sink);
  ~Reflector();                  // no call to the sink after it returns
  void start();                  // any thread
  void stop();                   // asks only; the destructor waits
  ReflectorState state() const;  // any thread
  const Resource& resource() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace launchgate::kube
