// A workload's verdict as a Report of OpenReports.
#include "wire/open_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;

struct Told {
  explicit Told(Story& story) {
    const Snapshot& world = story.world();
    object = *world.find("Deployment", "team", "assistant");
    object.uid = "uid-7";
    const Verdict verdict = audit(world, object.object->root(), testing::time_at("2026-11-24T12:00:00Z"));
    report = open_report(object, verdict);
    json = Json::parse(report.object);
  }
  Json result(const std::string& rule) const {
    for (const Json& r : json["results"])
      if (r["rule"] == rule) return r;
    ADD_FAILURE() << rule << " is not in the report";
    return {};
  }
  WorldObject object;
  OpenReport report;
  Json json;
};

// A quota that a waiver excuses, a budget that is missing, an owner that only warns, evidence that is not there.
Story mixed() {
  Story story;
  story.review("{spec: {cost: {quota: null, budget: null}, ownership: {team: null}, evaluation: {reports: [{ref: configmap/not-there#x, digest: "
               "\"sha256:d29e873b7586f3f92ff0ce57ea3d739763fc8248d8b5cd892ed913a742d2a0ec\"}]}}}")
      .policy("{tierFloors: [{minTier: high, reason: the test}], gates: {PRR-OWN-01: {mode: warn}}}")
      .with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessWaiver, metadata: {name: w, namespace: team}, spec: {review: assistant, gates: [PRR-COST-02], reason: The gateway gets its quota policy "
            "soon, approver: kim@example.com, until: \"2026-12-01\"}}");
  return story;
}

TEST(OpenReport, IsOfOneWorkloadWhichOwnsIt) {
  Story story;
  const Told told{story};
  EXPECT_EQ(told.json["apiVersion"], "openreports.io/v1alpha1");
  EXPECT_EQ(told.json["kind"], "Report");
  EXPECT_EQ(told.json["source"], "launchgate");
  EXPECT_EQ(told.report.name, "launchgate-uid-7");
  EXPECT_EQ(told.json["metadata"].dump(),
            R"({"name":"launchgate-uid-7","namespace":"team","labels":{"app.kubernetes.io/managed-by":"launchgate"},"annotations":{"launchgate.dev/report-digest":")" + told.report.digest +
                R"(","launchgate.dev/review":"assistant"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"assistant","uid":"uid-7"}]})");
  EXPECT_EQ(told.json["scope"].dump(), R"({"apiVersion":"apps/v1","kind":"Deployment","name":"assistant","uid":"uid-7","namespace":"team"})");
}

TEST(OpenReport, WhatEachGateBecomes) {
  Story story = mixed();
  const Told told{story};
  const auto is = [&](const char* rule) { return told.result(rule)["result"].get<std::string>(); };
  EXPECT_EQ(is("PRR-ROLL-01 kill-switch"), "pass");
  EXPECT_EQ(is("PRR-COST-01 budget-set"), "fail");
  EXPECT_EQ(is("PRR-COST-02 quota-enforced"), "skip");
  EXPECT_EQ(is("PRR-OWN-01 owner-team"), "warn");
  EXPECT_EQ(is("PRR-EVAL-02 eval-thresholds-met"), "error");
  EXPECT_EQ(is("PRR-USE-08 ai-disclosure"), "skip");
  const Json budget = told.result("PRR-COST-01 budget-set");
  EXPECT_EQ(budget["policy"], "platform");
  EXPECT_EQ(budget["category"], "COST");
  EXPECT_EQ(budget["severity"], "high");
  EXPECT_EQ(budget["scored"], true);
  EXPECT_EQ(budget["properties"]["field"], "spec.cost.budget");
  EXPECT_EQ(told.result("PRR-OWN-01 owner-team")["scored"], false);
  EXPECT_EQ(told.result("PRR-COST-02 quota-enforced")["properties"]["waiver"], "w");
}

// The summary counts the results, and every value is one that the kind's schema allows.
TEST(OpenReport, TheSummaryCountsTheResults) {
  Story story = mixed();
  const Told told{story};
  std::map<std::string, int> counted{{"pass", 0}, {"fail", 0}, {"warn", 0}, {"error", 0}, {"skip", 0}};
  for (const Json& r : told.json["results"]) {
    ASSERT_TRUE(counted.contains(r["result"]));
    ++counted[r["result"]];
    EXPECT_NE(r["policy"], "");
    EXPECT_LE(r.value("message", "").size(), 1024u);
    const Json more = r.value("properties", Json::object());
    for (const auto& [key, value] : more.items()) EXPECT_TRUE(value.is_string()) << key;
  }
  for (const auto& [key, n] : counted) EXPECT_EQ(told.json["summary"][key], n) << key;
}

TEST(OpenReport, TheDigestFollowsWhatItSays) {
  Story a, b, c;
  c.review("{spec: {cost: {budget: null}}}");
  EXPECT_EQ(Told{a}.report.digest, Told{b}.report.digest);
  EXPECT_NE(Told{a}.report.digest, Told{c}.report.digest);
}

}  // namespace
}  // namespace launchgate
