#include "verdict/next_date.h"

#include <algorithm>
#include <vector>

#include "model/limits.h"

namespace launchgate {
namespace {

constexpr Seconds kDay = std::chrono::hours{24};

// Calls visit(time) for every text below `node` that is a date.
template <class Visit>
void each_date(Node node, Visit&& visit) {
  if (node.is_string()) {
    const auto text = node.text();
    if (text.size() < 10 || text.size() > 40 || text[4] != '-' || text[7] != '-') return;  // most texts are no date
    if (const auto time = parse_time(text)) visit(*time);
    if (const auto end = parse_end(text)) visit(*end);
    return;
  }
  for (Node child : node) each_date(child, visit);
}

template <class Visit>
void each_duration(Node node, Visit&& visit) {
  if (node.is_string()) {
    if (node.text().size() > 12) return;
    if (const auto span = parse_duration(node.text())) visit(*span);
    return;
  }
  for (Node child : node) each_duration(child, visit);
}

// Times of day, in seconds after midnight UTC, at which something may change.
class TimesOfDay {
 public:
  explicit TimesOfDay(const Snapshot& world) {
    add_limits(world.builtin.limits);
    for (const Policy& p : world.policies) add_limits(p.limits);
  }
  // A span that dates may be compared with. Whole days do not move the time of day.
  void span(Seconds s) {
    if (const Seconds rest = s % kDay; rest.count() != 0) add(spans_, rest);
  }
  void date(TimePoint t) { add(dates_, of_day(t.time_since_epoch())); }

  std::optional<TimePoint> next(TimePoint now) const {
    std::optional<TimePoint> first;
    const auto try_at = [&](Seconds time_of_day) {
      const Seconds ahead = of_day(time_of_day - now.time_since_epoch());
      const TimePoint at = now + (ahead.count() == 0 ? kDay : ahead);
      if (!first || at < *first) first = at;
    };
    for (Seconds date : dates_) {
      for (Seconds more : {Seconds{0}, Seconds{1}}) {
        try_at(date + more);
        for (Seconds span : spans_) try_at(date + span + more), try_at(date - span + more);
      }
    }
    return first;
  }

 private:
  static Seconds of_day(Seconds s) { return ((s % kDay) + kDay) % kDay; }
  static void add(std::vector<Seconds>& to, Seconds s) {
    if (std::find(to.begin(), to.end(), s) == to.end()) to.push_back(s);
  }
  void add_limits(const Limits& limits) {
    for (const LimitRow& row : limit_table())
      if (row.duration)
        for (Tier tier : kTiers) span(Seconds{static_cast<std::int64_t>(limits.get(row.limit, tier))});
  }

  std::vector<Seconds> dates_, spans_;
};

}  // namespace

std::optional<TimePoint> next_policy_date(const Snapshot& world, TimePoint now) {
  std::optional<TimePoint> first;
  const auto take = [&](TimePoint t) {
    if (t > now && (!first || t < *first)) first = t;
  };
  for (const Policy& p : world.policies) {
    if (p.enforce_from) take(*p.enforce_from);
    for (const GateSetting& s : p.gates)
      for (const auto& date : s.enforce_from.values)
        if (date) take(*date);
    if (p.object) each_date(p.object->root()["spec"], take);
  }
  return first;
}

std::optional<TimePoint> next_review_date(const Snapshot& world, const Review& review, TimePoint now) {
  TimesOfDay times{world};
  const auto date = [&](TimePoint t) { times.date(t); };
  const auto span = [&](Seconds s) {
    if (s > kDay) times.span(s);  // "timeout: 30s" is no age
  };
  if (review.created) date(*review.created);
  if (review.expires_at) date(*review.expires_at);
  each_date(review.spec(), date);
  each_duration(review.spec(), span);
  for (const EvalReport& report : review.evidence.reports)
    if (report.ran_at) date(*report.ran_at);
  if (review.evidence.adversarial.ran_at) date(*review.evidence.adversarial.ran_at);
  for (const auto& waiver : world.waivers_in(review.ns)) {
    each_date(waiver->object->root()["spec"], date);
    if (waiver->created) date(*waiver->created);
  }
  return times.next(now);
}

}  // namespace launchgate
