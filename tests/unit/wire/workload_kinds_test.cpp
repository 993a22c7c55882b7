// Kinds that a policy adds, from its YAML to a judgement; and what becomes of entries that cannot be meant.
#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::said;
using testing::time_at;

constexpr const char* kPolicy = R"(apiVersion: launchgate.dev/v1alpha1
kind: ReadinessPolicy
metadata: {name: platform}
spec:
  mode: enforce
  workloadKinds:
  - group: acme.dev
    kind: ModelServer
    podTemplatePaths: ["spec.roles[].template"]
    modelPaths: [spec.model]
    rolloutPaths: [spec]
    ignorePaths: [spec.replicas]
)";
constexpr const char* kServer = R"({"apiVersion":"acme.dev/v1","kind":"ModelServer","metadata":{"name":"faq","namespace":"shop"},
  "spec":{"model":"llama","replicas":1,"roles":[{"template":{"metadata":{"labels":{"launchgate.dev/llm":"true"}},"spec":{"containers":[{"name":"a","image":"acme/a"}]}}}]}})";

Verdict judged(const Snapshot& world, const Doc& after, const Doc* before = nullptr) {
  Change c = as_create(after.root());
  if (before) c.operation = Operation::Update, c.before = before->root();
  return judge(world, c, time_at("2026-11-24T12:00:00Z"));
}

TEST(WorkloadKinds, AKindOfAPolicyIsGated) {
  const auto world = testing::world(kPolicy);
  const Doc server = testing::doc(kServer);
  EXPECT_EQ(said(judged(*world, server)), "Judged deny: PRR-COV-01") << "labelled on the template, and no review";
  EXPECT_EQ(said(judged(*build_snapshot({}), server)), "NotGated allow") << "without the policy";
  Doc scaled = testing::doc(std::string{kServer}.replace(std::string{kServer}.find("\"replicas\":1"), 12, "\"replicas\":9"));
  EXPECT_EQ(said(judged(*world, scaled, &server)), "Unchanged allow");
  Doc other = testing::doc(std::string{kServer}.replace(std::string{kServer}.find("llama"), 5, "llame"));
  EXPECT_EQ(said(judged(*world, other, &server)), "Judged deny: PRR-COV-01");
}

TEST(WorkloadKinds, PosturesOfAPolicy) {
  const auto with = [](const char* group, const char* kind, const char* posture) {
    return testing::world(std::string{"{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, workloadKinds: [{group: \""} + group +
                          "\", kind: " + kind + ", posture: " + posture + "}]}}");
  };
  const Doc pod = testing::doc(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"shop","labels":{"launchgate.dev/llm":"true"}},"spec":{"containers":[{"image":"a"}]}})");
  EXPECT_EQ(said(judged(*with("", "Pod", "gate"), pod)), "Judged deny: PRR-COV-01");
  EXPECT_EQ(said(judged(*with("", "Pod", "audit"), pod)), "Judged audit: PRR-COV-01") << "recorded, never refused";
  EXPECT_EQ(said(judged(*with("", "Pod", "ignore"), pod)), "NotGated allow");
}

TEST(WorkloadKinds, RoutesAndConfigurationAreRecordedAndNeverRefused) {
  const std::pair<const char*, const char*> rows[] = {
      {"ModelConfig", R"({"apiVersion":"kagent.dev/v1alpha2","kind":"ModelConfig","metadata":{"name":"m","namespace":"shop"},"spec":{"model":"gpt-4o"}})"},
      {"AIGatewayRoute", R"({"apiVersion":"aigateway.envoyproxy.io/v1beta1","kind":"AIGatewayRoute","metadata":{"name":"m","namespace":"shop"},"spec":{"rules":[]}})"},
      {"InferencePool", R"({"apiVersion":"inference.networking.k8s.io/v1","kind":"InferencePool","metadata":{"name":"m","namespace":"shop"},"spec":{"selector":{"matchLabels":{"a":"b"}}}})"},
  };
  const std::string enforce = "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce}}\n---\n";
  for (const auto& [kind, json] : rows) {
    const Doc object = testing::doc(json);
    const auto uncovered = testing::world(enforce);
    EXPECT_EQ(said(judged(*uncovered, object)), "NotAnLLMWorkload allow") << json << ": nobody speaks of it";
    const auto covered = testing::world(enforce + "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {covers: [{kind: " + kind + ", name: m}]}}");
    const Verdict v = judged(*covered, object);
    EXPECT_EQ(v.decision, Decision::Audit) << json;
    EXPECT_GT(v.counts.fail, 5) << "recorded";
    EXPECT_EQ(v.mode, Mode::Audit);
    EXPECT_TRUE(warning_texts(v).empty());
  }
}

TEST(WorkloadKinds, ASuspendedReviewStopsNoRoute) {
  const auto world = testing::world(R"({apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {suspend: true, covers: [{kind: ModelConfig, name: m}, {kind: Agent, name: a}]}})");
  EXPECT_EQ(said(judged(*world, testing::doc(R"({"apiVersion":"kagent.dev/v1alpha2","kind":"ModelConfig","metadata":{"name":"m","namespace":"shop"},"spec":{"model":"gpt-4o"}})"))), "Suspended audit");
  EXPECT_EQ(said(judged(*world, testing::doc(R"({"apiVersion":"kagent.dev/v1alpha2","kind":"Agent","metadata":{"name":"a","namespace":"shop"},"spec":{"type":"BYO"}})"))), "Suspended deny");
}

// The problems that a policy's kinds lead to, one a line, and how many kinds are used.
std::string problems(const char* kinds) {
  const auto read = read_source("policy.yaml", std::string{"apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: p}\nspec:\n  workloadKinds:\n"} + kinds);
  EXPECT_TRUE(read) << read.error().text();
  World w = assemble(*read);
  EXPECT_EQ(w.policies.size(), 1u) << "the policy's gates hold all the same";
  std::string out;
  for (const Error& e : w.problems) out += e.text() + "\n";
  return out + std::to_string(w.policies.at(0).kinds.size()) + " used";
}

TEST(WorkloadKinds, AnEntryThatCannotBeMeantIsSaidAndLeftOut) {
  EXPECT_EQ(problems("  - {group: acme.dev, kind: A, podTemplatePaths: [spec.template]}\n  - {group: apps, kind: Deployment, posture: audit}\n"), "2 used");
  EXPECT_EQ(problems("  - {group: acme.dev, kind: A}\n"),
            "policy.yaml:6: spec.workloadKinds[0]: ReadinessPolicy p: kind A of group acme.dev is not built in, and says nowhere what to look at: name podTemplatePaths, imagePaths or modelPaths; it is not "
            "used\n0 used");
  EXPECT_EQ(problems("  - {group: apps, kind: Deploymnt}\n").substr(0, 96), "policy.yaml:6: spec.workloadKinds[0]: ReadinessPolicy p: kind Deploymnt of group apps is not bui");
  EXPECT_EQ(problems("  - {group: acme.dev, kind: A, podTemplatePaths: [spec.template]}\n  - {group: acme.dev, kind: B, podTemplatePaths: [spec..x]}\n"),
            "policy.yaml:7: spec.workloadKinds[1]: ReadinessPolicy p: kind B of group acme.dev \"spec..x\" is no path: expected keys with dots between them, [] for each element, {*} for each value, such as "
            "spec.roles[].template; it is not used\n1 used");
  EXPECT_EQ(problems("  - {group: acme.dev, kind: A, podTemplatePaths: [\"spec template\"]}\n"),
            "policy.yaml:6: spec.workloadKinds[0]: ReadinessPolicy p: kind A of group acme.dev has the path \"spec template\", which holds a blank; it is not used\n0 used");
}

}  // namespace
}  // namespace launchgate
