// A workload's view of its object: the places that matter, found through the kinds table.
#include "model/workload.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;

TEST(Workload, FindsItsPods) {
  const Doc deployment = doc(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","namespace":"s","labels":{"a":"b"},"annotations":{"c":"d"}},
    "spec":{"template":{"metadata":{"labels":{"x":"z"}},"spec":{"containers":[{"name":"one"},{"name":"two"}],"initContainers":[{"name":"init"}]}}}})");
  const Workload w = Workload::view(deployment.root());
  ASSERT_NE(w.kind, nullptr);
  EXPECT_EQ(w.reference(), "Deployment s/d");
  EXPECT_EQ(w.label("a"), "b");
  EXPECT_EQ(w.label("none"), "");
  EXPECT_EQ(w.annotations["c"].text(), "d");
  ASSERT_EQ(w.pods.size(), 1u);
  EXPECT_EQ(w.pods[0].metadata["labels"]["x"].text(), "z");
  ASSERT_EQ(w.pods[0].containers.size(), 2u);
  EXPECT_EQ(w.pods[0].containers[1]["name"].text(), "two");
  ASSERT_EQ(w.pods[0].init_containers.size(), 1u);
}

TEST(Workload, OfEveryCoreKind) {
  const std::pair<const char*, const char*> rows[] = {
      {"apps/v1 StatefulSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"apps/v1 DaemonSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"apps/v1 ReplicaSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"batch/v1 Job", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"batch/v1 CronJob", R"("spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"c"}]}}}}})"},
      {"v1 Pod", R"("spec":{"containers":[{"name":"c"}]})"},
  };
  for (const auto& [what, spec] : rows) {
    const std::string text = what, version = text.substr(0, text.find(' ')), kind = text.substr(text.find(' ') + 1);
    const Doc d = doc("{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\"," + spec + "}");
    const Workload w = Workload::view(d.root());
    ASSERT_NE(w.kind, nullptr) << what;
    ASSERT_EQ(w.pods.size(), 1u) << what;
    ASSERT_EQ(w.pods[0].containers.size(), 1u) << what;
  }
}

// "pods 2, containers a b, images x, models y, arguments 1, environments 1": those outside of containers
std::string seen(const char* json) {
  const Doc d = doc(json);
  const Workload w = Workload::view(d.root());
  EXPECT_NE(w.kind, nullptr) << json;
  std::string out = "pods " + std::to_string(w.pods.size()) + ", containers";
  for (const PodView& pod : w.pods)
    for (Node c : pod.containers) out += " " + std::string{c["name"].text()};
  out += ", images";
  for (Node n : w.images) out += " " + image_text(n);
  out += ", models";
  for (Node n : w.models) out += " " + std::string{n.text()};
  const auto outside = std::count_if(w.environments.begin(), w.environments.end(), [](const Environment& e) { return !e.container; });
  return out + ", arguments " + std::to_string(w.arguments.size()) + ", environments " + std::to_string(outside);
}

TEST(Workload, OfKindsOfOperators) {
  EXPECT_EQ(seen(R"({"apiVersion":"serving.kserve.io/v1beta1","kind":"InferenceService","spec":{"predictor":{"containers":[{"name":"side"}],
              "model":{"image":"kserve/huggingfaceserver:v1","storageUri":"hf://org/m","args":["--x"],"env":[{"name":"A"}]}},
              "transformer":{"containers":[{"name":"t"}]}}})"),
            "pods 2, containers side t, images kserve/huggingfaceserver:v1, models hf://org/m, arguments 1, environments 1");
  EXPECT_EQ(seen(R"({"apiVersion":"serving.kserve.io/v1alpha1","kind":"ServingRuntime","spec":{"containers":[{"name":"kserve-container"}]}})"),
            "pods 1, containers kserve-container, images, models, arguments 0, environments 0");
  EXPECT_EQ(seen(R"({"apiVersion":"serving.kserve.io/v1alpha2","kind":"LLMInferenceService","spec":{"model":{"uri":"hf://Qwen/Qwen3-8B","name":"qwen"},
              "template":{"containers":[{"name":"main"}]},"prefill":{"template":{"containers":[{"name":"main"}]}}}})"),
            "pods 2, containers main main, images, models hf://Qwen/Qwen3-8B qwen, arguments 0, environments 0");
  EXPECT_EQ(seen(R"({"apiVersion":"apps.nvidia.com/v1alpha1","kind":"NIMService","spec":{"image":{"repository":"nvcr.io/nim/meta/llama-3.1-8b-instruct","tag":"1.8.3"},
              "env":[{"name":"NIM_LOG_LEVEL"}],"args":["--x"]}})"),
            "pods 0, containers, images nvcr.io/nim/meta/llama-3.1-8b-instruct:1.8.3, models, arguments 1, environments 1");
  EXPECT_EQ(seen(R"({"apiVersion":"production-stack.vllm.ai/v1alpha1","kind":"VLLMRuntime","spec":{"model":{"modelURL":"meta-llama/Llama-3.1-8B"},
              "vllmConfig":{"extraArgs":["--x"]},"deploymentConfig":{"image":{"registry":"docker.io","name":"lmcache/vllm-openai:v1"}}}})"),
            "pods 0, containers, images docker.io/lmcache/vllm-openai:v1, models meta-llama/Llama-3.1-8B, arguments 1, environments 0");
  EXPECT_EQ(seen(R"({"apiVersion":"kaito.sh/v1beta1","kind":"Workspace","inference":{"preset":{"name":"phi-4"}}})"),
            "pods 0, containers, images, models phi-4, arguments 0, environments 0");
  EXPECT_EQ(seen(R"({"apiVersion":"ray.io/v1","kind":"RayService","spec":{"serveConfigV2":"applications: []","rayClusterConfig":{"headGroupSpec":{"template":{"spec":{"containers":[{"name":"head"}]}}},
              "workerGroupSpecs":[{"template":{"spec":{"containers":[{"name":"w"}]}}}]}}})"),
            "pods 2, containers head w, images, models, arguments 1, environments 0");
  EXPECT_EQ(seen(R"({"apiVersion":"nvidia.com/v1alpha1","kind":"DynamoGraphDeployment","spec":{"services":{"Frontend":{"extraPodSpec":{"mainContainer":{"image":"a:1"}}},
              "Worker":{"extraPodSpec":{"mainContainer":{"image":"b:1","args":["x"]}}}}}})"),
            "pods 2, containers, images a:1 b:1, models, arguments 1, environments 0");
}

TEST(Workload, AnImageInItsParts) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("repo/app:v1")", "repo/app:v1"},
      {R"({"repository":"repo/app","tag":"v1"})", "repo/app:v1"},
      {R"({"registry":"docker.io","name":"repo/app:v1"})", "docker.io/repo/app:v1"},
      {R"({"repository":"repo/app","tag":"v1","digest":"sha256:ab"})", "repo/app@sha256:ab"},
      {R"({"repository":"repo/app"})", "repo/app"},
      {R"({"tag":"v1"})", ""},
      {R"({"pullPolicy":"Always"})", ""},
      {"[]", ""},
      {"7", "7"},
  };
  for (const auto& [json, text] : rows) EXPECT_EQ(image_text(doc(json).root()), text) << json;
}

TEST(Workload, TheRequestKnowsNameAndNamespaceBetter) {
  const Doc d = doc(R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"eval-"}})");
  EXPECT_EQ(Workload::view(d.root()).reference(), "Job eval-");
  EXPECT_EQ(Workload::view(d.root(), "shop", "eval-7x").reference(), "Job shop/eval-7x");
}

TEST(Workload, OddShapes) {
  for (const char* json : {R"({"apiVersion":"apps/v1","kind":"Deployment"})", R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":7,"spec":[]})",
                           R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[1,null,"x",[],{}],"initContainers":{"a":1}}}}})"}) {
    const Doc d = doc(json);
    const Workload w = Workload::view(d.root());
    EXPECT_NE(w.kind, nullptr) << json;
    for (const PodView& pod : w.pods) EXPECT_LE(pod.containers.size(), 1u) << json << ": only what is an object is a container";
  }
  for (const char* json : {"7", "[]", "null", "{}", R"({"kind":"Deployment"})", R"({"apiVersion":7,"kind":[]})"}) {
    const Doc d = doc(json);
    EXPECT_EQ(Workload::view(d.root()).kind, nullptr) << json;
  }
}

TEST(Workload, ItsController) {
  const auto controller = [](const char* owners) {
    const Doc d = doc(std::string{R"({"metadata":{"ownerReferences":)"} + owners + "}}");
    return std::string{controller_of(d.root())["name"].text()};
  };
  EXPECT_EQ(controller(R"([{"name":"a"},{"name":"b","controller":true},{"name":"c","controller":true}])"), "b");
  EXPECT_EQ(controller(R"([{"name":"a","controller":false}])"), "");
  EXPECT_EQ(controller(R"([{"name":"a","controller":"true"}])"), "") << "a text is no boolean";
  for (const char* odd : {"[]", "null", "7", R"({"name":"a","controller":true})", "[null,7,[]]"}) EXPECT_EQ(controller(odd), "") << odd;
}

}  // namespace
}  // namespace launchgate
