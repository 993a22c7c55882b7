// FleetReport: all that is known of the reviews of a fleet on one day, as a value: what `launchgate report` renders as a
// page, a table and JSON, and what nobody else has to ask a snapshot for.
//
//   const FleetReport report = fleet_report(world, "", "examples", now);
//   write(fleet_html(report));
//
// The same snapshot and the same `now` give the same report, byte for byte. Texts of users are taken over as they stand,
// but for what looks like a credential; each renderer escapes for its own form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "verdict/grounds.h"

namespace launchgate {

struct FleetGate {
  std::size_t gate = 0;  // position in the gate table
  Outcome outcome{}, without_waiver{};
  Action action{};       // what being unmet leads to
  std::string strength;  // of a Pass
  std::string reason, message, fix, path;
  std::string workload;  // whose result it is, where the review covers several: the worst of them
  std::string waiver;    // that excuses it
  std::string policy;    // that asks for it
  bool waits() const { return reason == "NoWorkload"; }  // nothing runs yet that it could look at
  bool unmet() const { return !waits() && (outcome == Outcome::Fail || outcome == Outcome::Unknown); }
  bool met() const { return outcome == Outcome::Pass || outcome == Outcome::NotApplicable; }
  // "blocks", "warns", "recorded", "waived", "look", "waits", "met" or "not applicable": what it comes to, for people.
  std::string_view effect() const;
};

struct FleetWorkload {
  std::string api_version, kind, ns, name;
  std::string verdict;  // of a new rollout: allow, audit, warn, deny; exempt; not-llm
  std::string digest;
  std::string detected;  // why it counts as an LLM workload, e.g. "labelled"
  std::vector<std::string> signals;
  std::vector<FleetGate> unmet;      // gates that are
  std::vector<std::string> reviews;  // that cover it: none or several are a finding
};

struct FleetWaiver {
  std::string name, kind;  // gate, tier-override, break-glass
  std::vector<std::string> gates;
  std::string from, to;  // of a tier-override
  std::string reason, ticket, compensating;
  std::vector<std::string> approvers;
  std::optional<TimePoint> until;
  int renewals = 0;
  std::string fault;  // why it is not in force; empty: it is
};

struct FleetApproval {
  std::string name, role, approver, comment;
  std::string digest;  // of what was read
  bool approves = false, is_signed = false, verified = false;
  std::optional<TimePoint> given;
  std::string standing;              // Valid, Void, …: see Voice
  std::string why;                   // in words, where it does not count
  std::vector<std::string> changed;  // fields that differ from what was read
};

// Something with a date, and how old it may be.
struct FleetDate {
  std::string what;
  TimePoint date;
  std::optional<Seconds> limit;  // absent: no gate asks for it at this tier
  bool late(TimePoint now) const { return limit && now - date > *limit; }
};

// One of the five questions, answered from the review, and the gates that hold the answer to it.
struct FleetAnswer {
  struct Item {
    std::string label, text;
    std::string url;  // https only; empty otherwise
  };
  std::string_view question;
  std::vector<Item> items;
  std::size_t asked = 0, met = 0, waived = 0;  // gates of its sections, without those that do not apply
  std::vector<std::size_t> open;               // unmet ones, by position in the gate table
};

struct FleetReview {
  std::string ns, name, team, stage, source, digest;
  std::optional<Tier> tier;  // none: an exempt namespace
  std::vector<TierReason> tier_reasons;
  std::string state;   // ready, warned, recorded, refused, paused, not asked: what becomes of a new rollout
  std::string reason;  // in a sentence
  std::vector<FleetAnswer::Item> use_case;
  std::vector<FleetAnswer> answers;
  std::vector<FleetWorkload> workloads;
  std::vector<FleetGate> gates;
  Counts counts, counts_before_waivers;
  std::vector<FleetWaiver> waivers;
  std::vector<FleetApproval> approvals;
  std::optional<TimePoint> ends;
  bool ends_by_age = false;  // nobody named the date: the policy's limit did
  std::vector<FleetDate> dates;
};

// A control of a public framework, and the reviews in which the gates that support it are met. Never that anybody
// complies with it.
struct FleetControl {
  std::string id, title;
  std::optional<TimePoint> from;
  std::vector<std::size_t> gates;
  std::size_t asked = 0, met = 0;  // reviews that are asked one of its gates; that meet all they are asked
  std::vector<std::string> open;   // "namespace/name" of the others
};
struct FleetCrosswalk {
  std::string id, title, source;
  std::vector<FleetControl> controls;
};

struct FleetReport {
  TimePoint now;
  std::string source;                     // what was read, for people
  std::vector<FleetReview> reviews;       // the highest tier first, then by team, namespace and name
  std::vector<FleetWorkload> unreviewed;  // LLM workloads that no review covers, or several
  std::vector<FleetCrosswalk> crosswalks;
};

// `ns`: only this namespace; empty: all.
FleetReport fleet_report(const Snapshot& world, std::string_view ns, std::string source, TimePoint now);

// {"apiVersion": "launchgate.dev/v1alpha1", "kind": "FleetReport", …}: docs/reports.md says field by field what it holds.
std::string fleet_json(const FleetReport& report);

// One self-contained page: no resource from elsewhere, a strict Content-Security-Policy, everything of a user's escaped.
// For a screen, for paper, for a keyboard and for a screen reader.
std::string fleet_html(const FleetReport& report);

// RFC 4180, a row a review and gate; see docs/reports.md for the columns. A cell that a spreadsheet would take for a formula
// begins with an apostrophe.
std::string fleet_csv(const FleetReport& report);

// "in 21 days", "today", "3 days ago": days are counted as people do, a started one as a whole one.
std::string days_from(TimePoint now, TimePoint date);
std::int64_t days_left(TimePoint now, TimePoint end);  // 0: over; a started day counts

}  // namespace launchgate
