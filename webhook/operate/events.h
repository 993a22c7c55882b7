// Events (events.k8s.io/v1): what went wrong, where people look for it (kubectl describe, kubectl events).
//
//   Events events{api, {.instance = pod_name}};
//   events.tell({"ReadinessReview", …, "ReviewExpired", "the review ended …"}, now, date);   // queues; no call
//   events.flush(now, 10);                                                                     // calls, within the limits
//
// Never of what is well. The same event again (object, reason, note) is one Event with a growing series, written at most
// every few minutes; its name is made of what it says, so that a restarted or another replica does not say it twice. Each
// object has a bucket of its own beside the common one, and the queue is bounded: under load events are dropped and
// counted, never anything else held up. A note with something like a credential in it is withheld.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <unordered_map>

#include "operate/api.h"
#include "operate/bucket.h"

namespace launchgate {

struct EventLimits {
  double per_second = 5, burst = 50;            // calls, over all objects
  double object_burst = 5;                      // new events of one object …
  std::chrono::seconds object_refill{300};      // … and one more after this time
  std::chrono::seconds series{300};             // between two writes of one series
  std::size_t queue = 1000, remembered = 4096;  // events
};

struct Happening {
  std::string api_version, kind, ns, name, uid;  // the object that it is about; ns empty: cluster-scoped
  std::string reason;                            // CamelCase
  std::string action;                            // what launchgate did: Audited, Judged
  std::string note;                              // at most 1024 bytes; more is cut
};

struct EventCounters {
  std::uint64_t sent = 0, repeated = 0, dropped = 0, failed = 0;
};

// One thread's.
class Events {
 public:
  using Steady = Bucket::Steady;
  using Date = std::chrono::system_clock::time_point;

  Events(Api& api, std::string instance, EventLimits limits = {});

  void tell(const Happening& what, Steady now, Date date);
  // Sends what may be sent by now, with `most` calls at most.
  void flush(Steady now, std::size_t most);
  // When flush() has something to do again; Steady::max(): nothing waits.
  Steady next(Steady now);
  const EventCounters& counters() const { return counters_; }
  void forget();  // what waits and what was told: another replica leads

 private:
  struct Told {
    std::string key, name, ns, body;
    std::string last_seen;    // MicroTime of the last time
    std::uint64_t count = 1;  // times that it happened
    Steady written{};
    bool queued = false, created = false;
  };
  using Position = std::list<Told>::iterator;

  bool object_allows(const std::string& uid, Steady now);
  void send(Told& told, Steady now);
  void create(Told& told);

  Api& api_;
  const std::string instance_;
  const EventLimits limits_;
  Bucket bucket_;
  std::list<Told> told_;  // the last touched first
  std::unordered_map<std::string, Position> by_key_;
  std::unordered_map<std::string, Bucket> objects_;
  std::deque<std::string> queue_;  // keys
  EventCounters counters_;
};

}  // namespace launchgate
