// Waivers: what they excuse, until when, and by whom; and that nothing of that holds a second longer.
#include "verdict/waive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "gates/table.h"
#include "support/world.h"

namespace launchgate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::said;
using testing::Story;

constexpr const char* kNoQuota = "spec: {cost: {quota: null}}";

std::string waiver(const std::string& spec, const std::string& metadata = "name: w, namespace: team") {
  return "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessWaiver, metadata: {" + metadata + "}, spec: {reason: The gateway gets its quota policy soon, " + spec + "}}";
}

const GateResult& result(const Verdict& v, std::string_view id) {
  for (const GateResult& r : v.gates)
    if (gate_table()[r.gate].id == id) return r;
  throw std::runtime_error("the gate did not run");
}

// A review at moderate without a quota, which blocks there, and what a waiver makes of it.
std::string with(const std::string& spec, const char* now = "2026-11-24T12:00:00Z", const char* policy = "{}") {
  Story story;
  story.review(kNoQuota).policy(policy).policy("tierFloors: [{minTier: moderate}]", "floor").with(waiver(spec)).at(now);
  return said(story.create());
}

TEST(Waivers, ExcuseTheGatesThatTheyName) {
  struct Row {
    const char *what, *spec, *says, *policy;
  };
  const std::vector<Row> rows{
      {"the gate", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged allow", "{}"},
      {"another gate", "review: assistant, gates: [PRR-COST-01], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02", "{}"},
      {"another review", "review: other, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02", "{}"},
      {"by labels that it has not", "selector: {matchLabels: {a: b}}, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02", "{}"},
      {"a gate of a newer version is not all of them", "review: assistant, kind: break-glass, gates: [PRR-XYZ-77], until: \"2026-11-24T18:00:00Z\"", "Judged deny: PRR-COST-02", "{}"},
      {"an emergency", "review: assistant, kind: break-glass, until: \"2026-11-24T18:00:00Z\"", "Judged allow", "{}"},
      {"an emergency for a week", "review: assistant, kind: break-glass, until: \"2026-12-01\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"longer than the limit", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2027-06-01\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"over", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-11-23\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"granted by the owning team", "review: assistant, gates: [PRR-COST-02], approver: assistant-eng, until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"granted by a program", "review: assistant, gates: [PRR-COST-02], approver: \"system:serviceaccount:ci:bot\", until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"granted without authority", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "authorities: {waiver: [board]}"},
      {"one of two", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "gates: {PRR-EXP-04: {params: {approvers: 2}}}"},
      {"two of two", "review: assistant, gates: [PRR-COST-02], approver: kim, approvers: [jo], until: \"2026-12-20\"", "Judged allow", "gates: {PRR-EXP-04: {params: {approvers: 2}}}"},
      {"one of two, written twice", "review: assistant, gates: [PRR-COST-02], approver: kim, approvers: [Kim], until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "gates: {PRR-EXP-04: {params: {approvers: 2}}}"},
      {"one of two, and a blank", "review: assistant, gates: [PRR-COST-02], approver: kim, approvers: [\" \"], until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "gates: {PRR-EXP-04: {params: {approvers: 2}}}"},
      {"granted by a blank", "review: assistant, gates: [PRR-COST-02], approver: \" \", until: \"2026-12-20\"", "Judged deny: PRR-COST-02,PRR-EXP-04", "{}"},
      {"not for waiving", "review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\"", "Judged deny: PRR-COST-02", "gates: {PRR-COST-02: {params: {waivable: false}}}"},
  };
  for (const Row& row : rows) EXPECT_EQ(with(row.spec, "2026-11-24T12:00:00Z", row.policy), row.says) << row.what;
}

TEST(Waivers, AreCountedApartAndSayUntilWhen) {
  Story story;
  story.review(kNoQuota).policy("tierFloors: [{minTier: moderate}]").with(waiver("review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-12-20\""));
  const Verdict v = story.create();
  EXPECT_EQ(v.counts.waived, 1);
  EXPECT_EQ(v.counts.fail, 0);
  EXPECT_EQ(v.counts_before_waivers.fail, 1);
  EXPECT_EQ(v.counts_before_waivers.waived, 0);
  EXPECT_EQ(v.counts.pass, v.counts_before_waivers.pass) << "waived is not passed";
  EXPECT_EQ(result(v, "PRR-COST-02").finding.message, "no hard quota; waived until 2026-12-20 by kim (ReadinessWaiver w)");
  EXPECT_THAT(warning_texts(v), Contains(HasSubstr("waived until 2026-12-20")));
  EXPECT_EQ(waived_gates(v), "PRR-COST-02");
}

TEST(Waivers, ThatAreOverAndNotNeededOnlyWarn) {
  Story story;
  story.with(waiver("review: assistant, gates: [PRR-COST-02], approver: kim, until: \"2026-11-01\""));
  const Verdict v = story.create();
  EXPECT_TRUE(v.allowed());
  EXPECT_EQ(result(v, "PRR-EXP-04").finding.outcome, Outcome::Warn);
}

// Second by second around every kind of end, with any clock time in it: in force before, and never at or after it.
TEST(Waivers, NoneOutlivesItsDate) {
  for (const char* until : {"2026-12-01", "2026-12-01T00:00:00Z", "2026-12-01T17:30:00+02:00", "2026-11-30T23:59:59Z"}) {
    const TimePoint end = *parse_end(until);
    for (const int offset : {-86400, -3600, -1, 0, 1, 60, 86400, 30 * 86400}) {
      Story story;
      story.review(kNoQuota).policy("tierFloors: [{minTier: moderate}]").at(format_time(end + Seconds{offset}));
      story.with(waiver(std::string{"review: assistant, gates: [PRR-COST-02], approver: kim, until: \""} + until + "\""));
      const Verdict v = story.create();
      EXPECT_EQ(result(v, "PRR-COST-02").finding.outcome == Outcome::Waived, offset < 0) << until << " " << offset;
    }
  }
}

TEST(TierOverrides, LowerByOneStepAndNeverBelowAFloor) {
  struct Row {
    const char *what, *review, *policy, *from, *to, *tier;
  };
  const std::vector<Row> rows{
      {"a step", "spec: {useCase: {dataClassification: confidential}}", "{}", "moderate", "low", "low"},
      {"from another tier", "spec: {useCase: {dataClassification: restricted}}", "{}", "moderate", "low", "high"},
      {"a regulated domain holds it", "spec: {useCase: {regulatedDomain: employment}}", "{}", "high", "moderate", "high"},
      {"the platform's floor holds it", "{}", "tierFloors: [{minTier: moderate}]", "moderate", "low", "moderate"},
      {"the team's own word holds it", "spec: {declaredTier: moderate, useCase: {dataClassification: confidential}}", "{}", "moderate", "low", "moderate"},
  };
  for (const Row& row : rows) {
    Story story;
    story.review(row.review).policy(row.policy).with(waiver(std::string{"review: assistant, kind: tier-override, approver: kim, until: \"2026-12-10\", from: "} + row.from + ", to: " + row.to));
    EXPECT_EQ(to_string(story.create().tiering.tier), row.tier) << row.what;
  }
}

// Three of them took a critical review to low, or did not, by what they were called.
TEST(TierOverrides, AreOneStepTogether) {
  const auto override_of = [](const std::string& name, const std::string& from, const std::string& to) {
    return waiver("review: assistant, kind: tier-override, approver: kim, until: \"2026-12-05\", from: " + from + ", to: " + to, "name: " + name + ", namespace: team");
  };
  const std::pair<const char*, const char*> steps[] = {{"critical", "high"}, {"high", "moderate"}, {"moderate", "low"}};
  for (const auto& names : {std::array{"a", "b", "c"}, {"c", "b", "a"}, {"b", "c", "a"}}) {
    Story story;
    story.review("spec: {useCase: {dataClassification: restricted, automation: act-with-approval, retrieval: null}}");
    for (std::size_t i = 0; i < 3; ++i) story.with(override_of(names[i], steps[i].first, steps[i].second));
    const Verdict v = story.create();
    EXPECT_EQ(to_string(v.tiering.tier), "high") << names[0];
    std::string why;
    for (const TierReason& r : v.tiering.reasons)
      if (r.code == "waiver") why += r.text + "\n";
    EXPECT_THAT(why, HasSubstr(std::string{"ReadinessWaiver "} + names[0] + " lowers it from critical to high until 2026-12-05, granted by kim"));
    for (const std::size_t i : {1u, 2u})
      EXPECT_THAT(why, HasSubstr(std::string{"ReadinessWaiver "} + names[i] + " does not apply: it lowers from " + steps[i].first + ", and without waivers the tier is critical"));
  }
}

TEST(Waivers, AreLookedForWhereADenialIsForWantOfOne) {
  Story story;
  story.review("spec: {cost: {budget: null}}");
  EXPECT_THAT(story.create().missing, Contains("ReadinessWaiver"));
  EXPECT_TRUE(Story{}.create().missing.empty());
}

}  // namespace
}  // namespace launchgate
