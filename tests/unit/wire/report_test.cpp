// What `check` and `tier` print: the JSON in the shape of DESIGN §6, and the text.
#include "wire/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using Keys = std::set<std::string>;

Keys keys(const Json& object) {
  Keys out;
  for (const auto& [key, value] : object.items()) out.insert(key);
  return out;
}

// Everything a gate can come to, in one report: a pass, failures that deny, warn and are recorded, an unknown, one
// that does not apply.
struct Reported {
  Reported() {
    story.review("spec: {ownership: {team: null}, profileRef: {name: gone}, cost: {budget: {amount: 0}}, evaluation: {reports: [{ref: configmap/not-there#x, digest: "
                 "\"sha256:d29e873b7586f3f92ff0ce57ea3d739763fc8248d8b5cd892ed913a742d2a0ec\"}]}}")
        .policy("{tierFloors: [{minTier: high, reason: the test}], gates: {PRR-COST-01: {enforceFrom: \"2026-12-01\"}, PRR-OWN-05: {mode: warn}}}");
    verdict = story.create();
    json = Json::parse(check_json({{"dir/app.yaml", 7, verdict}}));
  }
  const Json& gate(const char* id) const {
    for (const Json& g : json["results"][0]["gates"])
      if (g["id"] == id) return g;
    ADD_FAILURE() << id << " is not in the report";
    return json;
  }
  Story story;
  Verdict verdict;
  Json json;
};

TEST(CheckJson, HasTheShapeThatIsPromised) {
  const Reported r;
  EXPECT_EQ(keys(r.json), (Keys{"apiVersion", "kind", "results"}));
  EXPECT_EQ(r.json["apiVersion"], "launchgate.dev/v1alpha1");
  EXPECT_EQ(r.json["kind"], "CheckReport");
  ASSERT_EQ(r.json["results"].size(), 1u);
  const Json& result = r.json["results"][0];
  // DESIGN §6, and decision, step and note beside it: why there may be no gates.
  const Keys promised{"file", "line", "workload", "allowed", "mode", "tier", "tierReasons", "review", "detection", "gates", "counts"};
  Keys all = keys(result);
  for (const auto& key : promised) EXPECT_EQ(all.erase(key), 1u) << key << " is missing";
  for (const auto& key : all) EXPECT_THAT((Keys{"decision", "step", "note", "reviewDigest", "countsBeforeWaivers"}), ::testing::Contains(key));
  EXPECT_EQ(result["file"], "dir/app.yaml");
  EXPECT_EQ(result["line"], 7);
  EXPECT_EQ(result["workload"].dump(), R"({"apiVersion":"apps/v1","kind":"Deployment","namespace":"team","name":"assistant"})");
  EXPECT_EQ(result["allowed"], false);
  EXPECT_EQ(result["mode"], "enforce");
  EXPECT_EQ(result["tier"], "high");
  EXPECT_EQ(result["review"], "assistant");
  EXPECT_EQ(result["detection"].dump(), R"({"class":"labelled","signals":["label launchgate.dev/llm","env OPENAI_API_KEY","env LLM_MODEL","env PROMPT_VERSION"]})");
  ASSERT_EQ(result["tierReasons"].size(), 2u);
  for (const Json& reason : result["tierReasons"]) EXPECT_EQ(keys(reason), (Keys{"code", "text"}));
  EXPECT_EQ(result["tierReasons"][1].dump(), R"({"code":"F6","text":"ReadinessPolicy platform asks for at least high: the test"})");
  EXPECT_EQ(keys(result["counts"]), (Keys{"pass", "fail", "warn", "waived", "notApplicable", "unknown"}));
  int total = 0;
  for (const auto& [key, value] : result["counts"].items()) total += value.get<int>();
  EXPECT_EQ(static_cast<std::size_t>(total), result["gates"].size());
  for (const Json& gate : result["gates"]) {
    Keys of_gate = keys(gate);
    for (const char* key : {"id", "slug", "result", "strength", "reason", "message", "fix", "path"}) EXPECT_EQ(of_gate.erase(key), 1u) << gate["id"] << " lacks " << key;
    EXPECT_THAT(of_gate, ::testing::IsSubsetOf(Keys{"action", "waiver"})) << gate["id"];
    EXPECT_THAT((Keys{"Pass", "Fail", "Warn", "NotApplicable", "Waived", "Unknown"}), ::testing::Contains(gate["result"].get<std::string>()));
    EXPECT_EQ(gate["strength"] != "", gate["result"] == "Pass") << gate["id"];
    EXPECT_EQ(gate["fix"] == "", gate["result"] == "Pass" || gate["result"] == "NotApplicable") << gate["id"];
    EXPECT_NE(gate["path"], "") << gate["id"];
    EXPECT_NE(gate["reason"], "") << gate["id"];
  }
}

TEST(CheckJson, Gates) {
  const Reported r;
  const auto dump = [&](const char* id) { return r.gate(id).dump(); };
  EXPECT_EQ(dump("PRR-OWN-01"), R"({"id":"PRR-OWN-01","slug":"owner-team","result":"Fail","action":"deny","strength":"","reason":")" + r.gate("PRR-OWN-01")["reason"].get<std::string>() +
                                    R"(","message":"no owning team","fix":")" + std::string{gate_table()[*find_gate("PRR-OWN-01")].fix} +
                                    R"(","path":"spec.ownership.team"})");
  EXPECT_THAT(r.gate("PRR-COST-01")["message"].get<std::string>(), ::testing::EndsWith(" (enforced from 2026-12-01, in 7 days)"));
  EXPECT_EQ(r.gate("PRR-COST-01")["action"], "warn");
  EXPECT_EQ(r.gate("PRR-EVAL-02")["result"], "Unknown");
  EXPECT_EQ(r.gate("PRR-COV-01")["result"], "Warn");
  EXPECT_EQ(r.gate("PRR-USE-08")["result"], "NotApplicable");
  EXPECT_EQ(r.gate("PRR-ROLL-01")["result"], "Pass");
}

// A gate that passes was reported with the message " (enforced from 2026-12-01, in 7 days)".
TEST(CheckJson, WhatPassesIsNotCountedDown) {
  Story story;
  const Verdict v = story.policy("enforceFrom: \"2026-12-01\"").create();
  EXPECT_EQ(testing::said(v), "Judged allow");
  EXPECT_EQ(check_json({{"f", 1, v}}).find("enforced from"), std::string::npos);
}

TEST(CheckJson, ResultsThatNoGateDecided) {
  const auto result = [](Story& story) {
    const Verdict v = story.create();
    return Json::parse(check_json({{"f", 1, v}}))["results"][0];
  };
  Story suspended, plain, unreviewed;
  const Json a = result(suspended.review("spec: {suspend: true}"));
  EXPECT_EQ(a["allowed"], false);
  EXPECT_EQ(a["step"], "Suspended");
  EXPECT_EQ(a["note"], "review assistant is suspended: no new rollout; assistant-oncall, assistant-eng may lift it");
  EXPECT_EQ(a["tier"], "") << "no tier was computed";
  EXPECT_TRUE(a["gates"].empty() && a["gates"].is_array());
  const Json b = result(plain.no_review().workload("{metadata: {labels: null}, spec: {template: {spec: {containers: [{name: w, image: nginx}]}}}}"));
  EXPECT_EQ(b["allowed"], true);
  EXPECT_EQ(b["step"], "NotAnLLMWorkload");
  EXPECT_EQ(b["detection"].dump(), R"({"class":"none","signals":[]})");
  EXPECT_EQ(b["review"], "");
  const Json c = result(unreviewed.no_review());
  EXPECT_EQ(c["tier"], "") << "without a review there is no tier";
  EXPECT_TRUE(c["tierReasons"].empty());
  EXPECT_EQ(c["review"], "");
  EXPECT_GT(c["gates"].size(), 0u);
}

TEST(CheckJson, OfNothingAndOfMuch) {
  EXPECT_EQ(Json::parse(check_json({})).dump(), R"({"apiVersion":"launchgate.dev/v1alpha1","kind":"CheckReport","results":[]})");
  const Reported r;
  const auto text = check_json({{"a", 1, r.verdict}, {"b", 2, r.verdict}});
  EXPECT_EQ(Json::parse(text)["results"].size(), 2u);
  EXPECT_EQ(text.back(), '\n');
}

TEST(CheckJson, BytesThatAreNoTextStillMakeJson) {
  const Reported r;
  EXPECT_EQ(Json::parse(check_json({{"a\xff\n\"b", 1, r.verdict}}))["results"][0]["file"], "a\xEF\xBF\xBD\n\"b");
}

TEST(CheckText, SaysWhatIsWrongAndHowToMendIt) {
  Story story;
  const Verdict v = story.review("spec: {ownership: {team: null}}").create();
  const auto pass = std::to_string(v.counts.pass), not_applicable = std::to_string(v.counts.not_applicable);
  EXPECT_EQ(check_text({{"app.yaml", 3, v}}, false),
            "denied Deployment team/assistant  app.yaml:3\n"
            "  tier low, review assistant\n"
            "  " + pass + " passed, 1 failed, 0 warned, 0 unknown, " + not_applicable + " not applicable\n"
            "  FAIL PRR-OWN-01 owner-team: no owning team\n"
            "       fix: " + std::string{gate_table()[*find_gate("PRR-OWN-01")].fix} + "\n"
            "1 workload: 1 denied, 0 with warnings, 0 passed\n");
  EXPECT_EQ(check_text({}, false), "No workload stands in these files, so nothing was judged. Give the workloads' manifests too; for the tier of a review alone: launchgate tier FILE\n");
  const auto colour = check_text({{"app.yaml", 3, v}}, true);
  EXPECT_THAT(colour, ::testing::HasSubstr("\x1b[31mdenied\x1b[0m"));
  std::string plain;
  for (std::size_t i = 0; i < colour.size(); ++i)
    if (colour[i] == '\x1b') i = colour.find('m', i);
    else plain += colour[i];
  EXPECT_EQ(plain, check_text({{"app.yaml", 3, v}}, false)) << "colour changes no word";
}

TEST(CheckText, Warnings) {
  Story story;
  const Verdict v = story.review("spec: {ownership: {team: null}}").policy("{mode: enforce, enforceFrom: \"2026-12-01\"}").create();
  const auto text = check_text({{"app.yaml", 3, v}}, false);
  EXPECT_THAT(text, ::testing::StartsWith("warned Deployment team/assistant  app.yaml:3\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("  warn PRR-OWN-01 owner-team: no owning team (enforced from 2026-12-01, in 7 days)\n"));
  EXPECT_THAT(text, ::testing::EndsWith("1 workload: 0 denied, 1 with warnings, 0 passed\n"));
}

TEST(TierReport, JsonAndText) {
  Tiering t;
  t.tier = Tier::High;
  t.reasons = {{"base", "suggest x confidential = moderate"}, {"F3", "regulated domain \"x\""}};
  EXPECT_EQ(Json::parse(tier_json(t)).dump(), R"({"tier":"high","reasons":[{"code":"base","text":"suggest x confidential = moderate"},{"code":"F3","text":"regulated domain \"x\""}]})");
  EXPECT_EQ(tier_text(t), "high\n  base: suggest x confidential = moderate\n  F3: regulated domain \"x\"\n");
}

}  // namespace
}  // namespace launchgate
