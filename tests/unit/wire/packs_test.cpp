// The packs of policies/: the baseline is the gate table and the limit table written as a ReadinessPolicy, and each
// of them is a policy that a cluster would take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/table.h"
#include "support/world.h"
#include "verdict/policies.h"
#include "wire/embedded.h"
#include "wire/resources.h"

namespace launchgate {
namespace {

Doc pack(std::string_view name) {
  auto docs = read_yaml(testing::slurp(testing::in_source("policies") / (std::string{name} + ".yaml")));
  EXPECT_TRUE(docs) << name;
  return docs ? std::move(docs->at(0)) : Doc{};
}

TEST(Packs, TheBaselineHasTheTiersOfTheGateTable) {
  const Doc baseline = pack("baseline");
  const Node gates = baseline.root()["spec"]["gates"];
  for (const Gate& gate : gate_table()) {
    const Node mode = gates[gate.id]["mode"];
    EXPECT_TRUE(mode) << "policies/baseline.yaml lacks " << gate.id << " " << gate.slug;
    for (Tier tier : kTiers) EXPECT_EQ(mode[to_string(tier)].text(), to_string(gate.baseline(tier))) << gate.id << " at " << to_string(tier);
  }
}

TEST(Packs, TheBaselineIsOrderedAndCommentedAsTheTable) {
  const auto text = testing::slurp(testing::in_source("policies/baseline.yaml"));
  std::size_t last = 0;
  for (const Gate& gate : gate_table()) {
    const auto at = text.find("\n    " + std::string{gate.id} + ":");
    ASSERT_NE(at, std::string::npos) << gate.id;
    EXPECT_GT(at, last) << gate.id << " stands elsewhere in the table";
    last = at;
    const auto line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    EXPECT_THAT(line, ::testing::EndsWith("# " + std::string{gate.slug}));
  }
}

TEST(Packs, TheBaselineHasTheNumbersOfTheLimitTable) {
  const Doc baseline = pack("baseline");
  const Node limits = baseline.root()["spec"]["limits"];
  std::size_t rows = 0;
  for (const LimitRow& row : limit_table()) {
    const Node written = limits[row.name];
    EXPECT_TRUE(written) << "policies/baseline.yaml lacks " << row.name;
    rows += static_cast<bool>(written);
    for (Tier tier : kTiers) {
      const Node value = written[to_string(tier)];
      const double built_in = row.value[static_cast<std::size_t>(tier)];
      if (!value) {
        EXPECT_EQ(built_in, 0) << row.name << " at " << to_string(tier) << ": left out where the tier has none";
        continue;
      }
      const auto span = row.duration ? parse_duration(value.text()) : std::nullopt;
      ASSERT_EQ(row.duration, span.has_value()) << row.name;
      EXPECT_EQ(span ? static_cast<double>(span->count()) : std::strtod(std::string{value.text()}.c_str(), nullptr), built_in) << row.name << " at " << to_string(tier);
    }
  }
  EXPECT_EQ(rows, limits.size()) << "a limit that the table does not know";
}

TEST(Packs, EachIsAPolicyThatTheSchemaTakes) {
  for (const auto& file : std::filesystem::directory_iterator{testing::in_source("policies")}) {
    if (file.path().extension() != ".yaml") continue;
    auto read = read_source(file.path().filename().string(), testing::slurp(file.path()));
    ASSERT_TRUE(read) << read.error().text();
    ASSERT_EQ(read->size(), 1u);
    EXPECT_EQ(read->at(0).object->root()["metadata"]["name"].text(), file.path().stem().string()) << "a pack is found by its file's name";
    // A gate that the table lacks is the only thing it may name that is not known: packs are written ahead of gates.
    for (const Error& e : read->at(0).unknown_fields) EXPECT_EQ(e.message, "is not a gate that this version knows") << e.text();
  }
}

TEST(Packs, AHigherTierNeverAsksForLess) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name.substr(0, 9) != "policies/") continue;
    auto docs = read_yaml(file.text);
    ASSERT_TRUE(docs);
    const Node spec = docs->at(0).root()["spec"];
    for (Node gate : spec["gates"]) {
      int last = 0;
      for (Tier tier : kTiers) {
        const auto word = gate["mode"][to_string(tier)].text();
        const auto mode = parse_gate_mode(word);
        ASSERT_TRUE(mode) << file.name << " " << gate.key() << " " << word;
        EXPECT_GE(static_cast<int>(*mode), last) << file.name << " " << gate.key() << " at " << to_string(tier);
        last = static_cast<int>(*mode);
      }
    }
    for (const LimitRow& row : limit_table()) {
      std::optional<double> last;
      for (Tier tier : kTiers) {
        const Node n = spec["limits"][row.name][to_string(tier)];
        if (!n) continue;
        const double value = row.duration ? static_cast<double>(parse_duration(n.text()).value_or(Seconds{-1}).count()) : std::strtod(std::string{n.text()}.c_str(), nullptr);
        const bool no_less = !last || (row.larger_is_stricter ? value >= *last : value <= *last);
        EXPECT_TRUE(no_less) << file.name << " " << row.name << " at " << to_string(tier);
        last = value;
      }
    }
  }
}

// The policy that names the baseline, the policy that is the baseline, and no policy at all judge alike.
TEST(Packs, TheBaselineByAnyWayIsTheSame) {
  const auto all = [](const Snapshot& world) {
    const PolicySet set{world, "shop", {}};
    std::string out;
    for (std::size_t i = 0; i < gate_table().size(); ++i)
      for (Tier tier : kTiers)
        for (Detected d : {Detected::Suspected, Detected::Signals, Detected::LlmKind, Detected::Covered, Detected::Labelled}) {
          const auto e = set.effect(i, tier, d, testing::time_at("2026-11-24"));
          out += std::to_string(static_cast<int>(e.action)) + std::to_string(static_cast<int>(e.min_strength));
        }
    for (const LimitRow& row : limit_table())
      for (Tier tier : kTiers) out += " " + std::to_string(set.limits().get(row.limit, tier));
    return out;
  };
  const auto none = all(*build_snapshot({}));
  EXPECT_EQ(all(*testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, packs: [baseline]}}")), none);
  World w;
  auto policy = decode_policy(std::make_shared<const Doc>(pack("baseline")));
  ASSERT_TRUE(policy) << policy.error().text();
  w.policies.push_back(*policy);
  EXPECT_EQ(all(*build_snapshot(std::move(w))), none) << "policies/baseline.yaml, applied as it is";
}

TEST(Packs, StartupAsksForNothingThatTheBaselineDoesNot) {
  const Doc baseline = pack("baseline"), startup = pack("startup");
  for (Node gate : startup.root()["spec"]["gates"])
    for (Tier tier : kTiers) {
      const auto here = parse_gate_mode(gate["mode"][to_string(tier)].text()), there = parse_gate_mode(baseline.root()["spec"]["gates"][gate.key()]["mode"][to_string(tier)].text());
      ASSERT_TRUE(here && there) << gate.key();
      EXPECT_LE(*here, *there) << gate.key() << " at " << to_string(tier);
    }
}

}  // namespace
}  // namespace launchgate
