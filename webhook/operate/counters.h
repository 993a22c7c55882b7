// What the operator has done and found, for metrics. Plain values; no label grows with what runs in the cluster: kinds
// are those of the kinds table, decisions those of verdict/verdict.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"

namespace launchgate {

// What the audit found of one kind of workload, and how much of it was looked at.
struct AuditCount {
  std::array<std::uint64_t, 4> decisions{};  // judged as LLM workloads, by Decision: allow, audit, warn, deny
  std::uint64_t not_llm = 0;                 // or opted out
  std::uint64_t owned = 0;                   // their owner is judged in their place
  std::uint64_t exempt = 0;                  // by policy
  std::uint64_t unreviewed = 0;              // of those judged: no review covers them
};

struct OperatorCounters {
  bool leading = false;
  std::uint64_t transitions = 0;  // times that this process became the leader

  std::vector<AuditCount> audit;  // by position in kinds_table(); only of the leader, else empty
  std::optional<TimePoint> last_full_pass;
  std::chrono::milliseconds full_pass_took{0};
  std::uint64_t judged = 0;  // judgements made by the audit since the start

  std::uint64_t reviews = 0, reviews_ready = 0, reviews_expired = 0, reviews_drifted = 0;  // only of the leader

  std::uint64_t waivers_in_force = 0, waivers_not_in_force = 0,
                waivers_ending = 0;  // by their status; only of the leader

  std::uint64_t status_writes = 0, status_conflicts = 0, status_failures = 0;
  std::uint64_t status_waiting = 0;  // that are to be written
  std::uint64_t events_sent = 0, events_repeated = 0, events_dropped = 0, events_failed = 0;
};

}  // namespace launchgate
