#include "wire/fleet.h"

#include <algorithm>
#include <tuple>

#include "gates/table.h"
#include "wire/crosswalk.h"
#include "wire/fleet_review.h"

namespace launchgate {
namespace {

constexpr Seconds kDay = std::chrono::hours{24};

// The highest tier first; a review without one comes last.
int rank(const FleetReview& r) { return r.tier ? -static_cast<int>(*r.tier) : 1; }

const FleetGate* gate_in(const FleetReview& review, std::size_t gate) {
  const auto at = std::find_if(review.gates.begin(), review.gates.end(), [&](const auto& g) { return g.gate == gate; });
  return at == review.gates.end() ? nullptr : &*at;
}

void count(FleetControl& control, const FleetReview& review) {
  bool asked = false, met = true;
  for (const std::size_t gate : control.gates) {
    const FleetGate* g = gate_in(review, gate);
    if (!g || g->outcome == Outcome::NotApplicable) continue;
    asked = true;
    met &= g->outcome == Outcome::Pass || g->outcome == Outcome::Warn;
  }
  if (!asked) return;
  ++control.asked;
  if (met) ++control.met;
  else control.open.push_back(review.ns + "/" + review.name);
}

}  // namespace

std::string_view FleetGate::effect() const {
  if (waits()) return "waits";
  switch (outcome) {
    case Outcome::Pass: return "met";
    case Outcome::NotApplicable: return "not applicable";
    case Outcome::Waived: return "waived";
    case Outcome::Warn: return "look";
    case Outcome::Fail:
    case Outcome::Unknown: break;
  }
  return action == Action::Deny ? "blocks" : action == Action::Warn ? "warns" : "recorded";
}

std::int64_t days_left(TimePoint now, TimePoint end) {
  return end <= now ? 0 : whole_days(end - now + kDay - Seconds{1});
}

std::string days_from(TimePoint now, TimePoint date) {
  const auto days = date > now ? days_left(now, date) : whole_days(now - date);
  if (days == 0) return "today";
  const auto text = std::to_string(days) + (days == 1 ? " day" : " days");
  return date > now ? "in " + text : text + " ago";
}

std::vector<FleetCrosswalk> fleet_crosswalks(const std::vector<FleetReview>& reviews) {
  std::vector<FleetCrosswalk> out;
  for (const Crosswalk& crosswalk : crosswalks()) {
    FleetCrosswalk& to = out.emplace_back(FleetCrosswalk{crosswalk.id, crosswalk.title, crosswalk.source, {}});
    for (const Control& c : crosswalk.controls) {
      FleetControl& control = to.controls.emplace_back(FleetControl{c.id, c.title, c.from, c.gates, 0, 0, {}});
      for (const FleetReview& review : reviews) count(control, review);
    }
  }
  return out;
}

FleetReport fleet_report(const Snapshot& world, std::string_view ns, std::string source, TimePoint now) {
  FleetReport out{now, std::move(source), {}, {}, {}};
  for (const auto& review : world.reviews)
    if (ns.empty() || review->ns == ns) out.reviews.push_back(fleet_review(world, *review, now));
  std::stable_sort(out.reviews.begin(), out.reviews.end(), [](const FleetReview& a, const FleetReview& b) {
    return std::tuple{rank(a), std::tie(a.team, a.ns, a.name)} < std::tuple{rank(b), std::tie(b.team, b.ns, b.name)};
  });
  for (const Verdict& v : audit_all(world, ns, now))
    if (!v.review) out.unreviewed.push_back(fleet_workload(v));
  out.crosswalks = fleet_crosswalks(out.reviews);
  return out;
}

}  // namespace launchgate
