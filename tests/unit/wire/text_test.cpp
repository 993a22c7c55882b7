// The words that people read: one renderer for kubectl, the command line and the tests.
#include "wire/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::Story;

GateResult result(Outcome outcome, std::optional<TimePoint> from) {
  GateResult r;
  r.finding.outcome = outcome;
  r.enforced_from = from;
  return r;
}

TEST(Text, Countdown) {
  const auto now = testing::time_at("2026-11-24T12:00:00Z");
  const auto count = [&](const char* date) { return countdown(result(Outcome::Fail, testing::time_at(date)), now); };
  EXPECT_EQ(count("2026-12-01"), " (enforced from 2026-12-01, in 7 days)") << "six days and a half are seven mornings";
  EXPECT_EQ(count("2026-11-25"), " (enforced from 2026-11-25, in 1 day)");
  EXPECT_EQ(count("2026-11-24T12:00:01Z"), " (enforced from 2026-11-24, in 1 day)");
  EXPECT_EQ(count("2027-11-24T12:00:00Z"), " (enforced from 2027-11-24, in 365 days)");
  EXPECT_EQ(countdown(result(Outcome::Fail, std::nullopt), now), "");
  EXPECT_EQ(countdown(result(Outcome::Pass, testing::time_at("2026-12-01")), now), "");
  EXPECT_EQ(countdown(result(Outcome::NotApplicable, testing::time_at("2026-12-01")), now), "");
}

TEST(Text, ADenialOfOneGate) {
  Story story;
  const Verdict v = story.review("spec: {ownership: {team: null}}").create();
  EXPECT_EQ(denial_text(v), "launchgate: Deployment team/assistant not admitted: 1 of " + std::to_string(v.counts.total()) +
                                " gates fails (tier low; review assistant)\n"
                                "1) PRR-OWN-01 owner-team: no owning team.\n"
                                "   Why: someone must answer for it.\n"
                                "   Fix: " + std::string{gate_table()[*find_gate("PRR-OWN-01")].fix} + "\n"
                                "A rollback to a revision that was admitted before is still allowed. More: launchgate explain PRR-OWN-01");
}

TEST(Text, ADenialWithoutAReviewPromisesNoRollback) {
  Story story;
  const auto text = denial_text(story.no_review().create());
  EXPECT_THAT(text, ::testing::StartsWith("launchgate: Deployment team/assistant not admitted: 1 of "));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("rollback")));
  EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("tier "))) << "no tier without a review";
  EXPECT_THAT(text, ::testing::EndsWith("\nMore: launchgate explain PRR-COV-01"));
}

TEST(Text, ADenialSaysNothingOfWhatOnlyWarns) {
  Story story;
  const Verdict v = story.review("spec: {ownership: {team: null}, cost: {budget: null}}").policy("gates: {PRR-COST-01: {mode: warn}}").create();
  EXPECT_THAT(denial_text(v), ::testing::Not(::testing::HasSubstr("COST-01")));
  const auto budget = std::find_if(v.gates.begin(), v.gates.end(), [](const GateResult& r) { return gate_table()[r.gate].id == "PRR-COST-01"; });
  ASSERT_NE(budget, v.gates.end());
  const std::vector<std::string> expected{"launchgate: PRR-COST-01 budget-set: " + budget->finding.message};
  EXPECT_EQ(warning_texts(v), expected)
      << "and the warnings say nothing of what denies";
}

TEST(Text, FixAndPathAreTheFindingsOwnWhereItHasThem) {
  GateResult r;
  r.gate = *find_gate("PRR-OWN-01");
  EXPECT_EQ(path_of(r), "spec.ownership.team");
  EXPECT_EQ(fix_of(r), gate_table()[r.gate].fix);
  r.finding.path = "spec.x";
  r.finding.fix = "do it";
  EXPECT_EQ(path_of(r), "spec.x");
  EXPECT_EQ(fix_of(r), "do it");
}

// A long message pushed its own date off the end of the warning.
TEST(Text, AWarningThatIsCutKeepsItsDate) {
  Story story;
  std::string unset = "spec: {ownership: {team: null}}";
  Verdict v = story.review(unset).policy("enforceFrom: \"2026-12-01\"").create();
  for (GateResult& r : v.gates)
    if (r.finding.outcome == Outcome::Fail) r.finding.message = std::string(300, 'm');
  const auto warnings = warning_texts(v);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_LE(warnings[0].size(), 256u);
  EXPECT_THAT(warnings[0], ::testing::EndsWith("mmm... (enforced from 2026-12-01, in 7 days)"));
}

TEST(Text, AWarningIsOneLineCutBetweenCharacters) {
  EXPECT_EQ(as_warning("a\nb\tc\x01\x7f" "d"), "a b c  d");
  EXPECT_EQ(as_warning(std::string(256, 'x')), std::string(256, 'x'));
  EXPECT_EQ(as_warning(std::string(257, 'x')), std::string(253, 'x') + "...");
  for (std::size_t shift = 0; shift < 4; ++shift) {
    std::string text(shift, 'x');
    while (text.size() < 400) text += "\U0001f600";
    const auto cut = as_warning(text);
    EXPECT_LE(cut.size(), 256u);
    EXPECT_EQ((cut.size() - 3 - shift) % 4, 0u) << "whole characters";
  }
}

TEST(Text, MessagesNameOnlyVerbsThatExist) {
  const std::set<std::string> verbs{"serve", "admit", "check", "tier", "gates", "explain", "init", "status", "audit", "preview", "approve", "waive", "suspend", "resume", "doctor", "cleanup", "version"};
  for (const Gate& gate : gate_table())
    for (std::string_view text : {gate.fix, gate.why, gate.catches, gate.applies}) {
      std::string t{text};
      for (std::size_t at = 0; (at = t.find("launchgate ", at)) != std::string::npos; ++at) {
        if (at && (t[at - 1] == '/' || t[at - 1] == '.')) continue;
        const auto verb = t.substr(at + 11, t.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 11) - at - 11);
        EXPECT_TRUE(verbs.count(verb)) << gate.id << ": launchgate " << verb << " is no verb";
      }
    }
}

// One line that says how; a path that a person can find in the CRD; no full stop, which the renderer sets itself.
TEST(Text, FixesAreLines) {
  for (const Gate& gate : gate_table())
    for (std::string_view text : {gate.fix, gate.why, gate.path}) {
      EXPECT_EQ(text.find('\n'), std::string_view::npos) << gate.id;
      EXPECT_NE(text.back(), '.') << gate.id << ": " << text;
      EXPECT_NE(text.back(), ' ') << gate.id << ": " << text;
    }
}

}  // namespace
}  // namespace launchgate
