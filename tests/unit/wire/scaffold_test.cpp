// What init writes: valid as it stands, valid with every example uncommented, and asking about every gate that blocks.
#include "wire/scaffold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "gates/table.h"
#include "support/world.h"
#include "wire/schema.h"

namespace launchgate {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kApp = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: faq-bot, namespace: shop, labels: {team: storefront}}
spec:
  template:
    spec:
      containers:
      - name: app
        image: reg.example.com/faq@sha256:4f1c0a7be8f4f4c0d1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701
        env:
        - {name: OPENAI_API_KEY, valueFrom: {secretKeyRef: {name: k, key: k}}}
        - {name: LLM_MODEL, value: "gpt-4.1: mini"}
        - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://otel:4317"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "true", namespace: shop}
spec: {template: {spec: {containers: [{name: server, image: vllm/vllm-openai:v1, args: [--model, org/m-7b]}]}}}
)";

struct World {
  World() : objects(testing::objects(kApp)), snapshot(testing::world_of(objects)) {}
  std::string review(std::size_t i, ScaffoldOptions options = {}) const {
    return scaffold(*snapshot, Workload::view(objects[i].object->root()), options);
  }
  std::vector<SourceObject> objects;
  std::shared_ptr<const Snapshot> snapshot;
};

// Takes the # of every commented example away, as a person would.
std::string uncommented(const std::string& text) {
  std::string out;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find("# ");
    if (at != std::string::npos && at > 0 && line.find_first_not_of(' ') == at) line.erase(at, 2);
    out += line + "\n";
  }
  return out;
}

void expect_valid(const std::string& text) {
  const auto docs = read_yaml(text);
  ASSERT_TRUE(docs) << docs.error().text() << "\n" << text;
  ASSERT_EQ(docs->size(), 1u);
  const auto report = validate(docs->front().root());
  for (const Error& e : report.errors) ADD_FAILURE() << e.text() << "\n" << text;
  for (const Error& e : report.unknown) ADD_FAILURE() << e.text() << "\n" << text;
}

TEST(Scaffold, IsValidAsItStandsAndUncommented) {
  const World world;
  for (std::size_t i : {0u, 1u})
    for (Tier tier : kTiers)
      for (bool agent : {false, true}) {
        const auto text = world.review(i, {tier, agent});
        expect_valid(text);
        expect_valid(uncommented(text));
      }
}

TEST(Scaffold, FillsInWhatTheManifestSays) {
  const World world;
  const auto text = world.review(0);
  for (const char* said : {"    exporter: otlp  # env OTEL_EXPORTER_OTLP_ENDPOINT\n", "    modelRoutes: [{provider: openai, model: \"gpt-4.1: mini\"}]  # env LLM_MODEL\n",
                           "    rollback: {method: rollout-undo}  # a Deployment keeps its revisions\n", "    team: storefront  # label team\n",
                           "    artifacts:\n    - \"reg.example.com/faq@sha256:"})
    EXPECT_THAT(text, HasSubstr(said));
  EXPECT_THAT(world.review(1), HasSubstr("modelRoutes: [{provider: self-hosted, model: org/m-7b}]  # argument --model"));
  EXPECT_THAT(world.review(1), HasSubstr("name: \"true\"\n")) << "a name that YAML would read as a truth value";
}

TEST(Scaffold, ALowTierIsAskedLess) {
  const World world;
  const auto low = world.review(0, {Tier::Low}), moderate = world.review(0, {Tier::Moderate});
  EXPECT_THAT(low, Not(HasSubstr("disabledExperience")));
  EXPECT_THAT(moderate, HasSubstr("disabledExperience"));
  EXPECT_THAT(low, HasSubstr("#   budget: {"));
  EXPECT_THAT(moderate, Not(HasSubstr("# agent:")));
  EXPECT_THAT(world.review(0, {Tier::Moderate, true}), HasSubstr("# agent:"));
}

TEST(Scaffold, EveryGateThatBlocksALowReviewIsAskedAbout) {
  std::set<std::string_view> asked;
  for (const Question& q : questions()) {
    asked.insert(q.gate);
    EXPECT_TRUE(find_gate(q.gate)) << q.gate;
    EXPECT_EQ(q.asks.find('\n'), std::string_view::npos);
    EXPECT_NE(q.asks.find('?'), std::string_view::npos) << q.asks;
  }
  // These judge what another question asks about, what nobody has to write, or the workload itself.
  const std::set<std::string_view> not_asked{"PRR-COV-01", "PRR-RISK-01", "PRR-RISK-03", "PRR-RISK-04", "PRR-RISK-05", "PRR-EXP-01", "PRR-EXP-02", "PRR-EXP-04", "PRR-SEC-04"};
  for (const Gate& gate : gate_table())
    if (gate.baseline(Tier::Low) == GateMode::Block && !not_asked.count(gate.id)) {
      EXPECT_TRUE(asked.count(gate.id)) << gate.id << " blocks at low and init asks nothing about it";
    }
}

}  // namespace
}  // namespace launchgate
