#include "serve/observe.h"

#include <algorithm>
#include <array>
#include <vector>

#include "gates/table.h"
#include "serve/room.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 3> kOperations{"CREATE", "UPDATE", "other"};
constexpr std::array<std::string_view, 5> kErrors{"malformed", "object", "deadline", "internal", "not_synced"};
constexpr std::array<std::string_view, 4> kReloads{"ok", "problems", "vanished", "failed"};
constexpr std::size_t kDecisionError = 4;  // after the four of Decision
constexpr std::size_t kModeNone = 3;       // after the three of Mode: no policy was asked

template <class Enum>
std::size_t position(Enum value) {
  return static_cast<std::size_t>(value);
}

template <class Enum>
std::vector<std::string> names_of(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.emplace_back(to_string(static_cast<Enum>(i)));
  return out;
}

std::string_view operation_name(Operation operation) { return kOperations[position(operation)]; }

std::string_view tier_of(const Verdict& v) {
  return v.judged() && v.review ? to_string(v.tiering.tier) : std::string_view{};
}

}  // namespace

MetricNames metric_names(std::string version) {
  MetricNames names;
  names.kinds = kind_labels();
  names.kinds.emplace_back("other");
  names.operations.assign(kOperations.begin(), kOperations.end());
  names.decisions = names_of<Decision>(kDecisionError);
  names.decisions.emplace_back("error");
  names.modes = names_of<Mode>(kModeNone);
  names.modes.emplace_back("none");
  for (const Gate& gate : gate_table()) names.gates.emplace_back(gate.id);
  names.outcomes = names_of<Outcome>(position(Outcome::Unknown) + 1);
  names.errors.assign(kErrors.begin(), kErrors.end());
  names.reloads.assign(kReloads.begin(), kReloads.end());
  names.version = std::move(version);
  return names;
}

void observe_verdict(Room& room, const Exchange& x, std::chrono::nanoseconds took) {
  const Verdict& v = x.verdict;
  const Change& c = x.change;
  Metrics::Local& counts = room.metrics.local();
  counts.admission({kind_position(v.workload.kind), position(c.operation), position(v.decision),
                    v.workload.kind ? position(v.mode) : kModeNone, c.dry_run, took});
  thread_local std::vector<std::string_view> failed;
  failed.clear();
  for (const GateResult& r : v.gates) {
    counts.gate(r.gate, position(r.finding.outcome));
    if (r.unmet()) failed.push_back(gate_table()[r.gate].id);
  }
  if (!room.log.enabled(Level::info)) return;
  room.log.info("decision",
                {{"uid", x.uid},
                 {"operation", operation_name(c.operation)},
                 {"kind", c.kind},
                 {"namespace", c.ns},
                 {"name", c.name},
                 {"decision", to_string(v.decision)},
                 {"mode", v.workload.kind ? to_string(v.mode) : std::string_view{}},
                 {"step", to_string(v.step)},
                 {"tier", tier_of(v)},
                 {"review", v.review ? std::string_view{v.review->name} : std::string_view{}},
                 {"failed", std::span<const std::string_view>{failed}},
                 {"digest", std::string_view{v.digest}},
                 {"dry_run", c.dry_run},
                 {"user", v.allowed() ? std::string_view{} : c.user},  // who is refused will ask; nobody else is noted
                 {"duration_us", took.count() / 1000}});
}

void observe_failure(Room& room, const Exchange& x, NoVerdict why, std::chrono::nanoseconds took) {
  Metrics::Local& counts = room.metrics.local();
  counts.error(position(why));
  const std::string_view reason = kErrors[position(why)];
  if (why == NoVerdict::Malformed || why == NoVerdict::NotSynced)  // no AdmissionReview, or none that was opened
    return room.log.info("request refused",
                         {{"reason", reason}, {"error", x.error}, {"duration_us", took.count() / 1000}});
  const Change& c = x.change;
  counts.admission(
      {kind_position(find_kind(c.group, c.kind)), position(c.operation), kDecisionError, kModeNone, c.dry_run, took});
  room.log.warn("decision", {{"uid", x.uid},
                             {"operation", operation_name(c.operation)},
                             {"kind", c.kind},
                             {"namespace", c.ns},
                             {"name", c.name},
                             {"decision", "error"},
                             {"reason", reason},
                             {"error", x.error},
                             {"dry_run", c.dry_run},
                             {"duration_us", took.count() / 1000}});
}

std::map<std::string, std::size_t> count_objects(const Snapshot& world) {
  std::map<std::string, std::size_t> out{{"ReadinessReview", world.reviews.size()},
                                         {"ReadinessPolicy", world.policies.size()},
                                         {"Namespace", world.namespaces.size()}};
  for (const auto& object : world.objects) ++out[object->kind];
  return out;
}

}  // namespace launchgate
