// Packs stack: the stricter wins, and the order in which they are named, or in which policies are read, changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "gates/table.h"
#include "support/world.h"
#include "wire/crosswalk.h"
#include "wire/embedded.h"
#include "wire/origin.h"
#include "wire/preview.h"
#include "wire/resources.h"

namespace launchgate {
namespace {

using testing::Story;

// Everything that a set of packs decides, as one text.
std::string all_of(const std::vector<std::string>& packs, bool as_policies) {
  std::string text = "{apiVersion: v1, kind: Namespace, metadata: {name: team}}", list;
  for (const auto& pack : packs) list += (list.empty() ? "" : ", ") + pack;
  int n = 0;
  if (as_policies)
    for (const auto& pack : packs) text += "\n---\n{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p" + std::to_string(n++) + "}, spec: {mode: enforce, packs: [" + pack + "]}}";
  else text += "\n---\n{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, packs: [" + list + "]}}";
  const auto world = testing::world(text);
  const PolicySet set{*world, "team", {}};
  std::string out;
  for (std::size_t i = 0; i < gate_table().size(); ++i)
    for (Tier tier : kTiers)
      for (const char* now : {"2026-11-24", "2028-01-01"}) {
        const auto e = set.effect(i, tier, Detected::Labelled, testing::time_at(now));
        out += std::string{to_string(e.action)} + (e.enforced_from ? format_date(*e.enforced_from) : "") + std::string{to_string(e.min_strength)} + " ";
        std::vector<std::string> params;
        for (Node p : e.params) params.push_back(p ? testing::json(p).dump() : "{}");
        std::sort(params.begin(), params.end());
        params.erase(std::unique(params.begin(), params.end()), params.end());
        for (const auto& p : params) out += p;
      }
  for (const LimitRow& row : limit_table())
    for (Tier tier : kTiers) out += " " + std::to_string(set.limits().get(row.limit, tier));
  return out + (set.unknown_axis_worst() ? " worst" : "");
}

TEST(Stacking, NoOrderChangesAnything) {
  std::vector<std::string> packs{"baseline", "startup", "strict", "agentic", "eu-ai-act"};
  std::sort(packs.begin(), packs.end());
  const auto together = all_of(packs, false), apart = all_of(packs, true);
  int orders = 0;
  do {
    ASSERT_EQ(all_of(packs, false), together);
    if (orders % 10 == 0) {
      ASSERT_EQ(all_of(packs, true), apart);
    }
    ++orders;
  } while (std::next_permutation(packs.begin(), packs.end()));
  EXPECT_EQ(orders, 120);
}

// What the verdict is made of, for one review of each tier and every pair of packs in both orders.
TEST(Stacking, NoOrderChangesAVerdict) {
  const std::vector<std::string> packs{"baseline", "startup", "strict", "agentic", "eu-ai-act"};
  for (const char* floor : {"low", "moderate", "high", "critical"})
    for (const auto& a : packs)
      for (const auto& b : packs) {
        if (a == b) continue;   // the schema wants each once
        const auto verdict = [&](const std::string& list) {
          Story story;
          story.review("spec: {cost: {quota: null}, support: {lastDrill: null}}").policy(std::string{"{packs: ["} + list + "], tierFloors: [{minTier: " + floor + "}]}");
          return testing::said(story.create());
        };
        EXPECT_EQ(verdict(a + ", " + b), verdict(b + ", " + a)) << floor << " " << a << " " << b;
      }
}

TEST(Crosswalks, NameOnlyGatesThatThereAreAndEachOnce) {
  std::set<std::string> ids;
  for (const Crosswalk& c : crosswalks()) {
    EXPECT_TRUE(ids.insert(c.id).second) << c.id;
    EXPECT_FALSE(c.title.empty() || c.source.empty() || c.controls.empty()) << c.id;
    std::set<std::string> controls;
    for (const Control& control : c.controls) {
      EXPECT_TRUE(controls.insert(control.id).second) << c.id << " " << control.id;
      EXPECT_FALSE(control.gates.empty()) << c.id << " " << control.id;
    }
  }
  EXPECT_THAT(ids, ::testing::IsSupersetOf({"owasp-llm-2025", "owasp-llm-2026", "owasp-agentic-2026", "owasp-aisvs-1.0", "mitre-atlas", "nist-ai-rmf", "nist-ai-600-1", "iso-42001", "eu-ai-act"}));
}

TEST(Crosswalks, EveryGateOfTheFileIsInTheTable) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name.substr(0, 11) != "crosswalks/") continue;
    const auto docs = read_yaml(file.text);
    ASSERT_TRUE(docs) << file.name;
    for (Node control : docs->at(0).root()["controls"])
      for (Node gate : control["gates"]) EXPECT_TRUE(find_gate(gate.text())) << file.name << " " << control.key() << " " << gate.text();
  }
}

TEST(Crosswalks, HaveTheSizesOfTheirSources) {
  const auto size = [](std::string_view id) {
    for (const Crosswalk& c : crosswalks())
      if (c.id == id) return c.controls.size();
    return std::size_t{0};
  };
  EXPECT_EQ(size("owasp-llm-2025"), 10u);
  EXPECT_EQ(size("owasp-llm-2026"), 10u);
  EXPECT_EQ(size("owasp-agentic-2026"), 10u);
  EXPECT_EQ(size("nist-ai-rmf"), 48u) << "of 72 subcategories";
  EXPECT_EQ(size("iso-42001"), 27u) << "of 38 controls";
}

TEST(Origins, NameThePolicyThePackAndTheLine) {
  Story story;
  story.policy("{packs: [startup, strict], gates: {PRR-COST-01: {mode: warn}}}");
  const Verdict v = story.create();
  const PolicySet set{story.world(), "team", v.workload.labels};
  const auto origins = gate_origins(v, set);
  const auto text = [&](const char* id) { return origins.at(*find_gate(id)).origin.text(); };
  EXPECT_EQ(text("PRR-COST-01").substr(0, 35), "ReadinessPolicy platform (story.jso");
  EXPECT_THAT(text("PRR-SUP-04"), ::testing::MatchesRegex("-|ReadinessPolicy platform, pack (startup|strict) \\(policies/.*\\)"));
  EXPECT_THAT(text("PRR-COST-02"), ::testing::MatchesRegex("ReadinessPolicy platform, pack strict \\(policies/strict.yaml:[0-9]+\\)"));
}

}  // namespace
}  // namespace launchgate
