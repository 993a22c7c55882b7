// The dates at which something may change by time alone, and the proof that nothing changes between two of them.
#include "verdict/next_date.h"

#include <gtest/gtest.h>

#include <random>

#include "gates/table.h"
#include "support/world.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

using testing::time_at;

constexpr const char* kReview = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview,
 metadata: {name: bot, namespace: shop, creationTimestamp: "2026-01-10T08:30:00Z"},
 spec: {covers: [{kind: Deployment, name: bot}]}})";

std::string next_of(std::string_view yaml, std::string_view now) {
  const auto world = testing::world(yaml);
  const auto next = next_review_date(*world, *world->reviews.front(), time_at(now));
  return next ? format_time(*next) : "never";
}

TEST(NextReviewDate, IsATimeOfDayAtWhichOneOfItsDatesFalls) {
  struct Row {
    const char *what, *yaml, *now, *next;
  };
  const std::vector<Row> rows{
      {"its age, counted from its creation", kReview, "2026-11-24T08:00:00Z", "2026-11-24T08:30:00Z"},
      {"a second later, where older than is meant", kReview, "2026-11-24T08:30:00Z", "2026-11-24T08:30:01Z"},
      {"and then not before the next day", kReview, "2026-11-24T08:30:01Z", "2026-11-25T08:30:00Z"},
      {"a midnight changes things at midnight",
       "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}], expiresAt: \"2026-12-01T00:00:00Z\"}}",
       "2026-12-01T12:00:00Z", "2026-12-02T00:00:00Z"},
      {"without any date it never does",
       "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}]}}",
       "2026-12-01T12:00:00Z", "never"},
      {"the end of a waiver",
       R"({apiVersion: v1, kind: List, items: [
          {apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}]}},
          {apiVersion: launchgate.dev/v1alpha1, kind: ReadinessWaiver, metadata: {name: w, namespace: shop},
           spec: {review: bot, gates: [PRR-COST-01], reason: until the budget is approved, approver: jo, until: "2026-12-01T17:45:00Z"}}]})",
       "2026-12-01T12:00:00Z", "2026-12-01T17:45:00Z"},
  };
  for (const Row& row : rows) EXPECT_EQ(next_of(row.yaml, row.now), row.next) << row.what;
}

TEST(NextPolicyDate, IsTheNextEnforceFrom) {
  testing::Story story;
  story.policy("{enforceFrom: \"2026-12-24T06:00:00Z\", gates: {PRR-COST-01: {enforceFrom: \"2026-12-01\"}}}");
  const Snapshot& world = story.world();
  const auto at = [&](const char* now) {
    const auto next = next_policy_date(world, time_at(now));
    return next ? format_time(*next) : "never";
  };
  EXPECT_EQ(at("2026-11-24T12:00:00Z"), "2026-12-01T00:00:00Z");
  // A date alone is a beginning or an end: both are looked at.
  EXPECT_EQ(at("2026-12-01T00:00:00Z"), "2026-12-02T00:00:00Z");
  EXPECT_EQ(at("2026-12-02T00:00:00Z"), "2026-12-24T06:00:00Z");
  EXPECT_EQ(at("2026-12-24T06:00:00Z"), "never");
}

// Every word of a verdict but the countdown, which wire/text makes of dates.
std::string words(const Verdict& v) {
  std::string out = std::string{to_string(v.step)} + " " + std::string{to_string(v.decision)} + " " + std::string{to_string(v.tiering.tier)} + " " + v.note + "\n";
  for (const GateResult& r : v.gates) {
    out += std::string{gate_table()[r.gate].id} + " " + std::string{to_string(r.finding.outcome)} + " " + std::string{to_string(r.action)} + " " +
           std::string{r.finding.reason} + " " + r.finding.message + " " + r.finding.path + " " + r.finding.fix + "\n";
  }
  return out;
}

// All that is said of a review and of what it covers.
std::string all_words(const Snapshot& world, const Review& review, TimePoint now) {
  std::string out = words(audit_alone(world, review, now));
  for (const WorldObject* o : covered_workloads(world, review))
    out += words(audit(world, o->object->root(), now)) + words(judge(world, as_create(o->object->root()), now));
  return out;
}

std::optional<TimePoint> next_of_both(const Snapshot& world, const Review& review, TimePoint now) {
  const auto a = next_policy_date(world, now), b = next_review_date(world, review, now);
  return a && b ? std::min(*a, *b) : a ? a : b;
}

// From date to date from `now` on. Counts the dates that changed something.
std::size_t walk(const Snapshot& world, const Review& review, TimePoint now, TimePoint end) {
  std::size_t changes = 0, dates = 0;
  auto words = all_words(world, review, now);
  for (; now < end && !::testing::Test::HasFailure(); ++dates) {
    const TimePoint next = next_of_both(world, review, now).value_or(end);
    EXPECT_GT(next, now);
    EXPECT_EQ(words, all_words(world, review, next - Seconds{1})) << review.name << " between " << format_time(now) << " and " << format_time(next);
    auto after = all_words(world, review, next);
    changes += words != after;
    words = std::move(after);
    now = next;
  }
  EXPECT_LT(dates, 600u) << review.name << ": too many dates in ten days to sleep between them";
  return changes;
}

// Ten days around the end of each review, and ten days here and there in two years.
void nothing_changes_between_two_dates(const Snapshot& world, unsigned seed) {
  std::mt19937 random{seed};
  const auto ten_days = std::chrono::hours{240};
  for (const auto& review : world.reviews) {
    std::size_t changes = review->expires_at ? walk(world, *review, *review->expires_at - ten_days / 2, *review->expires_at + ten_days / 2) : 0;
    for (int i = 0; i < 6; ++i) {
      const TimePoint now = time_at("2026-01-01") + Seconds{static_cast<std::int64_t>(random() % (2 * 365 * 86400))};
      changes += walk(world, *review, now, now + ten_days);
    }
    EXPECT_GT(changes, 0u) << review->name << ": no date changed anything: the test tries nothing";
  }
}

TEST(NextDate, NothingThatIsSaidChangesBetweenTwoDates) {
  unsigned seed = 1;
  for (const char* example : {"moderate", "critical"})
    nothing_changes_between_two_dates(*testing::world_of(testing::objects_below(testing::in_source("examples") / example)), seed++);
}

TEST(NextDate, NothingThatIsSaidChangesBetweenTwoDatesWithOddLimits) {
  testing::Story story;
  story
      .review(
          "{metadata: {creationTimestamp: \"2026-02-03T04:05:06Z\"}, spec: {expiresAt: \"2026-09-30T23:59:59+02:00\", risks: ["
          "{id: R1, title: it may say something wrong, category: misinformation, severity: high, disposition: accepted, acceptedBy: jo.doe@example.com, "
          "rationale: we have talked about it at length, until: \"2026-08-08T08:08:08Z\"}], "
          "useCase: {observedExceptions: [{axis: audience, evidence: an Ingress, reason: only for the office, until: 2026-07-07}]}}}")
      .policy("{enforceFrom: \"2026-06-06T06:06:06Z\", limits: {evaluationMaxAge: {low: 36h, moderate: 36h, high: 36h}, validity: {low: 100h}, riskAcceptance: {low: 25h, moderate: 1500m, high: 7d}}, gates: {PRR-EVAL-03: {enforceFrom: \"2026-10-10\"}}}");
  nothing_changes_between_two_dates(story.world(), 7);
}

}  // namespace
}  // namespace launchgate
