// The audit of what runs, and of reviews whose workload does not exist yet: the same gates as for a rollout.
#include <gtest/gtest.h>

#include <set>

#include "gates/table.h"
#include "support/world.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

using testing::said;
using testing::Story;
using testing::time_at;

const TimePoint kNow = time_at("2026-11-24T12:00:00Z");

std::string audited(Story& story) {
  const Snapshot& world = story.world();
  const WorldObject* o = world.find("Deployment", "team", "assistant");
  return o ? said(audit(world, o->object->root(), kNow)) : "no Deployment";
}

TEST(Audit, SaysWhatTheGatesSayWhateverTheWorkloadsPastIs) {
  const auto with = [](auto change) {
    Story story;
    change(story);
    return audited(story);
  };
  EXPECT_EQ(with([](Story&) {}), "Judged allow");
  EXPECT_EQ(with([](Story& s) { s.approved(); }), "Judged allow");
  EXPECT_EQ(with([](Story& s) { s.review("spec: {cost: {budget: null}}"); }), "Judged deny: PRR-COST-01");
  EXPECT_EQ(with([](Story& s) { s.review("spec: {cost: {budget: null}}").approved(); }), "Judged deny: PRR-COST-01");
  EXPECT_EQ(with([](Story& s) { s.review("spec: {suspend: true}"); }), "Judged allow");
  EXPECT_EQ(with([](Story& s) { s.review("spec: {cost: {budget: null}}").policy("mode: warn"); }), "Judged warn: PRR-COST-01");
  EXPECT_EQ(with([](Story& s) { s.policy("exempt: {namespaces: [team]}"); }), "Exempt allow");
  EXPECT_EQ(with([](Story& s) { s.workload("metadata: {deletionTimestamp: \"2026-11-24T11:00:00Z\"}"); }), "NotGated allow");
}

TEST(Audit, CarriesTheDigestOfWhatRuns) {
  Story story;
  const Snapshot& world = story.world();
  const Node object = world.find("Deployment", "team", "assistant")->object->root();
  EXPECT_EQ(audit(world, object, kNow).digest, rollout_digest(*find_kind("apps", "Deployment"), object));
}

TEST(AuditAlone, AsksOfAReviewWithoutAWorkloadWhatTheReviewItselfSays) {
  Story story;
  const auto alone = [&] {
    const Snapshot& world = story.world();
    return audit_alone(world, *world.reviews.front(), kNow);
  };
  Verdict v = alone();
  EXPECT_EQ(v.counts.fail, 0);
  EXPECT_TRUE(v.allowed());
  for (const GateResult& r : v.gates) {
    if (r.finding.outcome == Outcome::Unknown) {
      EXPECT_EQ(r.finding.reason, "NoWorkload") << gate_table()[r.gate].id;
    }
  }
  story.review("{spec: {cost: {budget: null}, expiresAt: \"2026-11-01T00:00:00Z\"}}");
  v = alone();
  EXPECT_EQ(v.counts.fail, 2);
  EXPECT_FALSE(v.allowed());
}

TEST(AuditAlone, AGateThatCannotBeKnownWithoutAWorkloadDeniesNothing) {
  Story story;
  story.policy("gates: {PRR-COV-02: {mode: block, params: {unknown: block}}}");
  const Snapshot& world = story.world();
  EXPECT_TRUE(audit_alone(world, *world.reviews.front(), kNow).allowed());
}

// A new gate that is not review_only and looks at no workload belongs into the list in verdict/recall.cpp (kNoWorkload): else a review
// without a workload would be told that it is unknown.
TEST(AuditAlone, KnowsEveryGateThatLooksAtNoWorkload) {
  Story story;
  const Snapshot& world = story.world();
  std::set<std::string> unknown;
  for (const GateResult& r : audit_alone(world, *world.reviews.front(), kNow).gates)
    if (r.finding.reason == "NoWorkload") unknown.insert(std::string{gate_table()[r.gate].id});
  for (const auto& entry : std::filesystem::directory_iterator{testing::in_source("webhook/gates")}) {
    const auto name = entry.path().filename().string();  // eval_03_eval_fresh.cpp
    const auto digit = name.find_first_of("0123456789");
    if (entry.path().extension() != ".cpp" || digit == std::string::npos || digit < 2) continue;
    std::string id = "PRR-" + name.substr(0, digit - 1) + "-" + name.substr(digit, 2);
    for (char& c : id) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (!unknown.contains(id)) continue;
    const auto text = testing::slurp(entry.path());
    bool looks = false;
    for (const char* word : {"f.workload", "f_.workload", "facts.workload", "facts_.workload", "detection", "covering", "env_settings", "each_env", "find_env", "(f)", "(f_"})
      looks |= text.find(word) != std::string::npos;
    EXPECT_TRUE(looks) << name << " looks at no workload: add " << id << " to kNoWorkload in webhook/verdict/recall.cpp";
  }
}

TEST(CoveredWorkloads, AreThoseForWhichTheReviewIsACoveringOne) {
  const auto world = testing::world(R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop},
 spec: {covers: [{kind: Deployment, name: bot}, {kind: Deployment, labelSelector: {matchLabels: {app: bot}}}, {kind: Job, labelSelector: {}}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop, labels: {app: bot}}, spec: {}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot-2, namespace: shop, labels: {app: bot}}, spec: {}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: other, namespace: shop}, spec: {}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: lab, labels: {app: bot}}, spec: {}}
---
{apiVersion: batch/v1, kind: Job, metadata: {name: index, namespace: shop}, spec: {}}
)");
  std::string names;
  for (const WorldObject* o : covered_workloads(*world, *world->reviews.front())) names += o->kind + " " + o->name + ", ";
  EXPECT_EQ(names, "Deployment bot, Deployment bot-2, Job index, ");
  for (const auto& o : world->objects) {
    const auto covering = covering_reviews(*world, Workload::view(o->object->root()));
    EXPECT_EQ(!covering.empty(), (o->ns == "shop" && o->name != "other")) << o->name;
  }
}

}  // namespace
}  // namespace launchgate
