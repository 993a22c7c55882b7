// Audit: what is known of every workload that runs, by the same judgement as its rollout's. Whoever judges one (for the
// status of a review, or because it changed) records it here; here it is counted, and told by an Event when something
// new is wrong with it.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "operate/counters.h"
#include "operate/events.h"
#include "verdict/verdict.h"

namespace launchgate {

// One thread's.
class Audit {
 public:
  explicit Audit(Events& events) : events_(events) {}

  void record(const WorldObject& object, const Verdict& verdict, Events::Steady now, Events::Date date);
  void forget(std::uint64_t workload) { entries_.erase(workload); }  // it is gone
  void begin_pass() { ++pass_; }
  void end_pass();  // what was not recorded since begin_pass() is gone
  void clear() { entries_.clear(); }

  std::vector<AuditCount> counts() const;
  std::uint64_t judged() const { return judged_; }

 private:
  // Sixteen bytes: a cluster has many workloads, and most are none of ours.
  struct Entry {
    std::uint64_t problem = 0;  // what was wrong with it when an Event said so; 0: nothing
    std::uint32_t pass = 0;
    std::uint8_t kind = 0, step = 0, decision = 0;
    bool unreviewed = false;
  };

  Events& events_;
  std::unordered_map<std::uint64_t, Entry> entries_;  // by id_of() the object
  std::uint32_t pass_ = 0;
  std::uint64_t judged_ = 0;
};

}  // namespace launchgate
