// Merging a review with its profile and the defaults of policies: maps merge, the review wins, lists replace, and
// every value remembers who set it.
#include "verdict/resolve.h"

#include "gates/facts.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::text;
using testing::yaml;

struct Row {
  const char* what;
  std::vector<const char*> layers;   // the strongest first
  const char* result;
};

TEST(Resolve, MapsMergeTheReviewWinsListsReplace) {
  const Row rows[] = {
      {"one layer is itself", {"{a: 1, b: [2, {c: 3}]}"}, R"({"a":1,"b":[2,{"c":3}]})"},
      {"what the review lacks comes from the profile", {"{a: 1}", "{b: 2}"}, R"({"a":1,"b":2})"},
      {"what both say is the review's", {"{a: 1}", "{a: 2}"}, R"({"a":1})"},
      {"maps merge, at any depth", {"{a: {b: {c: 1}}}", "{a: {b: {c: 2, d: 3}, e: 4}}"}, R"({"a":{"b":{"c":1,"d":3},"e":4}})"},
      {"lists replace", {"{a: [1]}", "{a: [2, 3]}"}, R"({"a":[1]})"},
      {"an empty list replaces too", {"{a: []}", "{a: [2, 3]}"}, R"({"a":[]})"},
      {"lists of maps replace whole", {"{a: [{name: x}]}", "{a: [{name: x, effect: read}]}"}, R"({"a":[{"name":"x"}]})"},
      {"an empty map says nothing", {"{a: {}}", "{a: {b: 1}}"}, R"({"a":{"b":1}})"},
      {"null says nothing", {"{a: null}", "{a: {b: 1}}"}, R"({"a":{"b":1}})"},
      {"null below a value changes nothing", {"{a: 1}", "{a: null}"}, R"({"a":1})"},
      {"null everywhere is absent", {"{a: null, b: 1}", "{a: null}"}, R"({"b":1})"},
      {"false, zero and the empty text are answers", {"{a: false, b: 0, c: \"\"}", "{a: true, b: 5, c: x}"}, R"({"a":false,"b":0,"c":""})"},
      {"a value wins over a map", {"{a: 1}", "{a: {b: 2}}"}, R"({"a":1})"},
      {"a map wins over a value", {"{a: {b: 2}}", "{a: 1}"}, R"({"a":{"b":2}})"},
      {"three layers, the strongest that says something", {"{a: {b: 1}}", "{a: {b: 2, c: 2}}", "{a: {b: 3, c: 3, d: 3}}"}, R"({"a":{"b":1,"c":2,"d":3}})"},
      {"a gap in the middle", {"{a: {x: 1}}", "{}", "{a: {z: 3}}"}, R"({"a":{"x":1,"z":3}})"},
      {"numbers keep their text", {"{a: 0.10}", "{b: 1e2}"}, R"({"a":0.10,"b":1e2})"},
      {"no layers", {}, "{}"},
  };
  for (const Row& row : rows) {
    std::vector<Doc> docs;
    for (const char* layer : row.layers) {
      auto read = read_yaml(layer);
      ASSERT_TRUE(read) << layer;
      docs.push_back(std::move(read->at(0)));
    }
    std::vector<Node> nodes;
    for (const Doc& d : docs) nodes.push_back(d.root());
    EXPECT_EQ(text(merge_layers(nodes).root()), row.result) << row.what;
  }
}

TEST(Resolve, AbsentLayersArePassedOver) {
  const Doc a = doc_of(yaml("{a: 1}"));
  const Node nodes[] = {Node{}, a.root(), Node{}};
  const Doc merged = merge_layers(nodes);
  EXPECT_EQ(text(merged.root()), R"({"a":1})");
  EXPECT_EQ(merged.root()["a"].origin(), 1) << "origins count the layers that were given, absent ones too";
}

// Merging is done value by value: with the empty layer it is the identity, and only the order of layers decides.
TEST(Resolve, AnyLayerMergedWithItselfOrNothingIsItself) {
  for (const SourceObject& o : testing::objects_below(testing::in_source("examples"), "/broken/")) {
    const Node spec = o.object->root()["spec"];
    if (!spec.is_object()) continue;
    const Doc empty = doc_of(testing::Json::object());
    for (const std::vector<Node>& layers : {std::vector<Node>{spec, spec}, {spec, empty.root()}, {empty.root(), spec}, {spec, Node{}}})
      EXPECT_TRUE(same(merge_layers(layers).root(), spec)) << o.file << ":" << o.line;
  }
}

TEST(Resolve, EveryValueRemembersWhoSetItAndWhere) {
  auto review = read_yaml("useCase:\n  audience: public\n  intents: [answer]\nlatency: {}\n");
  auto profile = read_yaml("useCase:\n  audience: internal\n  automation: suggest\ncost:\n  budget: {amount: 5}\n");
  auto policy = read_yaml("latency:\n  maxRetries: 1\nuseCase: {intents: [x, y]}\n");
  ASSERT_TRUE(review && profile && policy);
  const Node layers[] = {review->at(0).root(), profile->at(0).root(), policy->at(0).root()};
  const Doc all = merge_layers(layers);
  const Node use = all.root()["useCase"];
  const auto mark = [](Node n) { return std::to_string(n.origin()) + ":" + std::to_string(n.line()); };
  EXPECT_EQ(mark(use["audience"]), "0:2");
  EXPECT_EQ(mark(use["intents"]), "0:3");
  EXPECT_EQ(mark(use["intents"].at(0)), "0:3") << "what stands in a list is of whoever set the list";
  EXPECT_EQ(mark(use["automation"]), "1:3");
  EXPECT_EQ(mark(all.root()["cost"]), "1:5") << "a map stands where its first key does";
  EXPECT_EQ(mark(all.root()["cost"]["budget"]["amount"]), "1:5");
  EXPECT_EQ(mark(all.root()["latency"]["maxRetries"]), "2:2");
  EXPECT_EQ(mark(use), "0:2") << "a map that several wrote is of the strongest";
}

// Issue: 24 KB for each review, because a review with a profile was held twice.
TEST(Resolve, AMergedSpecRepeatsNothingThatOneLayerSaysAlone) {
  auto review = read_yaml("useCase:\n  audience: public\n  intents: [answer, and, many, more, words]\nlatency: {a: 1, b: 2, c: 3, d: 4}\n");
  auto profile = read_yaml("useCase:\n  automation: suggest\ncost:\n  budget: {amount: 5, currency: EUR, period: month}\n");
  ASSERT_TRUE(review && profile);
  const Node layers[] = {review->at(0).root(), profile->at(0).root()};
  const Doc all = merge_layers(layers);
  EXPECT_EQ(all.root()["latency"].doc(), &review->at(0));
  EXPECT_EQ(all.root()["cost"].doc(), &profile->at(0));
  EXPECT_EQ(all.root()["useCase"].doc(), &all);
  EXPECT_EQ(all.root()["useCase"]["intents"].doc(), &review->at(0));
  const Node budget = all.root()["cost"]["budget"];
  EXPECT_EQ(path_to(all.root(), budget["currency"]), "cost.budget.currency");
  EXPECT_EQ(path_to(all.root(), all.root()["useCase"]["intents"].at(3)), "useCase.intents[3]");
  EXPECT_EQ(path_to(all.root(), all.root()["useCase"]), "useCase");
  EXPECT_EQ(path_to(all.root()["latency"], budget), "") << "not below it";
}

// ---- Which layers a review has: verdict/build. ----

constexpr const char* kWorld = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: web}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {profileRef: {name: web}, covers: [{kind: Deployment, name: d}], ownership: {team: a}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessProfile, metadata: {name: web, namespace: shop}, spec: {ownership: {team: b, modelChanges: b}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessProfile, metadata: {name: web, namespace: elsewhere}, spec: {ownership: {userFeedback: never}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: b}, spec: {defaults: {ownership: {team: c, modelChanges: c, userFeedback: c}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: a}, spec: {namespaceSelector: {matchLabels: {team: web}}, defaults: {cost: {budget: {currency: EUR}}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: c}, spec: {namespaceSelector: {matchLabels: {team: other}}, defaults: {cost: {budget: {period: day}}}}}
)";

TEST(Resolve, AReviewItsProfileThenTheDefaultsOfThePoliciesOfItsNamespace) {
  const auto world = testing::world(kWorld);
  const Review& r = *world->reviews.at(0);
  EXPECT_EQ(r.layers, (std::vector<std::string>{"ReadinessReview r", "ReadinessProfile web", "ReadinessPolicy a", "ReadinessPolicy b"}));
  const auto of = [&](Node n) { return std::string{n.text()} + " of " + r.layers.at(n.origin()); };
  const Node owners = r.spec()["ownership"];
  EXPECT_EQ(of(owners["team"]), "a of ReadinessReview r");
  EXPECT_EQ(of(owners["modelChanges"]), "b of ReadinessProfile web");
  EXPECT_EQ(of(owners["userFeedback"]), "c of ReadinessPolicy b") << "a profile of another namespace is nobody's";
  EXPECT_EQ(of(r.spec()["cost"]["budget"]["currency"]), "EUR of ReadinessPolicy a");
  EXPECT_FALSE(r.spec()["cost"]["budget"]["period"]) << "a policy for other namespaces";
  EXPECT_EQ(r.missing_profile, "");
}

TEST(Resolve, AProfileThatIsNotThereIsNamed) {
  const auto world = testing::world(
      "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {profileRef: {name: gone}, covers: [{kind: Deployment, name: d}]}}");
  const Review& r = *world->reviews.at(0);
  EXPECT_EQ(r.missing_profile, "gone");
  EXPECT_EQ(r.merged, nullptr) << "nothing to merge";
  EXPECT_TRUE(r.layers.empty());
  EXPECT_EQ(r.spec()["covers"].size(), 1u);
}

// A policy for some workloads only cannot know which workload a review will be asked about: its defaults are no default
// of the review.
TEST(Resolve, DefaultsOfAPolicyForOtherWorkloadsAreNotMerged) {
  const auto world = testing::world(R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {covers: [{kind: Deployment, name: d}]}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {workloadSelector: {matchLabels: {team: other}}, defaults: {ownership: {team: other}}}}
)");
  EXPECT_FALSE(world->reviews.at(0)->spec()["ownership"]["team"]);
}

}  // namespace
}  // namespace launchgate
