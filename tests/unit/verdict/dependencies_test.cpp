// What a workload runs beside its own manifest, and that a change of it is seen.
#include "verdict/dependencies.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::yaml_all;

constexpr const char* kWorld = R"(
{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: faq, namespace: shop}, spec: {predictor: {model: {modelFormat: {name: vllm}, runtime: vllm}}}}
---
{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: vllm, namespace: shop}, spec: {replicas: 1, containers: [{name: a, image: "vllm/vllm-openai:v1"}]}}
---
{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: vllm, namespace: elsewhere}, spec: {containers: [{name: a, image: "vllm/vllm-openai:v1"}]}}
---
{apiVersion: serving.kserve.io/v1alpha1, kind: ClusterServingRuntime, metadata: {name: vllm}, spec: {containers: [{name: a, image: "vllm/vllm-openai:v1"}]}}
---
{apiVersion: serving.kserve.io/v1alpha2, kind: LLMInferenceService, metadata: {name: qwen, namespace: shop}, spec: {model: {uri: "hf://Qwen/Qwen3-8B"}, baseRefs: [{name: small}]}}
---
{apiVersion: serving.kserve.io/v1alpha2, kind: LLMInferenceServiceConfig, metadata: {name: small, namespace: shop}, spec: {baseRefs: [{name: common}]}}
---
{apiVersion: serving.kserve.io/v1alpha2, kind: LLMInferenceServiceConfig, metadata: {name: common, namespace: shop}, spec: {baseRefs: [{name: small}], template: {containers: [{name: main, image: a}]}}}
---
{apiVersion: kagent.dev/v1alpha2, kind: Agent, metadata: {name: helper, namespace: shop}, spec: {type: Declarative, declarative: {modelConfig: large, systemMessageFrom: {type: ConfigMap, name: prompts, key: system},
  tools: [{type: McpServer, mcpServer: {name: tools}}, {type: Agent, agent: {name: other}}]}}}
---
{apiVersion: kagent.dev/v1alpha2, kind: ModelConfig, metadata: {name: large, namespace: shop}, spec: {provider: OpenAI, model: gpt-4.1-2025-04-14}}
---
{apiVersion: kagent.dev/v1alpha2, kind: RemoteMCPServer, metadata: {name: tools, namespace: shop}, spec: {url: "http://tools/mcp"}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts, namespace: shop}, data: {system: You help.}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: server, namespace: shop}, spec: {template: {metadata: {labels: {app: server}}, spec: {containers: [{name: a, image: vllm/vllm-openai}]}}}}
---
{apiVersion: inference.networking.k8s.io/v1, kind: InferencePool, metadata: {name: pool, namespace: shop}, spec: {selector: {matchLabels: {app: server}}}}
---
{apiVersion: inference.networking.k8s.io/v1, kind: InferencePool, metadata: {name: other, namespace: shop}, spec: {selector: {matchLabels: {app: other}}}}
---
{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute, metadata: {name: route, namespace: shop}, spec: {rules: [{backendRefs: [{name: pool, group: inference.networking.k8s.io, modelNameOverride: qwen}]}]}}
---
{apiVersion: model.aibrix.ai/v1alpha1, kind: ModelAdapter, metadata: {name: lora, namespace: shop}, spec: {baseModel: qwen, artifactURL: "huggingface://a/b", podSelector: {matchLabels: {app: server}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: faq, namespace: shop}, spec: {covers: [{kind: InferenceService, name: faq}]}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: agents, namespace: shop}, spec: {covers: [{kind: Agent, name: helper}, {kind: Deployment, name: server}]}}
)";

std::shared_ptr<const Snapshot> world_with(std::string_view kind = {}, std::string_view ns = {}, std::string_view patch = {}) {
  std::string text;
  for (Json& object : yaml_all(kWorld)) {
    const auto in = object["metadata"].value("namespace", "");
    if (object["kind"] == kind && in == ns) object.merge_patch(testing::yaml(patch));
    text += object.dump() + "\n---\n";
  }
  return testing::world(text);
}

std::vector<Dependency> of(const Snapshot& world, std::string_view kind, std::string_view name) {
  const WorldObject* o = world.find(kind, "shop", name);
  EXPECT_NE(o, nullptr) << kind << " " << name;
  return o ? dependencies(world, Workload::view(o->object->root(), o->ns, o->name, &world.kinds)) : std::vector<Dependency>{};
}
std::string names(const Snapshot& world, std::string_view kind, std::string_view name) {
  std::string out;
  for (const Dependency& d : of(world, kind, name)) out += (out.empty() ? "" : ", ") + d.name;
  return out;
}

TEST(Dependencies, WhatAWorkloadNamesAndWhatSelectsItsPods) {
  const auto world = world_with();
  EXPECT_EQ(names(*world, "InferenceService", "faq"), "ClusterServingRuntime vllm, ServingRuntime shop/vllm");
  EXPECT_EQ(names(*world, "LLMInferenceService", "qwen"), "LLMInferenceServiceConfig shop/common, LLMInferenceServiceConfig shop/small") << "one that is based on another, in a ring even";
  EXPECT_EQ(names(*world, "Agent", "helper"), "ConfigMap shop/prompts, ModelConfig shop/large, RemoteMCPServer shop/tools");
  EXPECT_EQ(names(*world, "Deployment", "server"), "AIGatewayRoute shop/route, InferencePool shop/pool, ModelAdapter shop/lora");
}

TEST(Dependencies, WithoutAnyThereIsNoDigest) {
  const auto world = testing::world("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: shop}, spec: {template: {}}}");
  const WorldObject* d = world->find("Deployment", "shop", "d");
  EXPECT_EQ(dependencies_digest(*world, Workload::view(d->object->root())), "");
}

// The model changes, and nobody wrote to the workload.
TEST(Dependencies, AChangeOfTheModelElsewhereIsDrift) {
  struct Row {
    const char *kind, *ns, *patch, *workload, *name, *drift;
  };
  const Row rows[] = {
      {"ServingRuntime", "shop", "{spec: {containers: [{name: a, image: \"vllm/vllm-openai:v2\"}]}}", "InferenceService", "faq", "ServingRuntime shop/vllm changed"},
      {"ServingRuntime", "shop", "{spec: {replicas: 5}}", "InferenceService", "faq", ""},
      {"ServingRuntime", "shop", "{metadata: {labels: {a: b}}}", "InferenceService", "faq", ""},
      {"ServingRuntime", "elsewhere", "{spec: {containers: [{name: a, image: other}]}}", "InferenceService", "faq", ""},
      {"ClusterServingRuntime", "", "{spec: {containers: [{name: a, image: other}]}}", "InferenceService", "faq", "ClusterServingRuntime vllm changed"},
      {"ServingRuntime", "shop", "{metadata: {name: gone}}", "InferenceService", "faq", "ServingRuntime shop/vllm is gone"},
      {"ModelConfig", "shop", "{spec: {model: gpt-4o}}", "Agent", "helper", "ModelConfig shop/large changed"},
      {"ConfigMap", "shop", "{data: {system: You obey.}}", "Agent", "helper", "ConfigMap shop/prompts changed"},
      {"RemoteMCPServer", "shop", "{spec: {url: \"http://evil/mcp\"}}", "Agent", "helper", "RemoteMCPServer shop/tools changed"},
      {"AIGatewayRoute", "shop", "{spec: {rules: [{backendRefs: [{name: pool, modelNameOverride: other}]}]}}", "Deployment", "server", "AIGatewayRoute shop/route changed"},
      {"ModelAdapter", "shop", "{spec: {artifactURL: \"huggingface://a/c\"}}", "Deployment", "server", "ModelAdapter shop/lora changed"},
      {"ModelConfig", "shop", "{spec: {model: gpt-4o}}", "InferenceService", "faq", ""},
  };
  const auto before = world_with();
  for (const Row& row : rows) {
    const auto after = world_with(row.kind, row.ns, row.patch);
    const auto then = of(*before, row.workload, row.name), now = of(*after, row.workload, row.name);
    std::string said;
    for (const auto& line : drift(then, now)) said += (said.empty() ? "" : ", ") + line;
    EXPECT_EQ(said, row.drift) << row.kind << " " << row.patch;
    EXPECT_EQ(dependencies_digest(then) != dependencies_digest(now), *row.drift != '\0') << row.kind << " " << row.patch;
  }
}

TEST(Dependencies, WhoseReviewsAreAffected) {
  const auto world = world_with();
  const auto affected = [&](std::string_view kind, std::string_view ns, std::string_view name) {
    std::string out;
    const WorldObject* changed = world->find(kind, ns, name);
    EXPECT_NE(changed, nullptr) << kind;
    if (changed)
      for (const Review* r : dependants(*world, *changed)) out += (out.empty() ? "" : ", ") + r->name;
    return out;
  };
  EXPECT_EQ(affected("ServingRuntime", "shop", "vllm"), "faq");
  EXPECT_EQ(affected("ClusterServingRuntime", "", "vllm"), "faq");
  EXPECT_EQ(affected("ServingRuntime", "elsewhere", "vllm"), "");
  EXPECT_EQ(affected("ModelConfig", "shop", "large"), "agents");
  EXPECT_EQ(affected("AIGatewayRoute", "shop", "route"), "agents");
  EXPECT_EQ(affected("InferencePool", "shop", "other"), "");
  EXPECT_EQ(affected("LLMInferenceServiceConfig", "shop", "common"), "") << "nobody reviewed what depends on it";
}

}  // namespace
}  // namespace launchgate
