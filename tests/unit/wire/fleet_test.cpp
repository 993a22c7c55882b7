// The report of a fleet as a value, as JSON and as CSV.
#include "wire/fleet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/table.h"
#include "support/golden.h"
#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Names = std::vector<std::string>;

const TimePoint kNow = testing::time_at("2026-11-24T12:00:00Z");

FleetReport of(const Snapshot& world, TimePoint now = kNow) { return fleet_report(world, "", "the test", now); }
FleetReport of(Story& story, TimePoint now = kNow) { return of(story.world(), now); }
std::shared_ptr<const Snapshot> example(const char* name) { return testing::world_of(testing::objects_below(testing::in_source("examples") / name)); }

const FleetGate& gate(const FleetReview& r, const char* id) {
  for (const FleetGate& g : r.gates)
    if (gate_table()[g.gate].id == id) return g;
  ADD_FAILURE() << id << " is not asked";
  return r.gates.at(0);
}

std::string said(const Counts& c) {
  return std::to_string(c.pass) + " pass, " + std::to_string(c.fail) + " fail, " + std::to_string(c.waived) + " waived";
}

TEST(Fleet, AsJson) {
  FleetReport report = of(*example("startup"));
  report.crosswalks.resize(1);
  report.crosswalks.front().controls.resize(3);
  testing::expect_golden("fleet/startup.json", fleet_json(report));
}

TEST(Fleet, AsCsv) { testing::expect_golden("fleet/startup.csv", fleet_csv(of(*example("startup")))); }

TEST(Fleet, TheSameInputGivesTheSameBytes) {
  EXPECT_EQ(fleet_json(of(*example("bank"))), fleet_json(of(*example("bank"))));
  EXPECT_EQ(fleet_csv(of(*example("bank"))), fleet_csv(of(*example("bank"))));
}

// A waived gate is no pass: both counts stand beside each other.
TEST(Fleet, CountsBeforeAndAfterWaivers) {
  const auto world = example("bank");
  const FleetReport report = of(*world), later = of(*world, testing::time_at("2026-12-16T00:00:00Z"));
  const FleetReview& r = report.reviews.at(0);
  EXPECT_EQ(said(r.counts), "71 pass, 0 fail, 1 waived");
  EXPECT_EQ(said(r.counts_before_waivers), "71 pass, 1 fail, 0 waived");
  EXPECT_EQ(r.state, "ready");
  EXPECT_EQ(gate(r, "PRR-COST-02").effect(), "waived");
  EXPECT_EQ(gate(r, "PRR-COST-02").waiver, "quota-until-gateway-4");
  ASSERT_EQ(r.waivers.size(), 1u);
  EXPECT_EQ(r.waivers[0].fault, "");
  EXPECT_EQ(days_left(kNow, *r.waivers[0].until), 22);
  // The day after its last one it excuses nothing.
  EXPECT_EQ(later.reviews.at(0).state, "refused");
  EXPECT_EQ(later.reviews.at(0).waivers.at(0).fault, "ReadinessWaiver quota-until-gateway-4 ended on 2026-12-15");
  EXPECT_EQ(gate(later.reviews.at(0), "PRR-COST-02").effect(), "blocks");
}

TEST(Fleet, TheFiveQuestions) {
  const FleetReport report = of(*example("bank"));
  Names questions;
  for (const FleetAnswer& a : report.reviews.at(0).answers) {
    questions.emplace_back(a.question);
    EXPECT_FALSE(a.items.empty()) << a.question;
    EXPECT_EQ(a.met, a.asked) << a.question;
  }
  EXPECT_THAT(questions, ElementsAre("Which risks are accepted, mitigated or blocked?", "What evidence says that it works?", "What telemetry shows how it behaves?",
                                     "Who owns incidents, model changes and feedback?", "How is it paused or reversed?"));
  const auto& risks = report.reviews[0].answers[0].items;
  ASSERT_EQ(risks.size(), 6u);
  EXPECT_EQ(risks[5].label, "R6");
  EXPECT_EQ(risks[5].text, "The provider is away for an hour (availability, severity low, likelihood medium); accepted: by head-of-engineering, until 2027-01-15, because “The search of the fee schedule "
                           "stays, and nobody waits for an answer”");
}

TEST(Fleet, AnOpenQuestionNamesItsGates) {
  Story story;
  const FleetReport report = of(story.review("{spec: {ownership: {incidents: null}, rollout: {killSwitch: null}}}"));
  const FleetReview& r = report.reviews.at(0);
  EXPECT_EQ(r.state, "refused");
  const auto open = [&](std::size_t question) {
    Names ids;
    for (const auto g : r.answers.at(question).open) ids.emplace_back(gate_table()[g].id);
    return ids;
  };
  EXPECT_THAT(open(3), ElementsAre("PRR-OWN-02"));
  EXPECT_THAT(open(4), ElementsAre("PRR-ROLL-01"));
  EXPECT_THAT(open(0), IsEmpty());
}

TEST(Fleet, WhereEachApprovalStands) {
  Story story;
  story.policy("{tierFloors: [{minTier: high, reason: the test}], authorities: {approval: {risk: [kim@example.com]}}}").world();
  const auto approve = [&](const char* name, const char* role, const char* person, const char* decision = "approve") {
    Json a = story.approval(role, person, decision);
    a["metadata"]["name"] = name;
    return a;
  };
  Json early = approve("a-early", "legal", "lea@example.com"), early_product = approve("b-early-product", "product", "old@example.com");
  story.review("{spec: {useCase: {monthlyUsers: 901}}}").world();
  std::vector<Json> now{approve("c-product", "product", "ana@example.com"), approve("d-security", "security", "sam@example.com", "reject"),
                        approve("e-security", "security", "tim@example.com"), approve("f-risk", "risk", "mal@example.com"),
                        approve("g-peer", "peer", "assistant-eng")};
  for (const Json& a : {early, early_product}) story.add(a);
  for (const Json& a : now) story.add(a);
  const FleetReport report = of(story);
  Names standing;
  for (const FleetApproval& a : report.reviews.at(0).approvals) standing.push_back(a.name + " " + a.standing + (a.why.empty() ? "" : ": " + a.why));
  EXPECT_THAT(standing, ::testing::UnorderedElementsAre("a-early Void: the review was changed after it: useCase.monthlyUsers",
                                    "b-early-product Superseded: the review was changed after it: useCase.monthlyUsers; the role has spoken again since", "c-product Valid",
                                    "d-security Rejects: rejects what the review says now", "e-security Overruled: somebody else rejects it as security",
                                    "f-risk NoAuthority: the policy does not let mal@example.com speak as risk",
                                    "g-peer NotIndependent: given by assistant-eng, the owning team itself"));
}

TEST(Fleet, AgeOfTheEvidence) {
  Story story;
  story.policy("{tierFloors: [{minTier: high, reason: the test}]}");
  const auto late = [&](const char* now) {
    Names out;
    const FleetReport report = of(story, testing::time_at(now));
    for (const FleetDate& d : report.reviews.at(0).dates)
      if (d.late(report.now)) out.push_back(d.what);
    return out;
  };
  EXPECT_THAT(late("2026-11-24T12:00:00Z"), IsEmpty());
  EXPECT_THAT(late("2027-01-25T00:00:00Z"), ElementsAre("test of the fallback"));
}

TEST(Fleet, WorkloadsWithoutAReview) {
  Story story;
  const FleetReport report = of(story.no_review());
  EXPECT_THAT(report.reviews, IsEmpty());
  ASSERT_EQ(report.unreviewed.size(), 1u);
  EXPECT_EQ(report.unreviewed[0].name, "assistant");
  EXPECT_EQ(report.unreviewed[0].verdict, "deny");
  EXPECT_EQ(gate_table()[report.unreviewed[0].unmet.at(0).gate].id, "PRR-COV-01");
  EXPECT_THAT(fleet_csv(report), HasSubstr("\r\n2026-11-24,team,,,,unreviewed,,PRR-COV-01,review-exists,Fail,Fail,blocks,"));
}

// Nothing runs yet: gates that look at a workload wait, and nothing counts as open for it.
TEST(Fleet, AReviewWithoutAWorkloadWaits) {
  auto all = testing::objects_below(testing::in_source("examples/bank"), "workload.yaml");
  const auto world = testing::world_of(all);
  const FleetReview r = of(*world).reviews.at(0);
  EXPECT_THAT(r.workloads, IsEmpty());
  EXPECT_EQ(r.state, "ready");
  EXPECT_EQ(gate(r, "PRR-COV-02").effect(), "waits");
  EXPECT_FALSE(gate(r, "PRR-COV-02").unmet());
}

TEST(Fleet, AnExemptNamespaceHasATierForNobody) {
  Story story;
  const FleetReport report = of(story.policy("{exempt: {namespaces: [team]}}"));
  const FleetReview& r = report.reviews.at(0);
  EXPECT_FALSE(r.tier);
  EXPECT_EQ(r.state, "not asked");
  EXPECT_EQ(fleet_csv(report).substr(fleet_csv(report).find("\r\n")), "\r\n2026-11-24,team,assistant,assistant-eng,,not asked,2027-02-01,,,,,,,,,,,,,,\r\n");
}

// The highest tier first, and the namespaces apart.
TEST(Fleet, OrderAndNamespaces) {
  std::vector<SourceObject> all;
  for (const char* folder : {"examples/low", "examples/critical", "examples/bank"})
    for (auto& o : testing::objects_below(testing::in_source(folder))) all.push_back(std::move(o));
  const auto world = testing::world_of(all);
  Names names;
  for (const FleetReview& r : of(*world).reviews) names.push_back(r.name);
  EXPECT_THAT(names, ElementsAre("inbox-agent", "statement-helper", "ticket-summary"));
  EXPECT_EQ(fleet_report(*world, "advisory", "", kNow).reviews.size(), 1u);
}

TEST(Fleet, AControlCountsTheReviewsWhoseGatesAreMet) {
  const FleetReport bank = of(*example("bank"));
  const auto control = [&](const char* crosswalk, const char* id) -> const FleetControl* {
    for (const FleetCrosswalk& c : bank.crosswalks)
      for (const FleetControl& one : c.controls)
        if (c.id == crosswalk && one.id == id) return &one;
    return nullptr;
  };
  const FleetControl* consumption = control("owasp-llm-2026", "LLM06:2026");
  ASSERT_TRUE(consumption);
  EXPECT_EQ(consumption->asked, 1u);
  EXPECT_EQ(consumption->met, 0u) << "PRR-COST-02 is waived, and a waived gate supports nothing";
  EXPECT_THAT(consumption->open, ElementsAre("advisory/statement-helper"));
}

// What a spreadsheet would run is made a text; what it would split is quoted.
TEST(FleetCsv, FormulasAndSeparators) {
  const std::pair<const char*, const char*> cells[] = {
      {"=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\""},
      {"+1", "\"'+1\""},
      {"-2+3", "\"'-2+3\""},
      {"@SUM(A1)", "\"'@SUM(A1)\""},
      {"a,b", "\"a,b\""},
      {"say \"no\"", "\"say \"\"no\"\"\""},
      {"plain = text", "plain = text"},
  };
  for (const auto& [team, cell] : cells) {
    FleetReport report;
    FleetReview r;
    r.ns = "n";
    r.name = "r";
    r.team = team;
    r.state = "ready";
    report.reviews.push_back(r);
    EXPECT_THAT(fleet_csv(report), HasSubstr(std::string{"\r\n1970-01-01,n,r,"} + cell + ",,ready,")) << team;
  }
}

TEST(Fleet, WhatLooksLikeAKeyIsNotPrinted) {
  Story story;
  const std::string key = std::string{"sk-"} + "proj-Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFy0123456789ABCDEFGH";
  const FleetReport report = of(story.review("{spec: {rollout: {disabledExperience: \"" + key + "\"}, observability: {dashboards: [{url: \"https://example.com/?k=" + key + "\"}]}}}"));
  EXPECT_EQ(fleet_json(report).find(key), std::string::npos);
  EXPECT_EQ(fleet_csv(report).find(key), std::string::npos);
}

TEST(Fleet, DaysAreCountedAsPeopleDo) {
  const auto at = [](const char* t) { return testing::time_at(t); };
  EXPECT_EQ(days_from(at("2026-11-24T12:00:00Z"), at("2026-11-25T00:00:00Z")), "in 1 day");
  EXPECT_EQ(days_from(at("2026-11-24T12:00:00Z"), at("2026-12-16T00:00:00Z")), "in 22 days");
  EXPECT_EQ(days_from(at("2026-11-24T12:00:00Z"), at("2026-11-24T00:00:00Z")), "today");
  EXPECT_EQ(days_from(at("2026-11-24T12:00:00Z"), at("2026-11-20T09:00:00Z")), "4 days ago");
  EXPECT_EQ(days_left(at("2026-11-24T12:00:00Z"), at("2026-11-24T12:00:00Z")), 0);
}

}  // namespace
}  // namespace launchgate
