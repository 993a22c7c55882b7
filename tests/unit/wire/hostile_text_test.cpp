// Manifests whose names and values hold line feeds, escape sequences and keys: every renderer of text for people, so that
// none of it becomes a line, a command or a key in a log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json_read.h"
#include "base/printable.h"
#include "support/world.h"
#include "verdict/examine.h"
#include "wire/answer.h"
#include "wire/brief.h"
#include "wire/fleet.h"
#include "wire/origin.h"
#include "wire/preview.h"
#include "wire/report.h"
#include "wire/report_ci.h"
#include "wire/scaffold.h"
#include "wire/spec_diff.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using ::testing::HasSubstr;

const std::string kToken = std::string{"ghp_"} + "16C7e42F292c6912E7710c838347Ae178B4a";
// As YAML and JSON write it: a workflow command on a line of its own, an escape sequence, U+009B and U+202E.
const std::string kHostile = R"(x\n::stop-commands::t0k\r\u001b[31m\u009b\u202e)";
const TimePoint kNow = testing::time_at("2026-11-24T12:00:00Z");

// Everything that a text may say of an object is hostile.
Story hostile(const std::string& review = "{}") {
  Story story;
  const auto named = "{metadata: {name: \"" + kHostile + "\", namespace: \"" + kHostile + "\"}}";
  story.workload(named).review(named).review("{spec: {covers: [{kind: Deployment, name: \"" + kHostile + "\"}]}}").review(review);
  return story;
}

void expect_harmless(const std::string& text, const char* what) {
  EXPECT_EQ(printable_lines(text), text) << what;
  EXPECT_THAT(text, ::testing::Not(HasSubstr("\n::stop-commands"))) << what;
  EXPECT_THAT(text, HasSubstr("::stop-commands")) << what << " says nothing of what is hostile: this test proves nothing";
}

TEST(HostileText, HeadingsOfEveryReportStayOneLine) {
  Story story = hostile("{spec: {ownership: {team: null}}}");
  const Verdict v = story.create();
  ASSERT_THAT(testing::said(v), HasSubstr("Judged deny: "));
  const std::string file = "dir\n::stop-commands::t0k\x1b/app.yaml";
  const CheckResult result{file, 3, v, {}};
  expect_harmless(denial_text(v), "denial");
  expect_harmless(check_text({result}, false), "check");
  expect_harmless(check_github({result}), "github");
  expect_harmless(check_junit({result}), "junit");
  expect_harmless(origins_text(v, PolicySet{story.judged_in(), v.workload.ns, v.workload.labels}), "policy explain");
  PreviewResult preview{file, 3, v, v};
  preview.today.decision = Decision::Allow;
  preview.today.gates.clear();
  expect_harmless(preview_text({preview}), "preview");
  const Snapshot& world = story.judged_in();
  expect_harmless(review_brief(examine(world, *world.reviews.front(), kNow)), "approve");
}

TEST(HostileText, TheCommentOfAFirstReviewIsNoYaml) {
  Story story = hostile();
  const Verdict v = story.create();
  const auto text = scaffold(story.judged_in(), v.workload, {Tier::Low, false});
  EXPECT_THAT(text, ::testing::StartsWith("# First review of Deployment x ::stop-commands"));
  EXPECT_EQ(text.find("\n::"), std::string::npos);
}

TEST(HostileText, CellsOfASpreadsheetHoldNoControlCharacters) {
  FleetReport report;
  FleetReview r;
  r.ns = "n";
  r.name = std::string{"a\0b\x1b[31m\nc", 10};
  report.reviews.push_back(r);
  EXPECT_THAT(fleet_csv(report), HasSubstr(",n,a b [31m c,"));
}

TEST(HostileText, ASuspendedReviewDoesNotSayAKey) {
  Story story = hostile("{spec: {suspend: true, rollout: {pauseAuthority: null}, ownership: {team: " + kToken + "}}}");
  const Verdict v = story.create();
  ASSERT_EQ(v.step, Step::Suspended);
  EXPECT_THAT(v.note, HasSubstr("(not shown) may lift it"));
  expect_harmless(denial_text(v), "denial");
  expect_harmless(check_text({{"app.yaml", 3, v, {}}}, false), "check");
  EXPECT_EQ(check_json({{"app.yaml", 3, v, {}}}).find(kToken), std::string::npos);
}

TEST(HostileText, WarningsTurnNothingAround) {
  EXPECT_EQ(as_warning("a\xe2\x80\xae" "b " + kToken), "a\xef\xbf\xbd" "b (not shown)");
}

TEST(HostileText, TheAnswerToBadInputQuotesNoControlCharacter) {
  std::string body = R"({"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1\u001b[31m","request":{"uid":"1"}})";
  const auto size = body.size();
  body.resize(size + kJsonPadding);
  Exchange exchange;
  std::string out;
  EXPECT_EQ(answer({body.data(), size}, *testing::world_of({}), kNow, nullptr, exchange, out), 400u);
  EXPECT_THAT(exchange.error, HasSubstr("v1 [31m"));
}

std::string fault_of(const std::string& text) {
  const auto read = read_source("r.yaml", text);
  return read ? "" : read.error().text();
}
const std::string kReview = "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: r}\nspec:\n  covers: [{kind: Deployment, name: d}]\n";

TEST(HostileText, AFaultOfTheSchemaDoesNotSayAKey) {
  EXPECT_EQ(fault_of(kReview + "  useCase: {audience: " + kToken + "}\n"),
            "r.yaml:6: ReadinessReview r: spec.useCase.audience is \"(not shown)\": expected one of internal, partner, public");
  EXPECT_THAT(fault_of(kReview + "  expiresAt: " + kToken + "\n"), HasSubstr("\"(not shown)\" is not a date-time"));
  EXPECT_THAT(fault_of(kReview + "  evaluation: {reports: [{digest: " + kToken + "}]}\n"), HasSubstr("\"(not shown)\" does not match"));
  EXPECT_THAT(fault_of(kReview + "  useCase: {tools: [{name: " + kToken + "}, {name: " + kToken + "}]}\n"), HasSubstr("\"(not shown)\" stands already"));
}

// Cut after 80 characters, a long key was no longer known as one.
TEST(HostileText, AKeyIsKnownBeforeItIsCut) {
  const std::string jwt = "eyJ" + std::string(60, 'h') + ".eyJ" + std::string(60, 'p') + "." + std::string(43, 's');
  EXPECT_THAT(fault_of(kReview + "  useCase: {audience: " + jwt + "}\n"), HasSubstr("is \"(not shown)\": expected"));
}

TEST(HostileText, AKeyThatStandsTwiceIsNotSaid) {
  EXPECT_EQ(fault_of(kReview + "  " + kToken + ": 1\n  " + kToken + ": 2\n"), "r.yaml:5: key \"(not shown)\" stands twice in one mapping");
  const auto doc = read_json("{\"" + kToken + "\": 1, \"" + kToken + "\": 2}", JsonOptions{});
  ASSERT_FALSE(doc);
  EXPECT_EQ(doc.error().text().find(kToken), std::string::npos);
}

TEST(HostileText, AChangeInsideOfAListDoesNotSayAKey) {
  const Doc before = testing::doc("{}"), after = testing::doc(R"({"tools":[{"url":"https://bot:)" + kToken + R"(@example.com/\u202e"}]})");
  EXPECT_EQ(diff_text(spec_diff(before.root(), after.root())), "  + tools: [{\"url\":\"https://bot:(not shown)@example.com/\xef\xbf\xbd\"}]\n");
}

}  // namespace
}  // namespace launchgate
