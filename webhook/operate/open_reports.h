// OpenReports: keeps a Report of group openreports.io beside each LLM workload, for dashboards that read such, where the
// cluster has that kind (wire/open_report). The Keeper records each verdict here; what differs from what was written last is
// queued. A Report that stands there is read before it is written, and left alone where it says the same; a full pass looks
// at all of them again, so that one that somebody deleted comes back.
//
// The API server's garbage collector removes Reports, since the workload owns them. One whose workload is no longer judged is
// deleted, if this process wrote it.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "edge/telemetry/log.h"
#include "operate/api.h"
#include "operate/writer.h"
#include "verdict/verdict.h"

namespace launchgate {

// One thread's.
class OpenReports {
 public:
  using Steady = Writer::Steady;
  // Looks the object up and judges it: calls its argument with both, unless there is no such object.
  using Judge = std::function<void(const Target&, const std::function<void(const WorldObject&, const Verdict&)>&)>;

  OpenReports(Api& api, Log& log, bool on, WriterLimits limits = {10, 20})
      : api_(api), log_(log), on_(on), writer_(limits) {}

  void record(const WorldObject& object, const Verdict& verdict, Steady now);
  void forget(std::uint64_t workload) { written_.erase(workload); }  // it is gone
  void look_again() { written_.clear(); }                            // at what stands there
  void clear();                                                      // somebody else leads
  void flush(Steady now, std::size_t most, const Judge& judge);
  Steady next(Steady now);
  const WriterCounters& counters() const { return writer_.counters(); }

 private:
  Written write(const WorldObject& object, const Verdict& verdict, Steady now);
  Written withdraw(const WorldObject& object);
  Written failed(const WorldObject& object, const kube::Failure& failure);

  Api& api_;
  Log& log_;
  const bool on_;
  Writer writer_;
  std::unordered_map<std::uint64_t, std::string> written_;  // id_of() the workload -> digest of its Report
  Steady not_before_{};                                     // the cluster does not have the kind: asked again then
};

}  // namespace launchgate
