// Roots and children beyond the core kinds: what an operator makes passes, and what only says so does not.
#include <gtest/gtest.h>

#include "support/world.h"
#include "verdict/match.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::said;
using testing::yaml;

std::string object(std::string_view api, std::string_view kind, std::string_view name, std::string_view owner = {}, std::string_view spec = "{}", std::string_view labels = "{}") {
  return "{apiVersion: " + std::string{api} + ", kind: " + std::string{kind} + ", metadata: {name: " + std::string{name} + ", namespace: shop, uid: u-" + std::string{name} +
         ", labels: " + std::string{labels} + ", ownerReferences: [" + std::string{owner} + "]}, spec: " + std::string{spec} + "}";
}
std::string owner(std::string_view api, std::string_view kind, std::string_view name, std::string_view uid = {}) {
  return "{apiVersion: " + std::string{api} + ", kind: " + std::string{kind} + ", name: " + std::string{name} + ", uid: " + (uid.empty() ? "u-" + std::string{name} : std::string{uid}) + ", controller: true}";
}

std::string owned(const std::vector<std::string>& world_objects, const std::string& child) {
  std::string text;
  for (const auto& o : world_objects) text += o + "\n---\n";
  const auto world = text.empty() ? build_snapshot({}) : testing::world(text);
  const Doc doc = doc_of(yaml(child));
  const WorldObject* by = gated_owner(*world, Workload::view(doc.root(), {}, {}, &world->kinds));
  return by ? by->kind + " " + by->name : "nobody";
}

TEST(Roots, ChildrenOfOperatorsPass) {
  const std::pair<std::pair<const char*, const char*>, std::vector<std::pair<const char*, const char*>>> rows[] = {
      {{"serving.kserve.io/v1beta1", "InferenceService"}, {{"apps/v1", "Deployment"}, {"serving.knative.dev/v1", "Service"}}},
      {{"serving.kserve.io/v1alpha2", "LLMInferenceService"}, {{"apps/v1", "Deployment"}, {"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"}}},
      {{"ray.io/v1", "RayService"}, {{"ray.io/v1", "RayCluster"}}},
      {{"ray.io/v1", "RayCluster"}, {{"v1", "Pod"}}},
      {{"argoproj.io/v1alpha1", "Rollout"}, {{"apps/v1", "ReplicaSet"}}},
      {{"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet"}, {{"apps/v1", "StatefulSet"}}},
      {{"apps.nvidia.com/v1alpha1", "NIMService"}, {{"apps/v1", "Deployment"}, {"serving.kserve.io/v1beta1", "InferenceService"}}},
      {{"kaito.sh/v1beta1", "InferenceSet"}, {{"kaito.sh/v1beta1", "Workspace"}}},
      {{"kaito.sh/v1beta1", "Workspace"}, {{"apps/v1", "Deployment"}, {"apps/v1", "StatefulSet"}, {"batch/v1", "Job"}}},
      {{"orchestration.aibrix.ai/v1alpha1", "StormService"}, {{"orchestration.aibrix.ai/v1alpha1", "RoleSet"}}},
      {{"kagent.dev/v1alpha2", "Agent"}, {{"apps/v1", "Deployment"}}},
      {{"agents.x-k8s.io/v1beta1", "Sandbox"}, {{"v1", "Pod"}}},
      {{"jobset.x-k8s.io/v1alpha2", "JobSet"}, {{"batch/v1", "Job"}}},
      {{"nvidia.com/v1beta1", "DynamoGraphDeployment"}, {{"nvidia.com/v1beta1", "DynamoComponentDeployment"}}},
      {{"machinelearning.seldon.io/v1", "SeldonDeployment"}, {{"apps/v1", "Deployment"}}},
  };
  for (const auto& [root, children] : rows)
    for (const auto& [api, kind] : children) {
      const auto here = object(root.first, root.second, "root");
      EXPECT_EQ(owned({here}, object(api, kind, "child", owner(root.first, root.second, "root"))), std::string{root.second} + " root") << kind;
      EXPECT_EQ(owned({here}, object(api, kind, "child", owner(root.first, root.second, "root", "forged"))), "nobody") << kind << " with another uid";
      EXPECT_EQ(owned({}, object(api, kind, "child", owner(root.first, root.second, "root"))), "nobody") << kind << " of an owner that does not exist";
    }
}

TEST(Roots, ALongChain) {
  const std::vector<std::string> chain{object("serving.knative.dev/v1", "Service", "faq"), object("serving.knative.dev/v1", "Configuration", "conf", owner("serving.knative.dev/v1", "Service", "faq")),
                                       object("serving.knative.dev/v1", "Revision", "rev", owner("serving.knative.dev/v1", "Configuration", "conf"))};
  EXPECT_EQ(owned(chain, object("apps/v1", "Deployment", "d", owner("serving.knative.dev/v1", "Revision", "rev"))), "Revision rev");
}

// A plain Deployment excused a ReplicaSet of anything that named it.
TEST(Roots, AForgedChildOfABuiltInControllerIsCaught) {
  const auto deployment = object("apps/v1", "Deployment", "web", "", "{selector: {matchLabels: {app: web}}, template: {}}");
  const auto by = owner("apps/v1", "Deployment", "web");
  EXPECT_EQ(owned({deployment}, object("apps/v1", "ReplicaSet", "web-1", by, "{}", "{app: web, pod-template-hash: x}")), "Deployment web");
  EXPECT_EQ(owned({deployment}, object("apps/v1", "ReplicaSet", "llm", by, "{}", "{app: llm}")), "nobody") << "its selector does not match: the controller would not keep it";
  for (const char* kind : {"Deployment", "StatefulSet", "DaemonSet"}) EXPECT_EQ(owned({deployment}, object("apps/v1", kind, "llm", by, "{}", "{app: web}")), "nobody") << "a Deployment makes no " << kind;
  EXPECT_EQ(owned({deployment}, object("v1", "Pod", "llm", by, "{}", "{app: web}")), "nobody");
  EXPECT_EQ(owned({deployment}, object("ray.io/v1", "RayService", "llm", by, "{}", "{app: web}")), "nobody");
  const auto cron = object("batch/v1", "CronJob", "nightly");
  EXPECT_EQ(owned({cron}, object("batch/v1", "Job", "nightly-1", owner("batch/v1", "CronJob", "nightly"))), "CronJob nightly");
  EXPECT_EQ(owned({cron}, object("apps/v1", "Deployment", "llm", owner("batch/v1", "CronJob", "nightly"))), "nobody");
}

// Any Pod that named a plain Job as its controller passed.
TEST(Roots, APodOfAJobCarriesWhatTheJobSelects) {
  const auto job = object("batch/v1", "Job", "tidy", "", "{selector: {matchLabels: {batch.kubernetes.io/controller-uid: u-tidy}}}");
  const auto by = owner("batch/v1", "Job", "tidy");
  EXPECT_EQ(owned({job}, object("v1", "Pod", "tidy-x", by, "{}", "{batch.kubernetes.io/controller-uid: u-tidy}")), "Job tidy");
  EXPECT_EQ(owned({job}, object("v1", "Pod", "llm", by)), "nobody");
  EXPECT_EQ(owned({object("batch/v1", "Job", "tidy")}, object("v1", "Pod", "tidy-x", by)), "Job tidy") << "a manifest has no selector yet";
}

// A Deployment that named an InferencePool as its controller, which anybody may write, passed every gate.
TEST(Roots, WhatIsOnlyRecordedOwnsWhatItsControllerMakesAndNothingElse) {
  const std::pair<const char*, const char*> rows[] = {
      {"inference.networking.k8s.io/v1", "InferencePool"}, {"aigateway.envoyproxy.io/v1beta1", "AIGatewayRoute"},
      {"serving.kserve.io/v1alpha1", "ServingRuntime"},    {"serving.kserve.io/v1alpha2", "LLMInferenceServiceConfig"},
      {"kagent.dev/v1alpha2", "ModelConfig"},              {"kagent.dev/v1alpha2", "RemoteMCPServer"},
      {"apps.nvidia.com/v1alpha1", "NIMCache"}};
  for (const auto& [api, kind] : rows) EXPECT_EQ(owned({object(api, kind, "root")}, object("apps/v1", "Deployment", "llm", owner(api, kind, "root"))), "nobody") << kind;
  const auto cache = object("apps.nvidia.com/v1alpha1", "NIMCache", "root");
  EXPECT_EQ(owned({cache}, object("batch/v1", "Job", "fetch", owner("apps.nvidia.com/v1alpha1", "NIMCache", "root"))), "NIMCache root") << "it downloads the model";
}

TEST(Roots, AKindThatThePlatformTeamOnlyRecordsOwnsWhatItMakes) {
  const auto policy = [](const char* kind) {
    return std::string{"{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, workloadKinds: ["} + kind + "]}}";
  };
  const auto serving = object("acme.dev/v1", "Serving", "root"), route = object("acme.dev/v1", "Route", "root"), nim = object("apps.nvidia.com/v1alpha1", "NIMService", "root");
  const auto child = [](const char* api, const char* kind) { return object("apps/v1", "Deployment", "llm", owner(api, kind, "root")); };
  EXPECT_EQ(owned({policy("{group: apps.nvidia.com, kind: NIMService, posture: audit}"), nim}, child("apps.nvidia.com/v1alpha1", "NIMService")), "NIMService root");
  EXPECT_EQ(owned({policy("{group: acme.dev, kind: Serving, posture: audit, podTemplatePaths: [spec.template]}"), serving}, child("acme.dev/v1", "Serving")), "Serving root");
  EXPECT_EQ(owned({policy("{group: acme.dev, kind: Route, posture: audit, modelPaths: [spec.model]}"), route}, child("acme.dev/v1", "Route")), "nobody") << "a route makes no pods";
}

TEST(Roots, WorkersOfALeaderThatNobodyFollows) {
  const auto set = object("leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", "vllm");
  const auto workers = [](const char* leader, const char* name) { return object("apps/v1", "StatefulSet", "vllm-0", owner("v1", "Pod", leader), "{}", std::string{"{leaderworkerset.sigs.k8s.io/name: "} + name + "}"); };
  EXPECT_EQ(owned({set}, workers("vllm-0", "vllm")), "LeaderWorkerSet vllm");
  EXPECT_EQ(owned({set}, workers("other-0", "vllm")), "nobody");
  EXPECT_EQ(owned({set}, workers("vllm-0", "another")), "nobody");
  EXPECT_EQ(owned({}, workers("vllm-0", "vllm")), "nobody");
}

TEST(Roots, SandboxesOfATemplate) {
  const auto tmpl = object("extensions.agents.x-k8s.io/v1beta1", "SandboxTemplate", "python"), pool = object("extensions.agents.x-k8s.io/v1beta1", "SandboxWarmPool", "pool", "", "{sandboxTemplateRef: {name: python}}"),
             claim = object("extensions.agents.x-k8s.io/v1beta1", "SandboxClaim", "claim", "", "{warmPoolRef: {name: pool}}");
  const auto sandbox = object("agents.x-k8s.io/v1beta1", "Sandbox", "box", owner("extensions.agents.x-k8s.io/v1beta1", "SandboxClaim", "claim"));
  EXPECT_EQ(owned({tmpl, pool, claim}, sandbox), "SandboxClaim claim");
  EXPECT_EQ(owned({pool, claim}, sandbox), "nobody") << "the template is not here: nothing was judged";
  EXPECT_EQ(owned({tmpl, claim}, sandbox), "nobody") << "the pool is not here";
}

// ---- An Argo Rollout with workloadRef runs the template of a Deployment. ----

constexpr const char* kPair = R"(
{apiVersion: apps/v1, kind: Deployment, metadata: {name: faq, namespace: shop}, spec: {replicas: 0, template: {spec: {containers: [{name: a, image: vllm/vllm-openai}]}}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: faq-rollout, namespace: shop}, spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: faq}}}
---
)";
std::string review(const char* kind, const char* name) {
  return std::string{"{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {covers: [{kind: "} + kind + ", name: " + name + "}]}}";
}
Verdict judged(const Snapshot& world, const char* kind, const char* name) {
  const WorldObject* o = world.find(kind, "shop", name);
  return judge(world, as_create(o->object->root()), testing::time_at("2026-11-24T12:00:00Z"));
}

TEST(Roots, ARolloutWithWorkloadRefIsWhatItRefersTo) {
  const auto bare = testing::world(kPair);
  const Verdict v = judged(*bare, "Rollout", "faq-rollout");
  EXPECT_EQ(v.detection.detected, Detected::Signals) << "it has no template; the Deployment's is looked at";
  ASSERT_EQ(v.workload.pods.size(), 1u);
  for (const auto& covers : {review("Rollout", "faq-rollout"), review("Deployment", "faq")}) {
    const auto world = testing::world(kPair + covers);
    for (const auto& [kind, name] : {std::pair{"Rollout", "faq-rollout"}, {"Deployment", "faq"}}) {
      const Verdict one = judged(*world, kind, name);
      ASSERT_NE(one.review, nullptr) << covers << ": " << kind;
      EXPECT_EQ(one.review->name, "r");
    }
  }
  const auto other = testing::world(kPair + review("Rollout", "another"));
  EXPECT_EQ(judged(*other, "Deployment", "faq").review, nullptr);
}

TEST(Roots, TheEnvironmentOfWhatARolloutRefersToIsItsOwn) {
  std::string pair = kPair;
  const std::string image = "image: vllm/vllm-openai";
  pair.replace(pair.find(image), image.size(), "image: app, env: [{name: OPENAI_API_KEY, value: none}]");
  const auto world = testing::world(pair);
  const Verdict v = judged(*world, "Rollout", "faq-rollout");
  ASSERT_EQ(texts(v.detection.signals), std::vector<std::string>{"env OPENAI_API_KEY"});
  EXPECT_TRUE(v.workload.may_set("OPENAI_API_KEY"));
  EXPECT_FALSE(v.workload.may_set("ANTHROPIC_API_KEY"));
}

}  // namespace
}  // namespace launchgate
