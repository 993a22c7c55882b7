#include "operate/keeper.h"

#include <algorithm>

#include "gates/waivers.h"
#include "verdict/match.h"
#include "verdict/next_date.h"
#include "wire/status.h"

namespace launchgate {
namespace {

constexpr std::size_t kCallsATurn = 10;
constexpr std::chrono::hours kLongestSleep{1};  // clocks are set, machines are suspended

TimePoint seconds(Keeper::Date date) { return std::chrono::floor<Seconds>(date); }

bool condition_is(Node status, std::string_view type, std::string_view value) {
  for (Node c : status["conditions"])
    if (c["type"].text() == type) return c["status"].text() == value;
  return false;
}

}  // namespace

Keeper::Keeper(Api& api, Log& log, KeeperOptions options, std::function<bool()> leading)
    : api_(api),
      log_(log),
      options_(std::move(options)),
      leading_(std::move(leading)),
      events_(api, options_.instance, options_.events),
      audit_(events_),
      reports_(api_, log_, options_.open_reports),
      writer_(options_.writes) {}

void Keeper::resign() {
  world_.reset();
  known_.clear();
  reviews_.clear();
  workloads_.clear();
  judged_.clear();
  passing_ = false;
  audit_.clear();
  events_.forget();
  reports_.clear();
  writer_.clear();
}

Steady Keeper::turn(const std::shared_ptr<const Snapshot>& world, Date date, Steady now) {
  now_ = now;
  date_ = date;
  const bool idle = reviews_.empty() && workloads_.empty();
  const bool rested = !world_ || now >= taken_up_ + options_.settle;
  if (world && world != world_ && idle && rested) take_up(world);
  if (!world_) return now + kLongestSleep;
  due();
  work();
  writer_.flush(now_, kCallsATurn, [this](const Target& t) { return write(t); });
  if (leading_()) events_.flush(now_, kCallsATurn);
  if (leading_()) write_reports();
  Steady next = next_turn();
  if (world && world != world_) next = std::min(next, std::max(now_, taken_up_ + options_.settle));
  return next;
}

void Keeper::take_up(std::shared_ptr<const Snapshot> world) {
  const Changes changes = changes_between(world_.get(), *world);
  world_.swap(world);  // the old one lives until the changes have been spread
  taken_up_ = now_;
  spread(changes);
  if (changes.policies) look_at_policies();
}

void Keeper::spread(const Changes& changes) {
  for (const Key& key : changes.gone) {
    known_.erase(key);
    writer_.settled({Target::Kind::Review, key.first, key.second});
  }
  for (const std::uint64_t id : changes.gone_workloads) {
    audit_.forget(id);
    reports_.forget(id);
  }
  if (changes.all) return everything();
  reviews_.insert(changes.reviews.begin(), changes.reviews.end());
  workloads_.insert(workloads_.end(), changes.workloads.begin(), changes.workloads.end());
  for (const std::string& ns : changes.namespaces) whole_namespace(ns);
  if (changes.namespaces.empty()) return;
  for (const auto& [key, known] : known_)
    if (known.abroad) reviews_.insert(key);
}

void Keeper::everything() {
  passing_ = true;
  pass_begun_ = std::chrono::steady_clock::now();
  last_pass_ = now_;
  audit_.begin_pass();
  reports_.look_again();
  judged_.clear();
  workloads_.clear();
  for (const auto& review : world_->reviews) reviews_.insert(key_of(*review));
  for (const auto& object : world_->objects)
    if (is_gated(*world_, *object)) workloads_.push_back(object.get());
  next_policy_ = next_policy_date(*world_, seconds(date_));
}

void Keeper::whole_namespace(const std::string& ns) {
  for (const auto& review : world_->reviews_in(ns)) reviews_.insert(key_of(*review));
  for (const Kind* kind : world_->kinds.all())
    world_->each(kind->kind, ns, [&](const WorldObject& o) {
      const bool of_kind = group_of(o.object->root()["apiVersion"].text()) == kind->group;
      if (of_kind && kind->gated()) workloads_.push_back(&o);
    });
}

// What time has changed.
void Keeper::due() {
  const TimePoint today = seconds(date_);
  if ((next_policy_ && *next_policy_ <= today) || now_ >= last_pass_ + options_.full_pass) {
    everything();
    look_at_policies();
  }
  for (auto& [key, known] : known_)
    if (known.next && *known.next <= today) {
      known.next.reset();
      reviews_.insert(key);
    }
}

void Keeper::work() {
  if (reviews_.empty() && workloads_.empty()) return;
  const Steady until = std::chrono::steady_clock::now() + options_.slice;
  do {
    if (!reviews_.empty()) {
      const Key key = *reviews_.begin();
      reviews_.erase(reviews_.begin());
      if (const Review* review = world_->find_review(key.first, key.second)) examine_review(*review);
    } else {
      const WorldObject* object = workloads_.front();
      workloads_.pop_front();
      judge_workload(*object);
    }
    if (reviews_.empty() && workloads_.empty()) return finished();
  } while (std::chrono::steady_clock::now() < until);
}

void Keeper::examine_review(const Review& review) {
  const TimePoint today = seconds(date_);
  const Examination e = examine(*world_, review, today, options_.memory);
  for (const Running& r : e.running)
    if (judged_.insert(r.object).second) record(*r.object, r.verdict);
  const Node before = review.object->root()["status"];
  const Doc status = review_status(*world_, e, before, today);
  Known& known = known_[key_of(review)];
  known.next = next_review_date(*world_, review, today);
  known.abroad = looks_abroad(review);
  known.ready = condition_is(status.root(), "Ready", "True");
  known.expired = condition_is(status.root(), "Expired", "True");
  known.drifted = condition_is(status.root(), "Drifted", "True");
  want({Target::Kind::Review, review.ns, review.name}, before, status);
  look_at_waivers(e);
}

void Keeper::want(const Target& target, Node before, const Doc& status) {
  const std::string wanted = status_digest(status.root()), found{before["digest"].text()};
  if (wanted == found) writer_.settled(target);
  else writer_.want(target, found, wanted, now_);
}

// They are read with the review that they concern: its tier and its policies say how long one may last.
void Keeper::look_at_waivers(const Examination& e) {
  for (const auto& waiver : world_->waivers_in(e.review->ns)) {
    if (!concerns(*waiver, *e.review)) continue;
    const Node before = waiver->object->root()["status"];
    want({Target::Kind::Waiver, waiver->ns, waiver->name}, before,
         waiver_status(*world_, *waiver, before, seconds(date_), &e));
  }
}

void Keeper::judge_workload(const WorldObject& object) {
  if (!judged_.insert(&object).second) return;
  record(object, audit(*world_, object.object->root(), seconds(date_)));
}

void Keeper::record(const WorldObject& object, const Verdict& verdict) {
  audit_.record(object, verdict, now_, date_);
  reports_.record(object, verdict, now_);
}

void Keeper::look_at_policies() {
  for (const Policy& policy : world_->policies) {
    if (!policy.object) continue;
    const Node before = policy.object->root()["status"];
    want({Target::Kind::Policy, {}, policy.name}, before, policy_status(*world_, policy, before, seconds(date_)));
  }
}

// The round is over: every workload that was to be judged has been.
void Keeper::finished() {
  judged_.clear();
  if (!passing_) return;
  passing_ = false;
  audit_.end_pass();
  last_pass_date_ = seconds(date_);
  pass_took_ = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - pass_begun_);
  log_.info("audited", {{"reviews", known_.size()},
                        {"objects", world_->objects.size()},
                        {"to_write", writer_.waiting()},
                        {"duration_ms", pass_took_.count()}});
}

Steady Keeper::when(TimePoint date) const {
  const auto ahead = Date{date} - date_;
  if (ahead > kLongestSleep) return now_ + kLongestSleep;
  return now_ + std::max(std::chrono::duration_cast<Steady::duration>(ahead), Steady::duration::zero());
}

Steady Keeper::next_turn() {
  if (!reviews_.empty() || !workloads_.empty()) return now_;
  Steady next = std::min(now_ + kLongestSleep, last_pass_ + options_.full_pass);
  if (next_policy_) next = std::min(next, when(*next_policy_));
  std::optional<TimePoint> first;
  for (const auto& [key, known] : known_)
    if (known.next && (!first || *known.next < *first)) first = known.next;
  if (first) next = std::min(next, when(*first));
  return std::min({next, writer_.next(now_), events_.next(now_), reports_.next(now_)});
}

const Policy* Keeper::find_policy(std::string_view name) const {
  for (const Policy& p : world_->policies)
    if (p.name == name && p.object) return &p;
  return nullptr;
}

const Waiver* Keeper::find_waiver(const Key& key) const {
  for (const auto& waiver : world_->waivers_in(key.first))
    if (waiver->name == key.second) return waiver.get();
  return nullptr;
}

OperatorCounters Keeper::counters() const {
  OperatorCounters c;
  c.leading = leading_();
  if (world_) c.audit = audit_.counts();
  c.last_full_pass = last_pass_date_;
  c.full_pass_took = pass_took_;
  c.judged = audit_.judged();
  c.reviews = known_.size();
  for (const auto& [key, known] : known_) {
    c.reviews_ready += known.ready;
    c.reviews_expired += known.expired;
    c.reviews_drifted += known.drifted;
  }
  if (world_)
    for (const auto& waiver : world_->waivers) {
      const Node status = waiver->object->root()["status"];
      const bool in_force = condition_is(status, "InForce", "True");
      c.waivers_in_force += in_force;
      c.waivers_not_in_force += !in_force;
      c.waivers_ending += condition_is(status, "EndsSoon", "True");
    }
  c.status_writes = writer_.counters().writes;
  c.status_conflicts = writer_.counters().conflicts;
  c.status_failures = writer_.counters().failures;
  c.status_waiting = writer_.waiting();
  const EventCounters& e = events_.counters();
  c.events_sent = e.sent;
  c.events_repeated = e.repeated;
  c.events_dropped = e.dropped;
  c.events_failed = e.failed;
  return c;
}

}  // namespace launchgate
