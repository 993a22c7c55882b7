// Is it an LLM workload, and how do we know: label, review and kind decide; else signals, each of them named. The
// false positives that hurt (CI runners, training jobs, device plugins, operators) stay quiet.
#include "verdict/detect.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::Json;
using testing::yaml;

Json deployment(std::string_view pod) {
  return {{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"metadata", {{"name", "d"}}}, {"spec", {{"template", yaml(pod)}}}};
}

// "detected: image vllm/vllm-openai, accelerator nvidia.com/gpu"
std::string seen(const Json& object, bool covered = false, bool allow_opt_out = false) {
  const Doc doc = doc_of(object);
  const Workload w = Workload::view(doc.root());
  EXPECT_NE(w.kind, nullptr);
  const Detection d = detect(w, covered, allow_opt_out);
  std::string out{to_string(d.detected)};
  if (d.opted_out) out += " (opted out)";
  const char* separator = ": ";
  for (const Clue& signal : d.signals) out += separator + signal.text(), separator = ", ";
  return out;
}
std::string containers(std::string_view list) { return seen(deployment("spec: {containers: " + std::string{list} + "}")); }

struct Row {
  const char* what;
  const char* containers;
  const char* seen;
};

TEST(Detect, SignalsOfServers) {
  const Row rows[] = {
      {"vLLM", "[{image: vllm/vllm-openai:v0.11.0}]", "detected: image vllm/vllm-openai"},
      {"mirrored, with port, tag and digest", "[{image: \"registry.example.com:5000/mirror/vllm/vllm-openai:v1@sha256:4f1c0a7be8f4f4c0d1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701\"}]",
       "detected: image mirror/vllm/vllm-openai"},
      {"a local registry", "[{image: localhost/vllm-openai}]", "detected: image vllm-openai"},
      {"SGLang", "[{image: lmsysorg/sglang:latest}]", "detected: image lmsysorg/sglang"},
      {"TGI", "[{image: ghcr.io/huggingface/text-generation-inference:3}]", "detected: image huggingface/text-generation-inference"},
      {"Ollama", "[{image: ollama/ollama}]", "detected: image ollama/ollama"},
      {"llama.cpp", "[{image: \"ghcr.io/ggml-org/llama.cpp:server\"}]", "detected: image ggml-org/llama.cpp"},
      {"a gateway", "[{image: ghcr.io/berriai/litellm:main}]", "detected: image berriai/litellm"},
      {"part of a longer name is another image", "[{image: acme/my-vllm-openai-client}]", "none"},
      {"the tag says nothing", "[{image: \"acme/app:vllm-openai\"}]", "none"},
      {"the command line", "[{image: acme/serving, command: [python, -m, vllm.entrypoints.openai.api_server]}]", "detected: command vllm.entrypoints.openai.api_server"},
      {"the command line, by path", "[{image: acme/serving, command: [/opt/venv/bin/vllm, serve], args: [m]}]", "detected: command vllm serve"},
      {"the command line, in a shell", "[{image: acme/serving, command: [sh, -c, \"exec vllm serve /models/m --port 8000\"]}]", "detected: command vllm serve"},
      {"serving arguments in pairs", "[{image: acme/serving, args: [--model=m, --max-model-len=8192]}]", "suspected: arguments --model with serving options"},
      {"a served name", "[{image: acme/serving, args: [--served-model-name, m]}]", "suspected: argument --served-model-name"},
      {"both", "[{image: acme/serving, args: [--model=m, --tensor-parallel-size, \"2\", --served-model-name, m]}]",
       "detected: argument --served-model-name, arguments --model with serving options"},
      {"with an accelerator", "[{image: acme/serving, args: [--model=m, --max-model-len=8192], env: [{name: HF_TOKEN, value: x}], resources: {limits: {nvidia.com/gpu: 1}}}]",
       "detected: env HF_TOKEN, arguments --model with serving options, accelerator nvidia.com/gpu"},
  };
  for (const Row& row : rows) EXPECT_EQ(containers(row.containers), row.seen) << row.what;
}

TEST(Detect, SignalsOfClients) {
  const Row rows[] = {
      {"one key", "[{image: acme/app, env: [{name: OPENAI_API_KEY, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]", "suspected: env OPENAI_API_KEY"},
      {"a key under another name, by the Secret's key", "[{image: acme/app, env: [{name: KEY, valueFrom: {secretKeyRef: {name: s, key: ANTHROPIC_API_KEY}}}]}]",
       "suspected: env ANTHROPIC_API_KEY"},
      {"two", "[{image: acme/app, env: [{name: OPENAI_API_KEY}, {name: OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT, value: \"false\"}]}]",
       "detected: env OPENAI_API_KEY, env OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"},
      {"a host of a provider", "[{image: acme/app, env: [{name: UPSTREAM, value: \"https://api.anthropic.com/v1\"}]}]", "suspected: host in env UPSTREAM"},
      {"a key and a model", "[{image: acme/app, env: [{name: OPENAI_API_KEY}, {name: LLM_MODEL, value: m}, {name: MODEL_NAME, value: m}]}]",
       "detected: env OPENAI_API_KEY, env LLM_MODEL, env MODEL_NAME"},
      {"a framework's prefix", "[{image: acme/app, env: [{name: VLLM_LOGGING_LEVEL, value: INFO}]}]", "suspected: env VLLM_LOGGING_LEVEL"},
      {"a model alone", "[{image: acme/app, env: [{name: LLM_MODEL, value: m}]}]", "none: env LLM_MODEL"},
      {"in a second container", "[{image: acme/app}, {image: acme/side, env: [{name: GEMINI_API_KEY}, {name: LANGSMITH_API_KEY}]}]", "detected: env GEMINI_API_KEY, env LANGSMITH_API_KEY"},
  };
  for (const Row& row : rows) EXPECT_EQ(containers(row.containers), row.seen) << row.what;
}

TEST(Detect, LabelsOfServingPlatforms) {
  EXPECT_EQ(seen(deployment("{metadata: {labels: {llm-d.ai/role: decode}}, spec: {containers: [{image: acme/x}]}}")), "suspected: label llm-d.ai/role");
  EXPECT_EQ(seen(deployment("{metadata: {labels: {kaito.sh/workspace: phi}}, spec: {containers: [{image: acme/x, env: [{name: LLM_MODEL}]}]}}")),
            "detected: env LLM_MODEL, label kaito.sh/workspace");
}

TEST(Detect, WhatOnlyLooksLikeIt) {
  const Row rows[] = {
      {"a CI runner with a key for its tests", "[{image: ghcr.io/actions/runner, env: [{name: OPENAI_API_KEY}, {name: GITHUB_TOKEN}]}]", "suspected: env OPENAI_API_KEY"},
      {"Backstage with an assistant plugin", "[{image: backstage/backstage, env: [{name: ANTHROPIC_API_KEY}, {name: POSTGRES_HOST}]}]", "suspected: env ANTHROPIC_API_KEY"},
      {"a training job", "[{image: pytorch/pytorch, env: [{name: HF_TOKEN}, {name: HF_HOME}, {name: TRANSFORMERS_CACHE}], args: [--model, resnet50], resources: {limits: {nvidia.com/gpu: 8}}}]",
       "none: env HF_TOKEN, env HF_HOME, env TRANSFORMERS_CACHE, argument --model, accelerator nvidia.com/gpu"},
      {"an embedding service", "[{image: acme/embedder, env: [{name: HF_TOKEN}, {name: MODEL_ID}], resources: {limits: {nvidia.com/mig-1g.5gb: 1}}}]",
       "none: env HF_TOKEN, env MODEL_ID, accelerator nvidia.com/mig-1g.5gb"},
      {"Triton with a vision model", "[{image: nvcr.io/nvidia/tritonserver:25.09-py3, args: [tritonserver, --model-repository=/m], resources: {limits: {nvidia.com/gpu: 1}}}]",
       "none: image nvidia/tritonserver, accelerator nvidia.com/gpu"},
      {"a NIM that speaks", "[{image: nvcr.io/nim/nvidia/riva-tts:1.6, env: [{name: NGC_API_KEY}], resources: {limits: {nvidia.com/gpu: 1}}}]",
       "none: image nim/nvidia/riva-tts, accelerator nvidia.com/gpu"},
      {"a device plugin", "[{image: nvcr.io/nvidia/k8s-device-plugin:v0.18.0, env: [{name: MPS_ROOT}, {name: NVIDIA_VISIBLE_DEVICES, value: all}]}]", "none"},
      {"DCGM", "[{image: nvcr.io/nvidia/k8s/dcgm-exporter:4, resources: {limits: {nvidia.com/gpu: 1}}}]", "none"},
      {"transcoding", "[{image: jrottenberg/ffmpeg, resources: {limits: {gpu.intel.com/i915: 1}}}]", "none: accelerator gpu.intel.com/i915"},
      {"Ray for ETL", "[{image: rayproject/ray:2.51.0, args: [ray, start]}]", "none: image rayproject/ray"},
      {"maps", "[{image: acme/store-finder, env: [{name: GOOGLE_API_KEY}, {name: GOOGLE_APPLICATION_CREDENTIALS}, {name: AWS_ACCESS_KEY_ID}]}]",
       "none: env GOOGLE_API_KEY, env GOOGLE_APPLICATION_CREDENTIALS"},
      {"classic machine learning", "[{image: acme/xgboost-server, env: [{name: MODEL_NAME, value: churn}, {name: MODEL_PATH, value: /m}]}]", "none: env MODEL_NAME, env MODEL_PATH"},
      {"telemetry is no sign", "[{image: acme/web, env: [{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: \"http://c:4317\"}, {name: OTEL_SERVICE_NAME, value: web}]}]", "none"},
      {"a plain web server", "[{image: nginx:1.29, args: [nginx, -g, daemon off;]}]", "none"},
      {"no containers at all", "[]", "none"},
  };
  for (const Row& row : rows) EXPECT_EQ(containers(row.containers), row.seen) << row.what;
}

TEST(Detect, OperatorsAndHelpersServeNothing) {
  for (const char* image : {"vllm/aibrix-controller-manager", "ghcr.io/nvidia/k8s-nim-operator:v3", "kserve/storage-initializer", "kserve/kserve-localmodelnode-agent", "kserve/agent:v0.16",
                            "ghcr.io/llm-d/llm-d-routing-sidecar", "ghcr.io/llm-d/llm-d-inference-scheduler:v0.4", "ghcr.io/llm-d/llm-d-inference-sim:v0.6", "acme/vllm-mock", "acme/vllm-bench",
                            "ghcr.io/llm-d/llm-d-uds-tokenizer", "ghcr.io/llm-d/latency-predictor-training"})
    EXPECT_EQ(containers("[{image: \"" + std::string{image} + "\", args: [--model=m, --served-model-name=n, --max-model-len=8], env: [{name: OPENAI_API_KEY}, {name: VLLM_API_KEY}]}]").substr(0, 4), "none")
        << image;
}

// The exclusion of the routing sidecar took a hundred off the pod, and llm-d's servers were not recognised.
TEST(Detect, AHelperBesideAServerDoesNotHideIt) {
  EXPECT_EQ(containers("[{image: ghcr.io/llm-d/llm-d-routing-sidecar:v0.4}, {image: ghcr.io/llm-d/llm-d-cuda:v0.4}]"), "detected: image llm-d/llm-d-cuda");
  EXPECT_EQ(containers("[{image: vllm/vllm-openai}, {image: acme/metrics-operator}]"), "detected: image vllm/vllm-openai");
}

// One key handed to an app and its worker in one pod was counted twice, and a suspicion became a certainty.
TEST(Detect, TheSameSignalCountsOnce) {
  EXPECT_EQ(containers("[{image: acme/app, env: [{name: OPENAI_API_KEY}]}, {image: acme/worker, env: [{name: OPENAI_API_KEY}]}]"), "suspected: env OPENAI_API_KEY");
  EXPECT_EQ(containers("[{image: acme/a, env: [{name: MODEL_NAME}]}, {image: acme/b, env: [{name: MODEL_NAME}], resources: {limits: {nvidia.com/gpu: 1}}}]"),
            "none: env MODEL_NAME, accelerator nvidia.com/gpu");
}

// A second container with a weaker signal of the same sort took the certainty back.
TEST(Detect, OneMoreSignalNeverMakesItLess) {
  EXPECT_EQ(containers("[{image: vllm/vllm-openai}, {image: nvcr.io/nim/nvidia/riva-tts}]"), "detected: image vllm/vllm-openai, image nim/nvidia/riva-tts");
  EXPECT_EQ(containers("[{image: acme/a, command: [vllm, serve]}, {image: acme/b, args: [--served-model-name, m]}]"), "detected: command vllm serve, argument --served-model-name");
}

TEST(Detect, InitContainersThatFetchAModelServeNothing) {
  EXPECT_EQ(seen(deployment("spec: {initContainers: [{image: vllm/vllm-openai, command: [vllm, serve], env: [{name: OPENAI_API_KEY}]}], containers: [{image: acme/app}]}")), "none");
  EXPECT_EQ(seen(deployment("spec: {initContainers: [{image: vllm/vllm-openai, restartPolicy: Always}], containers: [{image: acme/app}]}")), "detected: image vllm/vllm-openai")
      << "a sidecar runs as long as the pod, and its model answers";
}

TEST(Detect, AcceleratorsAreOneWeakSignal) {
  EXPECT_EQ(seen(deployment("spec: {resourceClaims: [{name: gpu, resourceClaimTemplateName: g}], containers: [{image: acme/app, resources: {limits: {nvidia.com/gpu: 1}}}]}")),
            "none: accelerator nvidia.com/gpu");
  EXPECT_EQ(seen(deployment("spec: {resourceClaims: [{name: gpu}], containers: [{image: acme/app, env: [{name: LLM_MODEL}, {name: MODEL_ID}]}]}")),
            "suspected: env LLM_MODEL, env MODEL_ID, accelerator resource claim");
}

TEST(Detect, TheLabelDecides) {
  const char* yes = "{metadata: {labels: {launchgate.dev/llm: \"true\"}}, spec: {containers: [{image: acme/x}]}}";
  EXPECT_EQ(seen(deployment(yes)), "labelled: label launchgate.dev/llm");
  Json on_object = deployment("spec: {containers: [{image: acme/x}]}");
  on_object["metadata"]["labels"] = {{"launchgate.dev/llm", "true"}};
  EXPECT_EQ(seen(on_object), "labelled: label launchgate.dev/llm");
  EXPECT_EQ(seen(on_object, true), "labelled: label launchgate.dev/llm") << "before a review that covers it";
  // Contradictions: true on either wins.
  Json both = deployment(yes);
  both["metadata"]["labels"] = {{"launchgate.dev/llm", "false"}};
  both["metadata"]["annotations"] = {{"launchgate.dev/not-llm-reason", "it is none"}};
  EXPECT_EQ(seen(both, false, true), "labelled: label launchgate.dev/llm");
  for (const char* word : {"True", "yes", "1", ""}) {
    Json other = deployment("spec: {containers: [{image: acme/x}]}");
    other["metadata"]["labels"] = {{"launchgate.dev/llm", word}};
    EXPECT_EQ(seen(other), "none") << word;
  }
}

TEST(Detect, AReviewThatCoversItDecides) {
  EXPECT_EQ(seen(deployment("spec: {containers: [{image: acme/x}]}"), true), "covered");
  EXPECT_EQ(seen(deployment("spec: {containers: [{image: vllm/vllm-openai}]}"), true), "covered: image vllm/vllm-openai");
}

TEST(Detect, OptingOutNeedsTheLabelAReasonAndThePolicy) {
  const auto opted = [](const char* metadata, const char* pod_metadata, bool allowed, bool covered = false) {
    Json object = deployment("{metadata: " + std::string{pod_metadata} + ", spec: {containers: [{image: vllm/vllm-openai}]}}");
    object["metadata"].merge_patch(yaml(metadata));
    return seen(object, covered, allowed).substr(0, 8);
  };
  const char *no = "{labels: {launchgate.dev/llm: \"false\"}}", *why = "{annotations: {launchgate.dev/not-llm-reason: embeddings only}}",
             *both = "{labels: {launchgate.dev/llm: \"false\"}, annotations: {launchgate.dev/not-llm-reason: embeddings only}}",
             *empty = "{labels: {launchgate.dev/llm: \"false\"}, annotations: {launchgate.dev/not-llm-reason: \"\"}}";
  EXPECT_EQ(opted(both, "{}", true), "none (op");
  EXPECT_EQ(opted("{}", both, true), "none (op") << "on the pod template";
  EXPECT_EQ(opted(no, why, true), "none (op") << "the label here, the reason there";
  EXPECT_EQ(opted(both, "{}", false), "detected") << "the policy does not allow it";
  EXPECT_EQ(opted(no, "{}", true), "detected") << "no reason";
  EXPECT_EQ(opted(empty, "{}", true), "detected") << "an empty reason";
  EXPECT_EQ(opted(why, "{}", true), "detected") << "no label";
  EXPECT_EQ(opted(both, "{}", true, true), "covered:") << "a review covers it: somebody thinks it is one";
}

TEST(Detect, AgentCapableByItsServingArguments) {
  const auto agent = [](const char* args) {
    const Doc doc = doc_of(deployment("spec: {containers: [{image: acme/x, args: " + std::string{args} + "}]}"));
    return detect(Workload::view(doc.root()), false, false).agent_capable;
  };
  EXPECT_TRUE(agent("[--enable-auto-tool-choice]"));
  EXPECT_TRUE(agent("[--tool-call-parser, hermes]"));
  EXPECT_TRUE(agent("[--tool-call-parser=hermes]"));
  EXPECT_FALSE(agent("[--model, m]"));
}

TEST(Detect, RecordedRequests) {
  const std::pair<const char*, const char*> rows[] = {
      {"create-deployment-labelled", "labelled"}, {"create-cronjob-labelled", "labelled"}, {"create-pod-bare-labelled", "labelled"},
      {"create-statefulset-vllm", "detected"},    {"create-deployment-not-llm", "none"},   {"create-daemonset-not-llm", "none"},
      {"create-inferenceservice-huggingface", "llm-kind"}, {"create-inferenceservice-sklearn-not-llm", "none"}, {"create-llminferenceservice", "llm-kind"}, {"create-kagent-agent", "llm-kind"},
      {"create-kaito-workspace", "llm-kind"}, {"create-nimservice", "llm-kind"}, {"create-vllmruntime", "llm-kind"}, {"create-rayservice", "detected"},
  };
  for (const auto& [name, expected] : rows) {
    const auto request = testing::recorded(name);
    EXPECT_EQ(to_string(detect(Workload::view(request.change.after), false, false).detected), expected) << name;
  }
}

// Hostile shapes: whatever stands where a list, a map or a text should be, nothing breaks.
TEST(Detect, OddShapesSayNothing) {
  for (const char* pod : {"spec: 1", "spec: []", "spec: {containers: 1}", "spec: {containers: {a: 1}}", "spec: {containers: [1, text, [2], null]}", "spec: {containers: [{image: [1]}]}",
                          "spec: {containers: [{image: {a: 1}, env: 1, args: text, command: {a: b}, resources: []}]}", "spec: {containers: [{env: [1, {name: [1]}, {name: {}}, null]}]}",
                          "spec: {containers: [{env: [{name: X, valueFrom: 7}], args: [[--model], {a: 1}, 3]}]}", "{metadata: 3, spec: {containers: []}}", "{metadata: {labels: [a]}, spec: {}}"})
    EXPECT_EQ(seen(deployment(pod)).substr(0, 4), "none") << pod;
}

// Each was looked up among all: a request with sixty thousand of them took ten seconds.
TEST(Detect, OfEndlessSignalsTheFirstAreNamedAndAllCount) {
  Json variables = Json::array();
  for (int i = 0; i < 60'000; ++i) variables.push_back({{"name", "VLLM_" + std::to_string(i)}});
  Json object = deployment("spec: {containers: [{image: acme/app}, {image: vllm/vllm-openai}]}");
  auto& containers = object["spec"]["template"]["spec"]["containers"];
  for (const char* tools : {"MCP_A", "MCP_B"}) containers[1]["env"].push_back({{"name", tools}});
  containers[0]["env"] = variables;
  const Doc doc = doc_of(object);
  const Detection d = detect(Workload::view(doc.root()), false, false);
  EXPECT_EQ(d.detected, Detected::Signals) << "the image stands behind them and decides";
  EXPECT_EQ(d.signals.size(), 64u);
  EXPECT_EQ(d.signals.front().text(), "env VLLM_0");
  EXPECT_EQ(d.agent_signals.size(), 2u);
}

}  // namespace
}  // namespace launchgate
