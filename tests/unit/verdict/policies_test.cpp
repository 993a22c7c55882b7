// What several policies say together: gate by gate the stricter mode and the stricter limit, whatever they are called
// and in whatever order they are read.
#include "verdict/policies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "support/world.h"
#include "verdict/tier.h"

namespace launchgate {
namespace {

using testing::said;
using testing::Story;
using Specs = std::vector<const char*>;

// Policies named a, b, c, … with these specs.
std::shared_ptr<const Snapshot> policies(const Specs& specs) {
  std::string all = "{apiVersion: v1, kind: Namespace, metadata: {name: team, labels: {zone: lab}}}";
  char name = 'a';
  for (const char* spec : specs)
    all += std::string{"\n---\n{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: "} + name++ + "}, spec: " + spec + "}";
  return testing::world(all);
}

struct Asked {
  const char* gate = "PRR-COST-01";
  Tier tier = Tier::Low;
  Detected detected = Detected::Labelled;
  const char* now = "2026-11-24T12:00:00Z";
  const char* labels = "{}";
};

// "deny", "warn until 2026-12-01", "record", "off"; ", needs linked" where it asks for evidence.
std::string effect(const Specs& specs, const Asked& asked = {}) {
  const auto world = policies(specs);
  const Doc labels = testing::doc_of(testing::yaml(asked.labels));
  const auto gate = find_gate(asked.gate);
  EXPECT_TRUE(gate) << asked.gate;
  const auto e = PolicySet{*world, "team", labels.root()}.effect(gate.value_or(0), asked.tier, asked.detected, testing::time_at(asked.now));
  if (!e.by) return "off";
  std::string out{to_string(e.action)};
  if (e.enforced_from) out += " until " + format_date(*e.enforced_from);
  if (e.min_strength > Strength::Claimed) out += ", needs " + std::string{to_string(e.min_strength)};
  return out;
}

struct Row {
  const char* what;
  Specs specs;
  const char* effect;
  Asked asked = {};
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(effect(row.specs, row.asked), row.effect) << row.what;
    Specs reversed{row.specs.rbegin(), row.specs.rend()};
    EXPECT_EQ(effect(reversed, row.asked), row.effect) << row.what << ", with the policies' names the other way round";
  }
}

// A repository of manifests seldom holds its Namespace.
TEST(Policies, SelectANamespaceByNameWithoutItsObject) {
  const auto world = testing::world(R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: shops}, spec: {mode: audit, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}},
  tierFloors: [{minTier: high, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}], defaults: {ownership: {team: tills}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {covers: [{kind: Pod, name: p}]}}
)");
  const PolicySet shop{*world, "shop", {}}, bank{*world, "bank", {}};
  EXPECT_EQ(shop.mode({}), Mode::Audit);
  EXPECT_EQ(bank.mode({}), Mode::Enforce) << "the built-in baseline";
  ASSERT_EQ(world->reviews.size(), 1u);
  const Review& r = *world->reviews.front();
  EXPECT_EQ(r.spec()["ownership"]["team"].text(), "tills") << "defaults reach it";
  EXPECT_EQ(effective_tier(*world, shop, "shop", {}, r.spec()).tier, Tier::High) << "and a floor does";
}

TEST(Policies, WithoutAnyTheBaselineIsEnforced) {
  check({
      {"a gate that blocks at every tier", {}, "deny"},
      {"off at low", {}, "off", {"PRR-COV-02", Tier::Low}},
      {"a warning at moderate", {}, "warn", {"PRR-COV-02", Tier::Moderate}},
      {"blocks at high", {}, "deny", {"PRR-COV-02", Tier::High}},
      {"signals only warn", {}, "warn", {"PRR-COST-01", Tier::Low, Detected::Signals}},
      {"a suspicion is only recorded", {}, "record", {"PRR-COST-01", Tier::Low, Detected::Suspected}},
      {"an LLM-only kind", {}, "deny", {"PRR-COST-01", Tier::Low, Detected::LlmKind}},
      {"a review covers it", {}, "deny", {"PRR-COST-01", Tier::Low, Detected::Covered}},
      {"a policy that is silent is the baseline enforced", {"{}"}, "deny"},
      {"a policy for other namespaces does not replace it", {"{namespaceSelector: {matchLabels: {zone: prod}}, mode: audit}"}, "deny"},
      {"a policy for other workloads does not replace it", {"{workloadSelector: {matchLabels: {size: xl}}, mode: audit}"}, "deny"},
      {"a policy for this namespace does", {"{namespaceSelector: {matchLabels: {zone: lab}}, mode: audit}"}, "record"},
      {"a policy for this workload does", {"{workloadSelector: {matchLabels: {size: xl}}, mode: audit}"}, "record",
       {"PRR-COST-01", Tier::Low, Detected::Labelled, "2026-11-24T12:00:00Z", "{size: xl}"}},
      {"an empty selector selects everything", {"{namespaceSelector: {}, mode: warn}"}, "warn"},
  });
}

TEST(Policies, TheWeakerOfModeAndDetectionHolds) {
  constexpr const char *modes[] = {"audit", "warn", "enforce"}, *postures[] = {"ignore", "audit", "warn", "enforce"};
  constexpr const char* expected[3][4] = {{"off", "record", "record", "record"}, {"off", "record", "warn", "warn"}, {"off", "record", "warn", "deny"}};
  for (int m = 0; m < 3; ++m)
    for (int p = 0; p < 4; ++p) {
      const auto spec = std::string{"{mode: "} + modes[m] + ", detection: {suspected: " + postures[p] + "}}";
      EXPECT_EQ(effect({spec.c_str()}, {"PRR-COST-01", Tier::Low, Detected::Suspected}), expected[m][p]) << spec;
      EXPECT_EQ(effect({spec.c_str()}), m == 0 ? "record" : m == 1 ? "warn" : "deny") << "the other classes keep their posture: " << spec;
    }
}

TEST(Policies, TheStricterModeGateByGate) {
  check({
      {"enforce beats audit", {"{mode: audit}", "{mode: enforce}"}, "deny"},
      {"enforce beats warn", {"{mode: warn}", "{mode: enforce}"}, "deny"},
      {"warn beats audit", {"{mode: audit}", "{mode: warn}"}, "warn"},
      {"a gate that one turned off is on in the other", {"{gates: {PRR-COST-01: {mode: \"off\"}}}", "{mode: warn}"}, "warn"},
      {"a gate that both turned off is off", {"{gates: {PRR-COST-01: {mode: \"off\"}}}", "{packs: []}"}, "off"},
      {"each policy is weighed as a whole: neither of these denies", {"{mode: enforce, gates: {PRR-COST-01: {mode: warn}}}", "{mode: warn, gates: {PRR-COST-01: {mode: block}}}"}, "warn"},
      {"block beats warn", {"{gates: {PRR-COST-01: {mode: warn}}}", "{gates: {PRR-COST-01: {mode: block}}}"}, "deny"},
      {"other gates stay as they were", {"{gates: {PRR-OWN-01: {mode: warn}}}"}, "deny"},
      {"a bare off is false in YAML and means off", {"{gates: {PRR-COST-01: {mode: off}}}"}, "off"},
      {"one tier only", {"{gates: {PRR-COST-01: {mode: {low: \"off\"}}}}"}, "off"},
      {"the tiers that are not named keep theirs", {"{gates: {PRR-COST-01: {mode: {low: \"off\"}}}}"}, "deny", {"PRR-COST-01", Tier::High}},
      {"detection is weighed policy by policy", {"{mode: enforce, detection: {detected: audit}}", "{mode: warn, detection: {detected: enforce}}"}, "warn",
       {"PRR-COST-01", Tier::Low, Detected::Signals}},
      {"a policy that ignores the class says nothing", {"{mode: enforce, detection: {labelled: ignore}}", "{mode: audit}"}, "record"},
      {"three policies", {"{mode: audit}", "{mode: enforce, packs: []}", "{mode: warn}"}, "warn"},
  });
}

// It was run and counted as recorded although no policy that cares about the class had it on.
TEST(Policies, AGateIsNotRunForAClassThatItsPolicyIgnores) {
  check({{"ignored by the one that has it on", {"{detection: {labelled: ignore}}", "{packs: [], mode: enforce}"}, "off"}});
}

TEST(Policies, EnforceFromWarnsUntilTheDate) {
  check({
      {"before the date", {"{enforceFrom: \"2026-12-01\"}"}, "warn until 2026-12-01"},
      {"on the date", {"{enforceFrom: \"2026-12-01\"}"}, "deny", {"PRR-COST-01", Tier::Low, Detected::Labelled, "2026-12-01T00:00:00Z"}},
      {"a second before", {"{enforceFrom: \"2026-12-01\"}"}, "warn until 2026-12-01", {"PRR-COST-01", Tier::Low, Detected::Labelled, "2026-11-30T23:59:59Z"}},
      {"a gate's own date", {"{gates: {PRR-COST-01: {enforceFrom: \"2027-01-01\"}}}"}, "warn until 2027-01-01"},
      {"other gates have no date", {"{gates: {PRR-COST-01: {enforceFrom: \"2027-01-01\"}}}"}, "deny", {"PRR-OWN-01"}},
      {"the later of the policy's and the gate's", {"{enforceFrom: \"2026-12-01\", gates: {PRR-COST-01: {enforceFrom: \"2027-01-01\"}}}"}, "warn until 2027-01-01"},
      {"the later of the gate's and the policy's", {"{enforceFrom: \"2027-02-01\", gates: {PRR-COST-01: {enforceFrom: \"2027-01-01\"}}}"}, "warn until 2027-02-01"},
      {"what only warns has no date", {"{mode: warn, enforceFrom: \"2026-12-01\"}"}, "warn"},
      {"what is only recorded is recorded", {"{mode: audit, enforceFrom: \"2026-12-01\"}"}, "record"},
      {"a warning of detection has no date", {"{enforceFrom: \"2026-12-01\"}"}, "warn", {"PRR-COST-01", Tier::Low, Detected::Signals}},
      {"another policy enforces already", {"{enforceFrom: \"2026-12-01\"}", "{}"}, "deny"},
  });
}

// The countdown named the date of whichever policy came first by name, although the other one denied weeks earlier.
TEST(Policies, OfTwoDatesTheFirstIsTheOneThatIsCountedDown) {
  check({
      {"two dates", {"{enforceFrom: \"2027-01-01\"}", "{enforceFrom: \"2026-12-01\"}"}, "warn until 2026-12-01"},
      {"a policy that only warns hides no date", {"{mode: warn}", "{enforceFrom: \"2026-12-01\"}"}, "warn until 2026-12-01"},
      {"three", {"{enforceFrom: \"2027-02-01\"}", "{mode: warn}", "{gates: {PRR-COST-01: {enforceFrom: \"2026-12-24\"}}}"}, "warn until 2026-12-24"},
  });
}

TEST(Policies, TheStrongerEvidenceIsAskedFor) {
  check({
      {"one word for all tiers", {"{gates: {PRR-COST-01: {minStrength: linked}}}"}, "deny, needs linked"},
      {"a word for one tier", {"{gates: {PRR-COST-01: {minStrength: {high: measured}}}}"}, "deny, needs measured", {"PRR-COST-01", Tier::High}},
      {"the other tiers", {"{gates: {PRR-COST-01: {minStrength: {high: measured}}}}"}, "deny"},
      {"the stronger of two", {"{gates: {PRR-COST-01: {minStrength: observed}}}", "{gates: {PRR-COST-01: {minStrength: linked}}}"}, "deny, needs observed"},
      {"a policy that turned the gate off asks for nothing", {"{gates: {PRR-COST-01: {mode: \"off\", minStrength: attested}}}", "{}"}, "deny"},
  });
}

TEST(Policies, TheStricterLimit) {
  const auto world = policies({"{limits: {validity: {low: 30d, high: 200d}, minRisks: {low: 2}, firstExposurePercent: {low: 50}, humanAgreement: {high: 0.9}}}",
                               "{limits: {validity: {low: 40d, high: 10d}, minRisks: {low: 7}, firstExposurePercent: {low: 5}, humanAgreement: {high: 0.8}}}"});
  const PolicySet set{*world, "team", {}};
  const auto at = [&](Limit limit, Tier tier) { return set.limits().get(limit, tier); };
  EXPECT_EQ(at(Limit::Validity, Tier::Low), 30 * 86400);
  EXPECT_EQ(at(Limit::Validity, Tier::High), 10 * 86400);
  EXPECT_EQ(at(Limit::Validity, Tier::Critical), 90 * 86400) << "a tier left out is as in the baseline";
  EXPECT_EQ(at(Limit::MinRisks, Tier::Low), 7) << "more is stricter here";
  EXPECT_EQ(at(Limit::FirstExposurePercent, Tier::Low), 5);
  EXPECT_EQ(at(Limit::HumanAgreement, Tier::High), 0.9);
  EXPECT_EQ(at(Limit::MaxRetries, Tier::Low), 3);
}

TEST(Policies, OnePolicyMayLoosenWhatTheBaselineSays) {
  const auto world = policies({"{limits: {maxRetries: {low: 9}}}"});
  EXPECT_EQ((PolicySet{*world, "team", {}}.limits().get(Limit::MaxRetries, Tier::Low)), 9);
}

TEST(Policies, PacksStackToTheStricter) {
  const std::vector<Row> rows = {
      {"no pack: only the policy's own gates", {"{packs: [], gates: {PRR-OWN-01: {mode: block}}}"}, "off"},
      {"no pack: its own gate", {"{packs: [], gates: {PRR-OWN-01: {mode: block}}}"}, "deny", {"PRR-OWN-01"}},
      {"the startup pack warns where the baseline blocks", {"{packs: [startup]}"}, "warn", {"PRR-USE-01"}},
      {"the baseline blocks", {"{packs: [baseline]}"}, "deny", {"PRR-USE-01"}},
      {"both: the baseline", {"{packs: [startup, baseline]}"}, "deny", {"PRR-USE-01"}},
      {"both, the other way round", {"{packs: [baseline, startup]}"}, "deny", {"PRR-USE-01"}},
      {"the policy's own word is the last, also where it is weaker", {"{packs: [startup, baseline], gates: {PRR-USE-01: {mode: warn}}}"}, "warn", {"PRR-USE-01"}},
      {"high is the baseline in the startup pack", {"{packs: [startup]}"}, "deny", {"PRR-COV-02", Tier::High}},
  };
  check(rows);
  const auto every = [](const char* packs) {
    std::string all;
    for (const Gate& gate : gate_table())
      for (Tier tier : kTiers) all += effect({packs}, {gate.id.data(), tier}) + " ";
    return all;
  };
  EXPECT_EQ(every("{packs: [startup, baseline]}"), every("{packs: [baseline, startup]}"));
  EXPECT_EQ(every("{packs: [startup, baseline]}"), every("{packs: [baseline]}"));
}

TEST(Policies, StartupBlocksOnOwnerDataCostAndTheWayBack) {
  const auto blocking = [](Tier tier) {
    std::string out;
    for (const Gate& gate : gate_table())
      if (effect({"{packs: [startup]}"}, {gate.id.data(), tier}) == "deny") out += (out.empty() ? "" : " ") + std::string{gate.id.substr(4)};
    return out;
  };
  EXPECT_EQ(blocking(Tier::Low), "COV-01 USE-03 USE-04 OBS-01 COST-01 ROLL-01 ROLL-04 OWN-01 OWN-02 RISK-01 RISK-04 EXP-01 SEC-04");
  EXPECT_EQ(blocking(Tier::Moderate), "COV-01 USE-03 USE-04 EVAL-01 EVAL-02 OBS-01 COST-01 ROLL-01 ROLL-04 OWN-01 OWN-02 RISK-01 RISK-04 EXP-01 SEC-04");
}

TEST(Policies, Exemptions) {
  const auto exempt = [](const Specs& specs, const char* ns, const char* user, std::vector<std::string_view> groups = {}) {
    const auto world = policies(specs);
    const auto* by = PolicySet{*world, ns, {}}.exempting(ns, user, groups);
    return by ? by->name : std::string{"no"};
  };
  for (const char* ns : {"kube-system", "kube-public", "kube-node-lease"}) {
    EXPECT_EQ(exempt({}, ns, "jo"), "(built-in)") << ns;
    EXPECT_EQ(exempt({"{exempt: {namespaces: [lab]}}"}, ns, "jo"), "a") << ns;
  }
  EXPECT_EQ(exempt({}, "team", "system:admin", {"system:masters"}), "no") << "nobody is exempt by rank";
  const char* spec = "{exempt: {namespaces: [lab, \"ci-*\"], users: [\"system:serviceaccount:flux-system:*\", root], groups: [breakglass]}}";
  EXPECT_EQ(exempt({spec}, "lab", "jo"), "a");
  EXPECT_EQ(exempt({spec}, "labs", "jo"), "no");
  EXPECT_EQ(exempt({spec}, "ci-1", "jo"), "a");
  EXPECT_EQ(exempt({spec}, "ci", "jo"), "no");
  EXPECT_EQ(exempt({spec}, "team", "root"), "a");
  EXPECT_EQ(exempt({spec}, "team", "rooted"), "no");
  EXPECT_EQ(exempt({spec}, "team", ""), "no");
  EXPECT_EQ(exempt({spec}, "team", "system:serviceaccount:flux-system:kustomize-controller"), "a");
  EXPECT_EQ(exempt({spec}, "team", "system:serviceaccount:flux-systems:x"), "no");
  EXPECT_EQ(exempt({spec}, "team", "jo", {"dev", "breakglass"}), "a");
  EXPECT_EQ(exempt({spec}, "team", "breakglass", {"root"}), "no") << "a user is no group";
  EXPECT_EQ(exempt({"{mode: enforce}", spec}, "team", "root"), "b") << "any policy that matches may exempt";
  EXPECT_EQ(exempt({"{namespaceSelector: {matchLabels: {zone: prod}}, exempt: {users: [root]}}"}, "team", "root"), "no") << "a policy for other namespaces may not";
}

TEST(Policies, WhatOneOrAllOfThemMustSay) {
  const auto ask = [](const Specs& specs) {
    const auto world = policies(specs);
    const PolicySet set{*world, "team", {}};
    return std::string{set.allow_opt_out() ? "opt-out " : ""} + (set.unknown_axis_worst() ? "worst " : "") + (set.deny_on_error() ? "deny-on-error " : "") +
           std::string{to_string(set.mode(testing::time_at("2026-11-24")))} + " " + std::string{to_string(set.posture(Detected::Suspected))};
  };
  EXPECT_EQ(ask({}), "enforce audit");
  EXPECT_EQ(ask({"{detection: {allowOptOut: true}}"}), "opt-out enforce audit");
  EXPECT_EQ(ask({"{detection: {allowOptOut: true}}", "{}"}), "enforce audit") << "all must allow an opt-out";
  EXPECT_EQ(ask({"{unknownAxis: worst, mode: audit}", "{mode: audit}"}), "worst audit audit");
  EXPECT_EQ(ask({"{onError: allow, mode: warn}", "{onError: deny, mode: audit}"}), "deny-on-error warn audit");
  EXPECT_EQ(ask({"{enforceFrom: \"2027-01-01\"}"}), "warn audit") << "until the date the mode in force is warn";
  EXPECT_EQ(ask({"{enforceFrom: \"2026-11-24\"}"}), "enforce audit");
  EXPECT_EQ(ask({"{detection: {suspected: enforce}, mode: audit}", "{mode: audit, detection: {suspected: ignore}}"}), "audit enforce");
}

TEST(Policies, SuspendAndBlockedRisksStopWhereverTheModeIsWarnOrEnforce) {
  const auto stop = [](const Specs& specs, Detected detected = Detected::Labelled) {
    const auto world = policies(specs);
    return to_string(PolicySet{*world, "team", {}}.stop(detected));
  };
  EXPECT_EQ(stop({}), "deny");
  EXPECT_EQ(stop({"{mode: warn}"}), "deny");
  EXPECT_EQ(stop({"{mode: audit}"}), "record");
  EXPECT_EQ(stop({"{mode: enforce, enforceFrom: \"2030-01-01\"}"}), "deny") << "it warns until then, and a warning mode stops";
  EXPECT_EQ(stop({"{mode: audit}", "{mode: warn}"}), "deny");
  EXPECT_EQ(stop({}, Detected::Signals), "deny") << "what detection warns of is in mode warn";
  EXPECT_EQ(stop({}, Detected::Suspected), "record");
  EXPECT_EQ(stop({"{detection: {covered: ignore}}"}, Detected::Covered), "off");
}

// `unknown: block` was read from the first policy by name that had any parameters.
TEST(Policies, UnknownBlocksWhereAnyPolicySaysSo) {
  const char* waiting = "status: null\nspec: {evaluation: {reports: [{ref: configmap/not-there#x, digest: \"sha256:d29e873b7586f3f92ff0ce57ea3d739763fc8248d8b5cd892ed913a742d2a0ec\"}]}}";
  const auto judged = [&](const Specs& specs) {
    Story story;
    story.review(waiting);
    char name = 'a';
    for (const char* spec : specs) story.policy(spec, std::string(1, name++));
    const Verdict v = story.create();
    for (const GateResult& r : v.gates)
      if (gate_table()[r.gate].id == "PRR-EVAL-02") return std::string{to_string(r.finding.outcome)} + " " + std::string{to_string(r.action)};
    return std::string{"off"};
  };
  const char *block = "{gates: {PRR-EVAL-02: {mode: block, params: {unknown: block}}}}", *other = "{gates: {PRR-EVAL-02: {mode: block, params: {thresholds: []}}}}",
             *warn = "{gates: {PRR-EVAL-02: {mode: block, params: {unknown: warn}}}}", *plain = "{gates: {PRR-EVAL-02: {mode: block}}}";
  EXPECT_EQ(judged({plain}), "Unknown warn") << "a gate that is Unknown warns and does not deny";
  EXPECT_EQ(judged({block}), "Unknown deny");
  EXPECT_EQ(judged({warn}), "Unknown warn");
  for (const char* second : {other, warn, plain}) {
    EXPECT_EQ(judged({block, second}), "Unknown deny") << second;
    EXPECT_EQ(judged({second, block}), "Unknown deny") << second;
  }
}

// The parameters of the first policy by name counted; a stricter floor in another was ignored.
TEST(Policies, TheGateHoldsWithTheParametersOfEveryPolicy) {
  const auto judged = [](const Specs& specs) {
    Story story;
    char name = 'a';
    for (const char* spec : specs) story.policy(spec, std::string(1, name++));
    const Verdict v = story.create();
    for (const GateResult& r : v.gates)
      if (gate_table()[r.gate].id == "PRR-EVAL-02") return std::string{to_string(r.finding.outcome)};
    return std::string{"off"};
  };
  const char *met = "{gates: {PRR-EVAL-02: {mode: block, params: {thresholds: [{metric: groundedness, op: \">=\", value: 0.5}]}}}}",
             *unmet = "{gates: {PRR-EVAL-02: {mode: block, params: {thresholds: [{metric: groundedness, op: \">=\", value: 0.99}]}}}}", *none = "{gates: {PRR-EVAL-02: {mode: block}}}";
  EXPECT_EQ(judged({met}), "Pass");
  EXPECT_EQ(judged({unmet}), "Fail");
  for (const Specs& specs : {Specs{met, unmet}, {unmet, met}, {none, unmet}, {unmet, none}}) EXPECT_EQ(judged(specs), "Fail");
  for (const Specs& specs : {Specs{met, none}, {none, met}, {met, met}}) EXPECT_EQ(judged(specs), "Pass");
}

// Whose acceptance counts was asked of the first policy by name that named anybody.
TEST(Policies, ARiskIsAcceptedByWhomEveryPolicyTrusts) {
  const auto judged = [](const Specs& specs) {
    Story story;
    char name = 'a';
    for (const char* spec : specs) story.policy(spec, std::string(1, name++));
    const Verdict v = story.create();
    for (const GateResult& r : v.gates)
      if (gate_table()[r.gate].id == "PRR-RISK-05") return std::string{to_string(r.finding.outcome)};
    return std::string{"off"};
  };
  const char *head = "{authorities: {risk: {low: [head-of-engineering, cto]}}}", *cto = "{authorities: {risk: {low: [cto]}}}", *board = "{authorities: {risk: {low: [board]}}}",
             *other = "{authorities: {risk: {high: [board]}}}", *silent = "{}";
  EXPECT_EQ(judged({head}), "Pass") << "the base review's risk R6 is accepted by head-of-engineering";
  EXPECT_EQ(judged({cto}), "Fail");
  for (const Specs& specs : {Specs{head, silent}, {silent, head}, {head, other}, {other, head}, {head, head}}) EXPECT_EQ(judged(specs), "Pass");
  for (const Specs& specs : {Specs{head, cto}, {cto, head}, {head, board}, {board, head}, {cto, board}}) EXPECT_EQ(judged(specs), "Fail");
}

// unknownAxis: worst of one policy was lost on USE-02 when another, earlier by name, named authorities.
TEST(Policies, WorstIsWorstForEveryGate) {
  const auto judged = [](const Specs& specs) {
    Story story;
    story.review("spec: {useCase: {audience: null}}");
    char name = 'a';
    for (const char* spec : specs) story.policy(spec, std::string(1, name++));
    return said(story.create()).find("PRR-USE-02") != std::string::npos;
  };
  const char *worst = "{unknownAxis: worst}", *named = "{authorities: {risk: {high: [board]}}}";
  for (const Specs& specs : {Specs{worst}, {worst, named}, {named, worst}, {worst, "{}"}, {"{}", worst}}) EXPECT_TRUE(judged(specs));
}

TEST(Policies, NeitherTheOrderOfPoliciesNorTheirNamesChangeAVerdict) {
  const Specs specs = {
      "{mode: enforce, enforceFrom: \"2027-01-01\", gates: {PRR-OWN-01: {mode: warn}, PRR-COST-01: {minStrength: linked}}, limits: {validity: {low: 30d}}}",
      "{mode: warn, packs: [startup], detection: {labelled: audit}, tierFloors: [{minTier: moderate, reason: second}]}",
      "{mode: audit, unknownAxis: worst, limits: {minRisks: {low: 9, moderate: 9, high: 9, critical: 9}}, gates: {PRR-RISK-02: {mode: block}}}",
      "{mode: enforce, packs: [], gates: {PRR-ROLL-01: {mode: block}, PRR-OWN-02: {mode: block, enforceFrom: \"2026-12-01\"}, PRR-EVAL-02: {mode: block, params: {unknown: block}}}, tierFloors: [{minTier: high, reason: fourth}]}",
  };
  const auto judged = [&](const std::vector<int>& order, const std::vector<int>& names) {
    Story story;
    story.review("spec: {ownership: {team: null, incidents: null}, cost: {budget: null}, rollout: {killSwitch: null}, useCase: {monthlyUsers: null}}");
    for (int i : order) story.policy(specs[static_cast<std::size_t>(i)], std::string(1, static_cast<char>('a' + names[static_cast<std::size_t>(i)])));
    const Verdict v = story.create();
    std::string out = std::string{to_string(v.decision)} + " " + std::string{to_string(v.mode)} + " " + std::string{to_string(v.tiering.tier)};
    for (const GateResult& r : v.gates)
      out += "\n" + std::string{gate_table()[r.gate].id} + " " + std::string{to_string(r.finding.outcome)} + " " + std::string{to_string(r.action)} +
             (r.enforced_from ? " from " + format_date(*r.enforced_from) : "") + " " + r.finding.message;
    return out;
  };
  std::vector<int> order{0, 1, 2, 3}, names{0, 1, 2, 3};
  const auto first = judged(order, names);
  EXPECT_NE(first.find("PRR-ROLL-01 Fail deny"), std::string::npos) << first;
  while (std::next_permutation(order.begin(), order.end())) EXPECT_EQ(judged(order, names), first);
  while (std::next_permutation(names.begin(), names.end())) EXPECT_EQ(judged({0, 1, 2, 3}, names), first);
}

}  // namespace
}  // namespace launchgate
