// Keeper: the operator without its threads. Each turn() looks at the snapshot, does a slice of the work, and says when it
// wants the next turn.
//
//   Steady next = keeper.turn(feed.current(), system_clock::now(), steady_clock::now());
//
// Work: a review whose inputs have changed or whose date has come is examined with its workloads; a workload that no
// review covers is judged when it changes. What differs from the status that stands there is queued for the writer. The
// next snapshot is taken up when the last one has been worked through, so that nothing is judged against half a world.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <unordered_set>

#include "edge/telemetry/log.h"
#include "operate/audit.h"
#include "operate/changes.h"
#include "operate/counters.h"
#include "operate/events.h"
#include "operate/lease.h"
#include "operate/open_reports.h"
#include "operate/writer.h"
#include "verdict/examine.h"

namespace launchgate {

struct KeeperOptions {
  std::string instance;
  const AdmittedRevisions* memory = nullptr;
  EventLimits events = {};
  WriterLimits writes = {};
  bool open_reports = false;
  std::chrono::milliseconds settle{500};
  std::chrono::seconds full_pass{6 * 3600};
  std::chrono::milliseconds slice{20};  // of judging between two looks at the clock, the lease and the queues
};

// One thread's.
class Keeper {
 public:
  using Date = std::chrono::system_clock::time_point;

  // `leading` is asked before each write.
  Keeper(Api& api, Log& log, KeeperOptions options, std::function<bool()> leading);

  Steady turn(const std::shared_ptr<const Snapshot>& world, Date date, Steady now);
  void resign();  // somebody else leads: forgets everything
  OperatorCounters counters() const;

 private:
  struct Known {
    std::optional<TimePoint> next;  // when time alone may change it
    bool abroad = false;            // it refers to other namespaces
    bool ready = false, expired = false, drifted = false;
  };

  void take_up(std::shared_ptr<const Snapshot> world);
  void spread(const Changes& changes);
  void everything();
  void whole_namespace(const std::string& ns);
  void due();
  void work();
  void examine_review(const Review& review);
  void judge_workload(const WorldObject& object);
  void look_at_policies();
  void look_at_waivers(const Examination& e);
  void want(const Target& target, Node before, const Doc& status);
  void finished();
  void record(const WorldObject& object, const Verdict& verdict);
  void write_reports();
  Written write(const Target& target);
  Written write_status(const Resource& resource, const Target& target, const std::shared_ptr<const Doc>& object);
  std::optional<Doc> render(const Target& target, Node before) const;
  const Policy* find_policy(std::string_view name) const;
  const Waiver* find_waiver(const Key& key) const;
  void failed(const Target& target, const kube::Failure& failure);
  void tell(const Target& target, Node object, Node before, Node status);
  Steady when(TimePoint date) const;
  Steady next_turn();

  Api& api_;
  Log& log_;
  const KeeperOptions options_;
  const std::function<bool()> leading_;
  Events events_;
  Audit audit_;
  OpenReports reports_;
  Writer writer_;

  std::shared_ptr<const Snapshot> world_;  // that is being worked through or has been
  std::map<Key, Known> known_;
  std::set<Key> reviews_;                          // still to be examined
  std::deque<const WorldObject*> workloads_;       // of world_, still to be judged
  std::unordered_set<const WorldObject*> judged_;  // in this round
  std::optional<TimePoint> next_policy_;
  bool passing_ = false;  // this round is a full pass
  Steady pass_begun_{}, last_pass_{}, taken_up_{};
  std::optional<TimePoint> last_pass_date_;
  std::chrono::milliseconds pass_took_{0};
  Steady now_{};
  Date date_{};
};

}  // namespace launchgate
