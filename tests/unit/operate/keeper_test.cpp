// The operator at work on a cluster in memory: what it writes, when, and when it writes nothing.
#include "operate/keeper.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/api_server.h"

namespace launchgate {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Cluster;
using testing::Json;
using testing::time_at;
using Writes = std::vector<std::string>;

// A cluster with the base fixture in it (a complete review, its Deployment and what it refers to), and a keeper whose
// clocks the test moves.
class Keeping : public ::testing::Test {
 protected:
  Keeping() : log{{.level = Level::error, .fd = ::open("/dev/null", O_WRONLY | O_CLOEXEC)}} {
    for (Json& object : testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml")))) {
      if (object["kind"] == "Deployment") object["status"]["observedGeneration"] = 1;
      cluster.api.put(object);
    }
    cluster.api.writes();
  }
  Keeper& keeper() {
    if (!keeper_) keeper_.emplace(cluster.api, log, options, [this] { return leading; });
    return *keeper_;
  }
  // Turns, until it wants to sleep: for how long.
  std::chrono::seconds run(std::chrono::seconds after = 0s) {
    steady += after;
    date += after;
    Steady next = steady;
    auto world = cluster.snapshot();
    for (int i = 0; i < 10'000 && next <= steady; ++i) {
      next = keeper().turn(world, date, steady);
      world = cluster.snapshot();
      if (world != seen_) steady += options.settle, date += options.settle, next = steady;  // the watch has brought something
      seen_ = world;
    }
    return std::chrono::ceil<std::chrono::seconds>(next - steady);
  }
  Json review(const std::string& name = "assistant") { return cluster.api.at("ReadinessReview", "team", name); }
  void patch(const std::string& kind, const std::string& name, std::string_view yaml) {
    Json object = cluster.api.at(kind, "team", name);
    object.merge_patch(testing::yaml(yaml));
    cluster.api.put(object);
  }
  std::string condition(const std::string& type, const std::string& name = "assistant") {
    const Json object = review(name);
    if (object.contains("status"))
      for (const Json& c : object["status"]["conditions"])
        if (c["type"] == type) return c["status"].get<std::string>() + " " + c["reason"].get<std::string>();
    return "absent";
  }
  // "GatesUnmet Deployment assistant": every Event that there is.
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const Json& e : cluster.api.all("Event"))
      out.push_back(e["reason"].get<std::string>() + " " + e["regarding"]["kind"].get<std::string>() + " " + e["regarding"]["name"].get<std::string>());
    std::sort(out.begin(), out.end());
    return out;
  }

  Cluster cluster;
  Log log;
  KeeperOptions options{.instance = "test"};
  bool leading = true;
  Steady steady{1000h};
  Keeper::Date date{time_at("2026-11-24T12:00:00Z")};

 private:
  std::optional<Keeper> keeper_;
  std::shared_ptr<const Snapshot> seen_;
};

TEST_F(Keeping, AReviewGetsItsStatusOnceAndThenIsLeftAlone) {
  run();
  EXPECT_EQ(cluster.api.writes(), Writes{"apply ReadinessReview team/assistant"});
  EXPECT_EQ(condition("Ready"), "True GatesPass");
  EXPECT_EQ(review()["status"]["observedGeneration"], 1);
  EXPECT_EQ(review()["status"]["workloads"][0]["name"], "assistant");
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 1u);
  EXPECT_EQ(testing::invalid(review()), "");
  for (int day = 0; day < 30; ++day) run(86400s);
  EXPECT_THAT(cluster.api.writes(), IsEmpty());
  EXPECT_THAT(events(), IsEmpty()) << "never for passes";
}

TEST_F(Keeping, ANewLeaderWritesNothingWhereEverythingIsAsItShouldBe) {
  run();
  cluster.api.writes();
  Keeper other{cluster.api, log, options, [] { return true; }};
  Steady next = steady;
  for (int i = 0; i < 100 && next <= steady; ++i) next = other.turn(cluster.snapshot(), date + 1h, steady);
  EXPECT_THAT(cluster.api.writes(), IsEmpty());
}

TEST_F(Keeping, AnEditOfTheReviewIsJudgedAndToldOnce) {
  run();
  cluster.api.writes();
  patch("ReadinessReview", "assistant", "spec: {cost: {budget: null}}");
  run(5s);
  EXPECT_THAT(cluster.api.writes(), ::testing::Contains("apply ReadinessReview team/assistant"));
  EXPECT_EQ(condition("Ready"), "False GatesFail");
  EXPECT_EQ(review()["status"]["observedGeneration"], 2);
  EXPECT_THAT(events(), ElementsAre("GatesUnmet Deployment assistant", "NotReady ReadinessReview assistant"));
  for (int day = 0; day < 3; ++day) run(86400s);
  EXPECT_THAT(cluster.api.writes(), IsEmpty()) << "nothing new is wrong with it";
}

TEST_F(Keeping, AReviewExpiresWhenItsTimeComesAndNotBefore) {
  patch("ReadinessReview", "assistant", "spec: {expiresAt: \"2026-11-24T18:00:00Z\"}");
  auto sleep = run();
  cluster.api.writes();
  EXPECT_EQ(condition("Expired"), "False InDate");
  // Asleep from one date to the next, as the thread would be.
  while (date + sleep < Keeper::Date{time_at("2026-11-24T18:00:00Z")}) {
    ASSERT_GT(sleep, 0s);
    sleep = run(sleep);
    EXPECT_THAT(cluster.api.writes(), IsEmpty());
  }
  run(sleep);
  EXPECT_EQ(condition("Expired"), "True PastEnd");
  EXPECT_EQ(condition("Ready"), "False GatesFail");
  const Json after = review();
  for (const Json& c : after["status"]["conditions"]) {
    if (c["type"] == "Expired") {
      EXPECT_THAT(c["lastTransitionTime"].get<std::string>(), HasSubstr("2026-11-24T18:00:0"));
    }
  }
  EXPECT_THAT(events(), ElementsAre("GatesUnmet Deployment assistant", "NotReady ReadinessReview assistant", "ReviewExpired ReadinessReview assistant"));
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 1u) << "the way back stays";
}

// A waiver says of itself what it is worth, a week before its end that it ends, and then that it has ended.
TEST_F(Keeping, AWaiverIsToldOfBeforeItsEnd) {
  patch("ReadinessReview", "assistant", "spec: {cost: {quota: null}}");
  cluster.api.put(testing::yaml("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessWaiver, metadata: {name: quota, namespace: team}, spec: {review: assistant, gates: [PRR-COST-02], reason: \"the gateway has limits from December on\", approver: cfo@example.com, until: \"2026-12-15\"}}"));
  const auto waiver_condition = [&](const std::string& type) {
    const Json object = cluster.api.at("ReadinessWaiver", "team", "quota");
    if (object.contains("status"))
      for (const Json& c : object["status"]["conditions"])
        if (c["type"] == type) return c["status"].get<std::string>() + " " + c["reason"].get<std::string>() + ": " + c["message"].get<std::string>();
    return std::string{"absent"};
  };
  run();
  EXPECT_EQ(waiver_condition("InForce"), "True InForce: it excuses PRR-COST-02; until 2026-12-15");
  EXPECT_THAT(waiver_condition("EndsSoon"), HasSubstr("False NotYet"));
  EXPECT_EQ(keeper().counters().waivers_in_force, 1u);
  cluster.api.writes();
  while (date < time_at("2026-12-09T01:00:00Z")) run(3600s);
  EXPECT_THAT(waiver_condition("EndsSoon"), HasSubstr("True EndsSoon: it ends on 2026-12-15; it excuses PRR-COST-02"));
  EXPECT_THAT(events(), ::testing::Contains("WaiverEndsSoon ReadinessWaiver quota"));
  EXPECT_EQ(keeper().counters().waivers_ending, 1u);
  while (date < time_at("2026-12-16T01:00:00Z")) run(3600s);
  EXPECT_EQ(waiver_condition("InForce"), "False Over: it ended on 2026-12-15");
  EXPECT_THAT(events(), ::testing::Contains("WaiverNotInForce ReadinessWaiver quota"));
  EXPECT_THAT(condition("Ready"), HasSubstr("False"));
}

TEST_F(Keeping, APolicysDateChangesEveryReview) {
  cluster.api.put_yaml("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: house}, spec: {enforceFrom: \"2026-11-24T12:30:00Z\"}}");
  cluster.api.put_yaml("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
  patch("ReadinessReview", "assistant", "spec: {cost: {budget: null}}");
  run();
  EXPECT_EQ(condition("Ready"), "True GatesWarn");
  run(29min);
  EXPECT_EQ(condition("Ready"), "True GatesWarn");
  run(2min);
  EXPECT_EQ(condition("Ready"), "False GatesFail");
  const Json policy = cluster.api.at("ReadinessPolicy", "", "house");
  EXPECT_EQ(policy["status"]["matchedNamespaces"], 1);
  EXPECT_EQ(policy["status"]["conditions"][0]["reason"], "Enforces");
  EXPECT_EQ(testing::invalid(policy), "");
}

TEST_F(Keeping, ANewRevisionIsApprovedWhenItsControllerHasTakenItUp) {
  run();
  patch("Deployment", "assistant", "spec: {template: {metadata: {annotations: {build: \"2\"}}}}");
  run(5s);
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 1u);
  patch("Deployment", "assistant", "status: {observedGeneration: 2}");
  run(5s);
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 2u);
  EXPECT_EQ(condition("Drifted"), "False Admitted");
}

TEST_F(Keeping, WhatComesPastTheWebhookIsDriftAndStaysUnapproved) {
  run();
  patch("Deployment", "assistant", "{spec: {template: {spec: {containers: [{name: app, image: evil, env: [{name: OPENAI_API_KEY, value: sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD}]}]}}}, status: {observedGeneration: 2}}");
  run(5s);
  EXPECT_EQ(condition("Drifted"), "True NotAdmitted");
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 1u);
  EXPECT_THAT(events(), ElementsAre("Drifted ReadinessReview assistant", "GatesUnmet Deployment assistant", "NotReady ReadinessReview assistant"));
  for (const Json& object : cluster.api.all("")) {
    if (object["kind"] != "Deployment") {
      EXPECT_EQ(object.dump().find("sk-proj"), std::string::npos) << object.dump();
    }
  }
}

TEST_F(Keeping, AWorkloadThatNoReviewCoversIsFoundAndToldOnce) {
  cluster.api.put_yaml("{apiVersion: apps/v1, kind: Deployment, metadata: {name: shadow, namespace: lab, labels: {launchgate.dev/llm: \"true\"}}, spec: {template: {spec: {containers: [{name: c, image: vllm/vllm-openai}]}}}}");
  cluster.api.put_yaml("{apiVersion: apps/v1, kind: Deployment, metadata: {name: nginx, namespace: lab}, spec: {template: {spec: {containers: [{name: c, image: nginx}]}}}}");
  run();
  EXPECT_THAT(events(), ElementsAre("NoReview Deployment shadow"));
  const OperatorCounters c = keeper().counters();
  const auto deployments = static_cast<std::size_t>(find_kind("apps", "Deployment") - kinds_table().data());
  ASSERT_GT(c.audit.size(), deployments);
  EXPECT_EQ(c.audit[deployments].decisions, (std::array<std::uint64_t, 4>{1, 0, 0, 1}));
  EXPECT_EQ(c.audit[deployments].unreviewed, 1u);
  EXPECT_EQ(c.audit[deployments].not_llm, 1u);
  EXPECT_EQ(c.last_full_pass, time_at("2026-11-24T12:00:00Z"));
  // It gets its review, or goes.
  cluster.api.erase("Deployment", "lab", "shadow");
  run(5s);
  EXPECT_EQ(keeper().counters().audit[deployments].unreviewed, 0u);
  EXPECT_EQ(keeper().counters().audit[deployments].decisions, (std::array<std::uint64_t, 4>{1, 0, 0, 0}));
}

TEST_F(Keeping, AConfigMapThatAReviewReliesOnIsLookedAtAgain) {
  run();
  Json report = cluster.api.at("ConfigMap", "team", "assistant-eval");
  report["data"]["report.json"] = "{}";
  cluster.api.put(report);
  cluster.api.writes();
  run(5s);
  EXPECT_THAT(cluster.api.writes(), ::testing::Contains("apply ReadinessReview team/assistant"));
}

TEST_F(Keeping, ATierFollowsWhatTheClusterShows) {
  const auto tier = [&] { return review()["status"]["tier"].get<std::string>(); };
  run();
  EXPECT_EQ(tier(), "low");
  const Json ingress = testing::yaml(
      "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: team}, "
      "spec: {defaultBackend: {service: {name: assistant, port: {number: 80}}}}}");
  cluster.api.put(ingress);
  run(5s);
  EXPECT_EQ(tier(), "moderate");
  EXPECT_THAT(review()["status"]["tierReasons"].dump(), HasSubstr("Ingress team/web for any host lets the public in"));
  patch("ReadinessReview", "assistant",
        "spec: {useCase: {observedExceptions: [{axis: audience, evidence: Ingress team/web, reason: the login, until: \"2026-11-25T06:00:00Z\"}]}}");
  run(5s);
  EXPECT_EQ(tier(), "low") << "explained";
  while (date < Keeper::Date{time_at("2026-11-25T06:00:00Z")}) run(600s);
  EXPECT_EQ(tier(), "moderate") << "until then";
  EXPECT_EQ(testing::invalid(review()), "");
}

TEST_F(Keeping, OnlyWhatChangedIsJudgedAgain) {
  for (int i = 0; i < 50; ++i) {
    Json other = cluster.api.at("ReadinessReview", "team", "assistant");
    other["metadata"]["name"] = "r" + std::to_string(i);
    other["metadata"]["namespace"] = "ns" + std::to_string(i);
    other.erase("status");
    cluster.api.put(other);
    Json workload = cluster.api.at("Deployment", "team", "assistant");
    workload["metadata"]["namespace"] = "ns" + std::to_string(i);
    cluster.api.put(workload);
  }
  run();
  run(10s);
  const auto before = keeper().counters().judged;
  patch("Deployment", "assistant", "metadata: {annotations: {a: b}}");
  run(5s);
  EXPECT_LE(keeper().counters().judged - before, 2u);
}

// ---- When writing does not go as it should. ----

TEST_F(Keeping, AConflictIsReadAndWrittenAgain) {
  int conflicts = 2;
  cluster.api.refuse = [&](const std::string& call) -> std::optional<kube::Failure> {
    if (call.find("apply") == 0 && conflicts-- > 0) return kube::Failure{409, "Conflict", "modified", {}};
    return {};
  };
  auto sleep = run();
  EXPECT_EQ(condition("Ready"), "absent");
  for (int i = 0; i < 10 && condition("Ready") == "absent"; ++i) sleep = run(sleep + 1s);
  EXPECT_EQ(condition("Ready"), "True GatesPass");
  EXPECT_EQ(keeper().counters().status_conflicts, 2u);
}

TEST_F(Keeping, AnApiServerThatIsAwayIsTriedAgainLessAndLessOften) {
  bool away = true;
  int calls = 0;
  cluster.api.refuse = [&](const std::string&) -> std::optional<kube::Failure> {
    ++calls;
    if (away) return kube::Failure{0, "Unreachable", "nobody is there", {}};
    return {};
  };
  run();
  for (int i = 0; i < 600; ++i) run(1s);
  EXPECT_LE(calls, 30);
  EXPECT_GE(calls, 10);
  away = false;
  for (int i = 0; i < 61; ++i) run(1s);
  EXPECT_EQ(condition("Ready"), "True GatesPass");
}

TEST_F(Keeping, WhoNoLongerLeadsWritesNothing) {
  cluster.api.refuse = [&](const std::string& call) -> std::optional<kube::Failure> {
    if (call.find("get") == 0) leading = false;  // between the read and the write
    return {};
  };
  run();
  EXPECT_THAT(cluster.api.writes(), IsEmpty());
}

TEST_F(Keeping, AnObjectOfTheSameNameThatIsAnotherOneIsLeftToTheNextSnapshot) {
  const auto world = cluster.snapshot();
  Json fresh = review();
  cluster.api.erase("ReadinessReview", "team", "assistant");
  cluster.api.put(fresh);  // another uid
  for (int i = 0; i < 20; ++i) (void)keeper().turn(world, date, steady);
  EXPECT_THAT(cluster.api.writes(), IsEmpty());
  run(5s);
  EXPECT_EQ(condition("Ready"), "True GatesPass");
}

TEST_F(Keeping, ANewerTextThanWasJudgedIsLeftToTheNextSnapshot) {
  const auto world = cluster.snapshot();
  patch("ReadinessReview", "assistant", "spec: {cost: {budget: null}}");
  for (int i = 0; i < 20; ++i) (void)keeper().turn(world, date, steady);
  EXPECT_THAT(cluster.api.writes(), IsEmpty());
}

TEST_F(Keeping, ARevisionThatAnotherLeaderRecordedIsNotLost) {
  run();
  const auto stale = cluster.snapshot();
  // Another leader has recorded one more, and our cache does not know.
  Json object = review();
  Json one = object["status"]["approvedRevisions"][0];
  one["digest"] = "r1:sha256:" + std::string(64, 'a');
  object["status"]["approvedRevisions"].push_back(one);
  cluster.api.put(object);
  patch("Deployment", "assistant", "metadata: {annotations: {x: y}}");
  (void)stale;
  run(5s);
  patch("ReadinessReview", "assistant", "spec: {cost: {budget: null}}");
  run(5s);
  EXPECT_EQ(review()["status"]["approvedRevisions"].size(), 2u);
  EXPECT_EQ(condition("Ready"), "False GatesFail");
}

TEST_F(Keeping, AStatusThatSomebodyElseChangedIsPutRight) {
  run();
  Json object = review();
  object["status"]["tier"] = "low";
  object["status"]["counts"]["fail"] = 99;
  cluster.api.put(object);
  run(5s);
  EXPECT_NE(review()["status"]["counts"]["fail"], 99);
}

TEST_F(Keeping, ADeletedReviewIsForgotten) {
  run();
  cluster.api.erase("ReadinessReview", "team", "assistant");
  cluster.api.writes();
  run(5s);
  EXPECT_EQ(keeper().counters().reviews, 0u);
  EXPECT_EQ(keeper().counters().status_waiting, 0u);
}

// The pass over ten thousand reviews is cut into slices, between which the lease and the queues are looked at.
// Sanitizers make it twenty times slower, and show the same with fewer.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kMany = 1'000;
#else
constexpr int kMany = 10'000;
#endif

TEST_F(Keeping, AFullPassOverTenThousandReviewsIsDoneInSlices) {
  const Json review_of_all = review(), workload = cluster.api.at("Deployment", "team", "assistant");
  World world;
  for (int i = 0; i < kMany; ++i) {
    const auto ns = "ns" + std::to_string(i % 100), name = "bot-" + std::to_string(i);
    for (Json object : {review_of_all, workload}) {
      object["metadata"]["name"] = name;
      object["metadata"]["namespace"] = ns;
      if (object["kind"] == "ReadinessReview") object["spec"]["covers"][0]["name"] = name;
      auto part = decode(slim(testing::doc_of(object).root()), {});
      ASSERT_TRUE(part);
      add_to(world, *part);
    }
  }
  const auto snapshot = build_snapshot(std::move(world));
  leading = false;  // no writes: the judging alone
  options.writes.burst = 0;
  std::chrono::steady_clock::duration longest{0}, sum{0};
  Steady next = steady;
  int turns = 0;
  for (; next <= steady && turns < 100'000; ++turns) {
    const auto begun = std::chrono::steady_clock::now();
    next = keeper().turn(snapshot, date, steady);
    const auto took = std::chrono::steady_clock::now() - begun;
    longest = std::max(longest, took);
    sum += took;
    if (keeper().counters().last_full_pass) break;
  }
  const OperatorCounters c = keeper().counters();
  EXPECT_EQ(c.reviews, std::uint64_t{kMany});
  EXPECT_EQ(c.judged, std::uint64_t{kMany});
  EXPECT_GT(turns, 2);
  std::cout << "10,000 reviews: " << std::chrono::duration_cast<std::chrono::milliseconds>(sum).count() << " ms in " << turns << " turns, the longest "
            << std::chrono::duration_cast<std::chrono::milliseconds>(longest).count() << " ms\n";
}

}  // namespace
}  // namespace launchgate
