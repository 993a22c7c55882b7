// The operator: keeps the status of reviews and policies, tells by Events what went wrong, and audits what runs.
//
//   KubeApi api{client};
//   Operator op{api, feed, log, {.identity = pod_name, .ns = pod_namespace, .memory = &memory}};
//   op.start();
//   op.counters()                 // for /metrics; any thread
//   op.stop();                    // gives the lease back
//
// Two threads: one holds the Lease (lease.h), one looks at each new snapshot, and sleeps in between until the next date
// that can change anything (verdict/next_date). Only the leader judges and writes; what it writes goes through server-side
// apply, and only where it differs from what stands there. It holds no lock while it judges, works in slices, and runs
// at a lower priority than the threads that answer requests.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "edge/telemetry/log.h"
#include "operate/api.h"
#include "operate/counters.h"
#include "operate/events.h"
#include "operate/feed.h"
#include "operate/lease.h"
#include "operate/writer.h"

namespace launchgate {

struct OperatorOptions {
  std::string identity;                       // of this replica: the Pod's name, and something random
  std::string ns;                             // in which the Lease stands
  std::string lease = "launchgate";           // its name
  std::string instance;                       // reportingInstance of Events; empty: identity
  const AdmittedRevisions* memory = nullptr;  // what this process admitted, until a status says so; outlives it
  LeaseTimes lease_times = {};
  EventLimits events = {};
  WriterLimits writes = {};
  bool open_reports = false;  // keep a Report of OpenReports beside each LLM workload, where the cluster has that kind
  std::chrono::milliseconds settle{500};     // between two looks at snapshots: changes come in crowds
  std::chrono::seconds full_pass{6 * 3600};  // everything is judged again this often, whatever did not change
  std::function<TimePoint()> now;            // the date; empty: the system's clock
};

class Operator {
 public:
  // `api`, `feed` and `log` outlive it.
  Operator(Api& api, WorldFeed& feed, Log& log, OperatorOptions options);
  ~Operator();  // stops
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  void start();
  void stop();  // waits for the call that is under way, releases the lease; any thread but its own

  bool leading() const;               // any thread
  OperatorCounters counters() const;  // any thread

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace launchgate
