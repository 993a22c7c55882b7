// What build servers read. The whole documents are held against their schemas by tests/cli/formats.sh.
#include "wire/report_ci.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Denied {
  Denied() : verdict(story.review("spec: {ownership: {team: null}}").create()) {
    result = {"app/my app.yaml", 3, verdict};
    for (std::size_t i = 0; i < verdict.gates.size(); ++i) result.places.push_back({"app/review.yaml", 40});
  }
  Story story;
  Verdict verdict;
  CheckResult result;
};

TEST(CheckSarif, OneResultForEachProblemAndOneRuleForEachGate) {
  const Denied d;
  const Json log = Json::parse(check_sarif({d.result, d.result}, "1.2.3"));
  const Json& run = log["runs"][0];
  EXPECT_EQ(run["tool"]["driver"]["semanticVersion"], "1.2.3");
  ASSERT_EQ(run["tool"]["driver"]["rules"].size(), 1u);
  EXPECT_EQ(run["tool"]["driver"]["rules"][0]["id"], "PRR-OWN-01");
  ASSERT_EQ(run["results"].size(), 2u);
  const Json& first = run["results"][0];
  EXPECT_EQ(first["ruleIndex"], 0);
  EXPECT_EQ(first["level"], "error");
  EXPECT_THAT(first["message"]["text"].get<std::string>(), StartsWith("Deployment team/assistant: no owning team. Fix: "));
  EXPECT_EQ(first["locations"][0]["physicalLocation"].dump(), R"({"artifactLocation":{"uri":"app/review.yaml"},"region":{"startLine":40}})");
  EXPECT_EQ(first["partialFingerprints"]["launchgate/v1"], "PRR-OWN-01 Deployment team/assistant");
}

TEST(CheckSarif, PathsAreUris) {
  Denied d;
  constexpr const char* rows[][2] = {
      {"./a b.yaml", "a%20b.yaml"}, {"/work/a.yaml", "file:///work/a.yaml"}, {"-", "stdin"}, {"", "stdin"}, {"ä#1?.yaml", "%C3%A4%231%3F.yaml"}, {"a\xff.yaml", "a%FF.yaml"}};
  for (const auto& [file, uri] : rows) {
    for (Place& place : d.result.places) place = {file, 0};
    const Json log = Json::parse(check_sarif({d.result}, "1.2.3"));
    const Json& where = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    EXPECT_EQ(where["artifactLocation"]["uri"], uri);
    EXPECT_EQ(where["region"]["startLine"], 1) << "a region has a line";
  }
}

TEST(CheckSarif, ThePauseSwitchIsARuleOfItsOwn) {
  Story story;
  const Verdict v = story.review("spec: {suspend: true}").create();
  const Json log = Json::parse(check_sarif({{"a.yaml", 1, v}}, "1.2.3"));
  EXPECT_EQ(log["runs"][0]["results"][0]["ruleId"], "suspended");
  EXPECT_EQ(Json::parse(check_sarif({}, "1.2.3"))["runs"][0]["results"].dump(), "[]");
}

TEST(CheckJunit, CountsWhatItHolds) {
  const Denied d;
  const auto xml = check_junit({d.result});
  const auto total = std::to_string(d.verdict.gates.size());
  EXPECT_THAT(xml, HasSubstr("<testsuites name=\"launchgate\" tests=\"" + total + "\" failures=\"1\" errors=\"0\">"));
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"Deployment team/assistant\" tests=\"" + total + "\" failures=\"1\""));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"no owning team\" type=\"PRR-OWN-01\">app/review.yaml:40: no owning team&#10;Fix: "));
}

TEST(CheckJunit, AWorkloadThatIsNotJudgedIsSkippedWithTheReason) {
  Story story;
  const Verdict v = story.no_review().workload("{metadata: {labels: null}, spec: {template: {spec: {containers: [{name: w, image: nginx}]}}}}").create();
  EXPECT_THAT(check_junit({{"a.yaml", 1, v}}), HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"1\""));
}

TEST(CheckJunit, WhatXmlCannotHoldIsReplaced) {
  Denied d;
  for (Place& place : d.result.places) place.file = "a<&>\"\x01\xff\xEF\xBF\xBF.yaml";
  EXPECT_THAT(check_junit({d.result}), HasSubstr("a&lt;&amp;&gt;&quot;???.yaml:40"));
}

TEST(CheckGithub, OneCommandForEachProblem) {
  Denied d;
  for (Place& place : d.result.places) place.file = "a,b:c%.yaml";
  const auto out = check_github({d.result});
  EXPECT_THAT(out, StartsWith("::error file=a%2Cb%3Ac%25.yaml,line=40,title=PRR-OWN-01 owner-team::Deployment team/assistant: no owning team%0AFix: "));
  EXPECT_THAT(out, ::testing::EndsWith("\nlaunchgate: 1 workload, 1 denied\n"));
  for (Place& place : d.result.places) place.file = "-";
  EXPECT_THAT(check_github({d.result}), StartsWith("::error title=PRR-OWN-01 owner-team::")) << "standard input is no file of the repository";
}

}  // namespace
}  // namespace launchgate
