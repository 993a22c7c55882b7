// launchgate's own objects against the CRDs that are compiled in: each kind of violation names file, line and field.
#include "wire/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <functional>
#include <set>

#include "support/world.h"
#include "wire/embedded.h"

namespace launchgate {
namespace {

// The errors of a review's spec that begins on line 5, as `check` prints them.
std::string wrong(std::string_view spec, std::string_view kind = "ReadinessReview") {
  const auto text = "apiVersion: launchgate.dev/v1alpha1\nkind: " + std::string{kind} + "\nmetadata: {name: r}\nspec:\n" + std::string{spec};
  auto read = read_source("r.yaml", text);
  return read ? "" : read.error().text();
}

struct Row {
  const char* what;
  const char* spec;    // behind "covers", from line 6 on
  const char* error;   // without "r.yaml:", and with the line
};

TEST(Schema, EachKindOfViolationNamesLineAndField) {
  const Row rows[] = {
      {"a text for a number", "  cost:\n    budget:\n      amount: \"300\"\n", "8: ReadinessReview r: spec.cost.budget.amount is of type string: expected number"},
      {"a number for a text", "  ownership:\n    team: 7\n", "7: ReadinessReview r: spec.ownership.team is of type number 7: expected string; put it in quotes"},
      {"a boolean for a text", "  ownership: {team: on}\n", "6: ReadinessReview r: spec.ownership.team is of type boolean true: expected string; put it in quotes"},
      {"a text for a boolean", "  suspend: \"true\"\n", "6: ReadinessReview r: spec.suspend is of type string: expected boolean"},
      {"a list for a map", "  cost: []\n", "6: ReadinessReview r: spec.cost is of type array: expected object"},
      {"a map for a list", "  risks: {id: R1}\n", "6: ReadinessReview r: spec.risks is of type object: expected array"},
      {"a text for a list", "  useCase:\n    intents: answer\n", "7: ReadinessReview r: spec.useCase.intents is of type string: expected array"},
      {"a number in a list of texts", "  useCase:\n    intents:\n    - answer\n    - 7\n", "9: ReadinessReview r: spec.useCase.intents[1] is of type number 7: expected string; put it in quotes"},
      {"a fraction for an integer", "  useCase: {monthlyUsers: 1.5}\n", "6: ReadinessReview r: spec.useCase.monthlyUsers is of type number 1.5: expected integer"},
      {"a word that is none", "  useCase:\n    automation: suggests\n",
       "7: ReadinessReview r: spec.useCase.automation is \"suggests\": expected one of suggest, draft, act-with-approval, autonomous"},
      {"a word in other letters", "  useCase: {audience: Public}\n", "6: ReadinessReview r: spec.useCase.audience is \"Public\": expected one of internal, partner, public"},
      {"a pattern", "  cost: {budget: {currency: eur}}\n", "6: ReadinessReview r: spec.cost.budget.currency \"eur\" does not match ^[A-Z]{3}$"},
      {"a duration in words", "  rollout: {rollbackTriggers: [{window: half an hour}]}\n",
       "6: ReadinessReview r: spec.rollout.rollbackTriggers[0].window \"half an hour\" does not match ^[0-9]+(s|m|h|d)$"},
      {"a digest cut short", "  evaluation: {reports: [{digest: \"sha256:4f1c\"}]}\n", "6: ReadinessReview r: spec.evaluation.reports[0].digest \"sha256:4f1c\" does not match ^sha256:[a-f0-9]{64}$"},
      {"a date of another order", "  risks: [{id: R1, title: x, until: 24.11.2026}]\n", "6: ReadinessReview r: spec.risks[0].until \"24.11.2026\" is not a date: expected RFC 3339, such as 2027-06-01T00:00:00Z, or the day alone"},
      {"a date for a date-time", "  expiresAt: \"2027-01-31\"\n", "6: ReadinessReview r: spec.expiresAt \"2027-01-31\" is not a date-time: expected RFC 3339, such as 2027-01-31T00:00:00Z"},
      {"no such day", "  expiresAt: \"2027-02-31T00:00:00Z\"\n", "6: ReadinessReview r: spec.expiresAt \"2027-02-31T00:00:00Z\" is not a date-time"},
      {"below the minimum", "  cost: {budget: {amount: -0.01}}\n", "6: ReadinessReview r: spec.cost.budget.amount is -0.01: expected at least 0"},
      {"above the maximum", "  evaluation: {rubric: {humanAgreement: 1.0001}}\n", "6: ReadinessReview r: spec.evaluation.rubric.humanAgreement is 1.0001: expected at most 1"},
      {"a percentage in a list", "  rollout: {exposure: {steps: [5, 101]}}\n", "6: ReadinessReview r: spec.rollout.exposure.steps[1] is 101: expected at most 100"},
      {"too short", "  profileRef: {name: \"\"}\n", "6: ReadinessReview r: spec.profileRef.name has 0 characters: expected at least 1"},
      {"required in a map", "  profileRef: {}\n", "6: ReadinessReview r: spec.profileRef.name is missing: it is required"},
      {"required in a list", "  useCase:\n    tools:\n    - {name: a}\n    - {effect: read}\n", "9: ReadinessReview r: spec.useCase.tools[1].name is missing: it is required"},
      {"null is missing", "  profileRef: {name: null}\n", "6: ReadinessReview r: spec.profileRef.name is missing: it is required"},
      {"the same key twice", "  useCase:\n    tools:\n    - {name: a, effect: read}\n    - {name: b, effect: read}\n    - {name: a, effect: money}\n",
       "10: ReadinessReview r: spec.useCase.tools[2] \"a\" stands already at [0]: expected each once"},
      {"a signal of a number", "  observability: {signals: {latency: 5}}\n", "6: ReadinessReview r: spec.observability.signals.latency is 5: expected a text, or an object with metric, attribute, promql"},
      {"a signal of a list", "  observability: {signals: {latency: [a]}}\n", "6: ReadinessReview r: spec.observability.signals.latency is of type array: expected a text, or an object with"},
      {"a signal with a key too many", "  observability: {signals: {latency: {metric: a, attribute: b}}}\n", "6: ReadinessReview r: spec.observability.signals.latency has metric, attribute together: expected one of metric, attribute, promql, metric with promql, attribute with promql"},
      {"several", "  suspend: 1\n  stage: beta\n  cost: 7\n", "6: ReadinessReview r: spec.suspend is of type number 1: expected boolean (and 2 more)"},
  };
  for (const Row& row : rows)
    EXPECT_THAT(wrong(std::string{"  covers: [{kind: Job, name: j}]\n"} + row.spec), ::testing::StartsWith(std::string{"r.yaml:"} + row.error)) << row.what;
}

TEST(Schema, BoundsOfSizes) {
  const auto covers = [](int n) {
    std::string out = "  covers:\n";
    for (int i = 0; i < n; ++i) out += "  - {kind: Job, name: j" + std::to_string(i) + "}\n";
    return out;
  };
  EXPECT_EQ(wrong(covers(50)), "");
  EXPECT_EQ(wrong(covers(51)), "r.yaml:6: ReadinessReview r: spec.covers has 51 entries: expected at most 50");
  EXPECT_EQ(wrong("  covers: []\n"), "r.yaml:5: ReadinessReview r: spec.covers has 0 entries: expected at least 1");
  EXPECT_EQ(wrong("  suspend: true\n"), "r.yaml:5: ReadinessReview r: spec.covers is missing: it is required");
  const auto team = [](std::size_t n, const char* letter) {
    std::string name;
    for (std::size_t i = 0; i < n; ++i) name += letter;
    return wrong("  covers: [{kind: Job, name: j}]\n  ownership: {team: " + name + "}\n");
  };
  EXPECT_EQ(team(253, "a"), "");
  EXPECT_EQ(team(254, "a"), "r.yaml:6: ReadinessReview r: spec.ownership.team has 254 characters: expected at most 253");
  EXPECT_EQ(team(253, "\u4e2d"), "") << "characters, not bytes";
  EXPECT_EQ(team(254, "\u4e2d"), "r.yaml:6: ReadinessReview r: spec.ownership.team has 254 characters: expected at most 253");
  std::string labels;
  for (int i = 0; i < 33; ++i) labels += (i ? ", l" : "l") + std::to_string(i) + ": a";
  EXPECT_EQ(wrong("  covers: [{kind: Job, labelSelector: {matchLabels: {" + labels + "}}}]\n"),
            "r.yaml:5: ReadinessReview r: spec.covers[0].labelSelector.matchLabels has 33 members: expected at most 32");
}

// kubectl turns 2.0 and 1e4 into the integers 2 and 10000; here they were refused.
TEST(Schema, AnIntegerIsAWholeNumberHoweverItIsWritten) {
  for (const char* whole : {"10000", "0", "1e4", "1.0e4", "2.0", "100e-2"}) EXPECT_EQ(wrong(std::string{"  covers: [{kind: Job, name: j}]\n  useCase: {monthlyUsers: "} + whole + "}\n"), "") << whole;
  for (const char* broken : {"1.5", "1e-1", "\"5\"", "-1", "-2.0", "yes"})
    EXPECT_THAT(wrong(std::string{"  covers: [{kind: Job, name: j}]\n  useCase: {monthlyUsers: "} + broken + "}\n"), ::testing::HasSubstr("spec.useCase.monthlyUsers is")) << broken;
}

TEST(Schema, AmountsAreComparedExactly) {
  const auto agreement = [](const char* n) { return wrong(std::string{"  covers: [{kind: Job, name: j}]\n  evaluation: {rubric: {humanAgreement: "} + n + "}}\n") == ""; };
  EXPECT_TRUE(agreement("1"));
  EXPECT_TRUE(agreement("1.000000000000000000000"));
  EXPECT_FALSE(agreement("1.000000000000000000001")) << "more than one, though no double knows it";
  EXPECT_TRUE(agreement("0.999999999999999999999"));
  EXPECT_FALSE(agreement("1e300"));
  EXPECT_TRUE(agreement("1e-300"));
}

TEST(Schema, WhatAPolicyMaySayOfAGate) {
  const auto policy = [](const char* gate) { return wrong(std::string{"  gates:\n    PRR-COST-01: "} + gate + "\n", "ReadinessPolicy"); };
  for (const char* good : {"{mode: block}", "{mode: warn}", "{mode: \"off\"}", "{mode: off}", "{mode: {low: warn}}", "{mode: {low: off, high: block}}", "{mode: {low: warn, moderate: warn, high: block, critical: block}}",
                           "{minStrength: linked}", "{minStrength: {critical: attested}}", "{enforceFrom: \"2027-01-01\"}", "{params: {anything: [1, {a: b}]}}", "{}"})
    EXPECT_EQ(policy(good), "") << good;
  for (const char* bad : {"{mode: blocks}", "{mode: true}", "{mode: 1}", "{mode: [block]}", "{mode: {lowest: warn}}", "{mode: {low: blocks}}", "{mode: {low: warn, other: warn}}", "{minStrength: strong}", "{minStrength: {low: strong}}",
                          "{enforceFrom: tomorrow}", "{params: 7}", "block"})
    EXPECT_THAT(policy(bad), ::testing::StartsWith("r.yaml:6: ReadinessPolicy r: spec.gates.PRR-COST-01")) << bad;
}

TEST(Schema, SaysWhatAGateOfAPolicyMayHave) {
  const auto policy = [](const char* gate) { return wrong(std::string{"  gates:\n    PRR-COST-01:\n      "} + gate + "\n", "ReadinessPolicy"); };
  const std::string mode = "r.yaml:7: ReadinessPolicy r: spec.gates.PRR-COST-01.mode ", strength = "r.yaml:7: ReadinessPolicy r: spec.gates.PRR-COST-01.minStrength ";
  const std::string modes = "expected one of block, warn, off, or an object with low, moderate, high, critical";
  EXPECT_EQ(policy("mode: error"), mode + "is \"error\": " + modes);
  EXPECT_EQ(policy("mode: 7"), mode + "is 7: " + modes);
  EXPECT_EQ(policy("mode: [block]"), mode + "is of type array: " + modes);
  EXPECT_EQ(policy("mode: {}"), mode + "is empty: " + modes);
  EXPECT_EQ(policy("mode: {medium: block}"), mode + "has \"medium\": " + modes);
  EXPECT_EQ(policy("minStrength: link"), strength + "is \"link\": expected one of claimed, linked, observed, measured, attested, or an object with low, moderate, high, critical");
  EXPECT_THAT(policy("mode: ghp_16C7e42F292c6912E7710c838347Ae178B4a"), ::testing::Not(::testing::HasSubstr("ghp_")));
  EXPECT_EQ(wrong("  enforceFrom: \"10/01/2026\"\n", "ReadinessPolicy"),
            "r.yaml:5: ReadinessPolicy r: spec.enforceFrom \"10/01/2026\" is not a date: expected RFC 3339, such as 2027-06-01T00:00:00Z, or the day alone");
}

// A pack named twice was taken twice; the API server refuses it.
TEST(Schema, ASetHoldsEachOnce) {
  EXPECT_EQ(wrong("  packs: [baseline, startup]\n", "ReadinessPolicy"), "");
  EXPECT_EQ(wrong("  packs: [baseline, startup, baseline]\n", "ReadinessPolicy"), "r.yaml:5: ReadinessPolicy r: spec.packs[2] \"baseline\" stands already at [0]: expected each once");
}

TEST(Schema, AtMostTwentyErrorsAndNoneTwice) {
  std::string spec = "  covers: [{kind: Job, name: j}]\n  useCase:\n    tools:\n";
  for (int i = 0; i < 150; ++i) spec += "    - {name: t" + std::to_string(i) + ", effect: bad}\n";
  auto read = read_yaml("apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: r}\nspec:\n" + spec);
  ASSERT_TRUE(read);
  const auto report = validate(read->at(0).root());
  EXPECT_EQ(report.errors.size(), 20u);
  EXPECT_EQ(report.errors[0].field, "spec.useCase.tools[0].effect");
  EXPECT_EQ(report.errors[19].field, "spec.useCase.tools[19].effect");
}

TEST(Schema, KindsOfOurs) {
  for (const char* kind : {"ReadinessReview", "ReadinessProfile", "ReadinessApproval", "ReadinessWaiver", "ReadinessPolicy"}) {
    EXPECT_TRUE(is_launchgate_kind("launchgate.dev/v1alpha1", kind)) << kind;
    EXPECT_TRUE(is_launchgate_kind("launchgate.dev/v9", kind)) << kind;
    EXPECT_FALSE(is_launchgate_kind("v1", kind)) << kind;
    EXPECT_FALSE(is_launchgate_kind("launchgate.dev.evil.com/v1", kind)) << kind;
  }
  EXPECT_FALSE(is_launchgate_kind("launchgate.dev/v1alpha1", "ReadinessOracle"));
  EXPECT_FALSE(is_launchgate_kind("", ""));
}

// The samples that the CRDs are tried with against a real API server. Those in bad/ that break a CEL rule only the API
// server refuses; those here break the schema itself, and launchgate refuses them as well.
TEST(Schema, SamplesOfTheCrds) {
  for (const auto& file : std::filesystem::directory_iterator{testing::in_source("tests/crds/good")}) {
    auto read = read_source(file.path().filename().string(), testing::slurp(file.path()));
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    if (!read) continue;
    for (const SourceObject& o : *read)
      for (const Error& e : o.unknown_fields) EXPECT_EQ(e.message, "is not a gate that this version knows") << e.text();
  }
  const std::pair<const char*, const char*> bad[] = {
      {"amount-as-text", "amount"}, {"approval-in-unknown-role", "spec.role"}, {"approval-of-a-bare-digest", "spec.reviewDigest"}, {"artifact-by-tag", "spec.covers[0].artifacts[0]"},
      {"date-of-another-order", "spec.support.lastDrill.date"}, {"digest-cut-short", "digest"}, {"expiry-without-time", "spec.expiresAt"}, {"key-twice", "key \"audience\" stands twice"}, {"limit-for-all-tiers-at-once", "spec.limits"},
      {"limit-without-unit", "spec.limits"}, {"mode-as-list", "mode"}, {"mode-for-an-unknown-tier", "mode"}, {"mode-of-a-tier-of-another-word", "mode"}, {"mode-of-another-word", "mode"}, {"mode-true", "mode"},
      {"nothing-covered", "spec.covers"}, {"policy-with-unknown-mode", "spec.mode"}, {"risk-id-twice", "spec.risks[1]"}, {"signal-of-a-number", "signals"}, {"signal-with-unknown-key", "signals"},
      {"strength-of-another-word", "minStrength"}, {"tool-without-name", "name"}, {"unknown-word", "expected one of"}, {"waiver-of-a-slug", "spec.gates[0]"}, {"waiver-with-short-reason", "spec.reason"},
      {"waiver-without-end", "spec.until"}, {"window-in-words", "window"},
  };
  for (const auto& [name, field] : bad) {
    const auto file = std::string{name} + ".yaml";
    auto read = read_source(file, testing::slurp(testing::in_source("tests/crds/bad") / file));
    ASSERT_FALSE(read) << file;
    EXPECT_THAT(read.error().text(), ::testing::AllOf(::testing::StartsWith(file + ":"), ::testing::HasSubstr(field)));
    EXPECT_GT(read.error().line, 0u) << file;
  }
}

// ---- The compiled-in files themselves. ----

TEST(Embedded, EveryFileIsReadableAndEveryPatternIsOne) {
  int patterns = 0;
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files()) {
    names.emplace_back(file.name);
    auto docs = read_yaml(file.text);
    ASSERT_TRUE(docs) << file.name << ": " << docs.error().text();
    const std::function<void(Node)> walk_all = [&](Node n) {
      if (n.key() == "pattern" && n.is_string()) {
        ++patterns;
        const RE2 re{std::string{n.text()}, RE2::Quiet};
        EXPECT_TRUE(re.ok()) << file.name << ":" << n.line() << ": " << n.text() << ": " << re.error() << ": it would never be checked";
      }
      for (Node child : n) walk_all(child);
    };
    for (const Doc& d : *docs) walk_all(d.root());
  }
  EXPECT_GT(patterns, 20);
  for (const char* name : {"crds/readinessreviews.yaml", "crds/readinessprofiles.yaml", "crds/readinesspolicies.yaml", "crds/readinesswaivers.yaml", "crds/readinessapprovals.yaml", "policies/baseline.yaml"})
    EXPECT_THAT(names, ::testing::Contains(name));
}

// What validate() does not know it would not check: a word of JSON Schema that a CRD begins to use is named here.
TEST(Embedded, TheCrdsUseOnlyWhatIsChecked) {
  const std::set<std::string_view> known{"type", "description", "properties", "additionalProperties", "items", "required", "enum", "pattern", "format", "minimum", "maximum", "minLength", "maxLength", "minItems",
                                         "maxItems", "minProperties", "maxProperties", "anyOf", "not", "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type",
                                         "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations", "exclusiveMinimum"};
  const std::function<void(Node, std::string)> schema = [&](Node n, const std::string& at) {
    for (Node word : n) EXPECT_TRUE(known.count(word.key())) << at << " uses " << word.key() << ", which wire/schema.cpp does not check";
    for (Node p : n["properties"]) schema(p, at + "." + std::string{p.key()});
    if (n["additionalProperties"].is_object()) schema(n["additionalProperties"], at + ".*");
    if (n["items"]) schema(n["items"], at + "[]");
    for (Node p : n["anyOf"]) schema(p, at + "|");
    if (n["not"]) schema(n["not"], at + "!");
    const auto format = n["format"].text();
    EXPECT_TRUE(format.empty() || format == "date-time" || format == "int64") << at << ": " << format << " is not checked";
  };
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name.substr(0, 5) != "crds/") continue;
    auto docs = read_yaml(file.text);
    ASSERT_TRUE(docs);
    const Node versions = docs->at(0).root()["spec"]["versions"];
    EXPECT_EQ(versions.size(), 1u) << file.name << ": validate() looks at the first version only";
    schema(versions.at(0)["schema"]["openAPIV3Schema"], std::string{file.name});
  }
}

}  // namespace
}  // namespace launchgate
