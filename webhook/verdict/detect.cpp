#include "verdict/detect.h"

#include <algorithm>
#include <array>

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr int kDetected = 100, kSuspected = 60;

struct Word {
  Text text;
  int score;
};

// Repository path segments or suffixes, without registry, tag and digest: registries are mirrored.
// clang-format off
constexpr Word images[] = {
    {"vllm-openai", 100}, {"vllm-openai-cpu", 100}, {"vllm-omni", 100}, {"vllm-tpu", 100}, {"vllm-ascend", 100},
    {"llm-d-cuda", 100}, {"llm-d-rocm", 100}, {"llm-d-dev", 100}, {"sglang", 100}, {"sglang-router", 100},
    {"text-generation-inference", 100}, {"ollama/ollama", 100}, {"ggml-org/llama.cpp", 100}, {"tensorrt-llm", 100},
    {"huggingfaceserver", 100}, {"ray-llm", 100}, {"lmstack-router", 100}, {"berriai/litellm", 100},
    {"langgenius/dify-api", 100}, {"langchain/langgraph-api", 100}, {"open-webui/open-webui", 100},
    {"flowiseai/flowise", 100}, {"langfuse/langfuse", 100}, {"tritonserver", 10}, {"ray-ml", 10}, {"rayproject/ray", 10},
};
// Controllers and helpers that carry "llm" or "vllm" in their names and serve nothing: nothing in their containers counts.
constexpr Text not_images[] = {"-controller", "-operator", "storage-initializer", "localmodelnode-agent", "kserve/agent",
                               "routing-sidecar", "disagg-sidecar", "endpoint-picker", "inference-scheduler", "uds-tokenizer",
                               "latency-predictor", "inference-sim", "vllm-mock", "vllm-bench"};

constexpr Word variables[] = {
    {"OPENAI_API_KEY", 60}, {"ANTHROPIC_API_KEY", 60}, {"AZURE_OPENAI_API_KEY", 60}, {"AZURE_OPENAI_ENDPOINT", 60},
    {"AZURE_OPENAI_DEPLOYMENT", 60}, {"GEMINI_API_KEY", 60}, {"AWS_BEARER_TOKEN_BEDROCK", 60}, {"GOOGLE_GENAI_USE_VERTEXAI", 60},
    {"OPENAI_API_BASE", 60}, {"OPENAI_BASE_URL", 60}, {"OLLAMA_API_BASE", 60}, {"LLM_INFERENCE_URL", 60}, {"LLM_ACCESS_SECRET", 60},
    {"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", 60}, {"COHERE_API_KEY", 60}, {"MISTRAL_API_KEY", 60}, {"GROQ_API_KEY", 60},
    {"DEEPSEEK_API_KEY", 60}, {"OPENROUTER_API_KEY", 60}, {"XAI_API_KEY", 60}, {"LANGSMITH_API_KEY", 60}, {"LANGCHAIN_API_KEY", 60},
    {"LANGCHAIN_TRACING_V2", 60}, {"LANGFUSE_PUBLIC_KEY", 60}, {"LANGFUSE_SECRET_KEY", 60},
    {"LLM_MODEL", 25}, {"LLM_API_BASE", 25}, {"LLM_ENGINE", 25}, {"MODEL_ID", 25}, {"MODEL_NAME", 25}, {"MODEL_PATH", 25}, {"STORAGE_URI", 25},
    {"HF_TOKEN", 10}, {"HUGGING_FACE_HUB_TOKEN", 10}, {"HF_HOME", 10}, {"HF_HUB_CACHE", 10}, {"HF_HUB_OFFLINE", 10},
    {"TRANSFORMERS_CACHE", 10}, {"GOOGLE_API_KEY", 10}, {"GOOGLE_APPLICATION_CREDENTIALS", 10},
};
constexpr Word prefixes[] = {{"VLLM_", 60}, {"NIM_", 60}, {"LMCACHE_", 60}, {"LITELLM_", 60}, {"OPENINFERENCE_", 60}};
constexpr Text hosts[] = {"api.openai.com", "api.anthropic.com", ".openai.azure.com", "generativelanguage.googleapis.com",
                          "bedrock-runtime.", "aiplatform.googleapis.com"};
constexpr Text accelerators[] = {"nvidia.com/gpu", "nvidia.com/mig-", "amd.com/gpu", "intel.com/gpu", "gpu.intel.com/", "habana.ai/gaudi",
                                 "google.com/tpu", "aws.amazon.com/neuron", "huawei.com/Ascend"};
constexpr Text llm_labels[] = {"serving.kserve.io/inferenceservice", "llm-d.ai/role", "kaito.sh/workspace", "model.aibrix.ai/name",
                               "nvidia.com/dynamo-component-type"};
// clang-format on

bool starts(Text s, Text with) { return s.substr(0, with.size()) == with; }
bool holds_text(Text s, Text part) { return s.find(part) != Text::npos; }

// "reg.example.com:5000/a/b:tag@sha256:…" -> "a/b".
Text repository(Text image) {
  image = image.substr(0, image.find('@'));
  const auto slash = image.find('/');
  const auto host = image.substr(0, slash);
  if (slash != Text::npos && (holds_text(host, ".") || holds_text(host, ":") || host == "localhost"))
    image.remove_prefix(slash + 1);
  const auto colon = image.rfind(':');
  if (colon != Text::npos && image.find('/', colon) == Text::npos) image = image.substr(0, colon);
  return image;
}

// `word` is a whole run of path segments of `path`.
bool has_segments(Text path, Text word) {
  for (auto at = path.find(word); at != Text::npos; at = path.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || path[at - 1] == '/') && (end == path.size() || path[end] == '/')) return true;
  }
  return false;
}

class Score {
 public:
  explicit Score(const Workload& w) {
    for (const PodView& pod : w.pods) {
      for (Node c : pod.containers) container(c);
      for (Node label : pod.metadata["labels"])
        for (Text known : llm_labels)
          if (label.key() == known) add(label_, 80, "label ", label.key(), 80);
      if (pod.spec["resourceClaims"].size()) gpu("resource claim");
    }
  }
  int total() const { return image_ + env_ + args_ + label_ + medium_ + weak_ + gpu_; }
  std::vector<std::string> signals;
  bool agent = false;

 private:
  static constexpr int kWeakCap = 30;

  // A signal counts once, in however many containers it shows, and one more never makes the sum less.
  void add(int& sum, int score, Text what, Text name, int cap) {
    std::string signal{what};
    signal += name;
    if (std::find(signals.begin(), signals.end(), signal) != signals.end()) return;
    signals.push_back(std::move(signal));
    sum = std::max(sum, std::min(cap, sum + score));
  }
  void variable(int score, Text name) {
    if (score >= 60) add(env_, env_ ? 40 : 60, "env ", name, 100);
    else if (score >= 25) add(medium_, 25, "env ", name, 50);
    else add(weak_, score, "env ", name, kWeakCap);
  }
  void gpu(Text what) {
    if (!gpu_) add(gpu_, 15, "accelerator ", what, 15);
  }

  void container(Node c) {
    const Text path = repository(c["image"].text());
    if (std::any_of(std::begin(not_images), std::end(not_images), [&](Text no) { return holds_text(path, no); }))
      return;
    image(path);
    for (Node e : c["env"]) env(e);
    arguments(c);
    for (const char* kind : {"limits", "requests"})
      for (Node resource : c["resources"][kind])
        for (Text a : accelerators)
          if (starts(resource.key(), a)) gpu(resource.key());
  }
  void image(Text path) {
    for (const Word& w : images)
      if (has_segments(path, w.text)) {
        if (w.score >= 100) add(image_, 100, "image ", path, 100);
        else add(weak_, w.score, "image ", path, kWeakCap);
        return;
      }
    if (starts(path, "nim/") ||
        (holds_text(path, "ai-dynamo/") && path.size() > 8 && path.substr(path.size() - 8) == "-runtime"))
      add(image_, 60, "image ", path, 60);  // not every NIM is a language model
  }
  void env(Node e) {
    const Text name = e["name"].text(), key = e["valueFrom"]["secretKeyRef"]["key"].text();
    for (Text candidate : {name, key}) {
      if (candidate.empty()) continue;
      const auto word =
          std::find_if(std::begin(variables), std::end(variables), [&](const Word& w) { return w.text == candidate; });
      if (word != std::end(variables)) {
        variable(word->score, candidate);
        break;
      }
      const auto prefix = std::find_if(std::begin(prefixes), std::end(prefixes),
                                       [&](const Word& w) { return starts(candidate, w.text); });
      if (prefix != std::end(prefixes)) {
        variable(prefix->score, candidate);
        break;
      }
    }
    const Text value = e["value"].text();
    for (Text host : hosts)
      if (value.size() >= host.size() && holds_text(value, host)) add(env_, 60, "host in env ", name, 100);
  }
  void arguments(Node c) {
    bool model = false, sized = false;
    std::string line;
    for (const char* field : {"command", "args"})
      for (Node a : c[field]) {
        const Text arg = a.text();
        line.append(arg).append(" ");
        const Text flag = arg.substr(0, arg.find('='));
        model |= flag == "--model" || flag == "--model-path";
        sized |= flag == "--max-model-len" || flag == "--tensor-parallel-size";
        if (flag == "--served-model-name") add(args_, 80, "argument ", flag, 100);
        agent |= flag == "--enable-auto-tool-choice" || flag == "--tool-call-parser";
      }
    if (line.empty()) return;
    for (Text call : {Text{"vllm serve"}, Text{"vllm.entrypoints.openai.api_server"}, Text{"sglang.launch_server"}})
      if (holds_text(line, call)) add(args_, 100, "command ", call, 100);
    if (model && sized) add(args_, 80, "arguments ", "--model with serving options", 100);
    else if (model) add(weak_, 10, "argument ", "--model", kWeakCap);
  }

  int image_ = 0, env_ = 0, args_ = 0, label_ = 0, medium_ = 0, weak_ = 0, gpu_ = 0;
};

constexpr Text kLabel = "launchgate.dev/llm", kReason = "launchgate.dev/not-llm-reason";

bool any_says(const Workload& w, Text value) {
  return w.label(kLabel) == value || std::any_of(w.pods.begin(), w.pods.end(), [&](const PodView& p) {
           return p.metadata["labels"][kLabel].text() == value;
         });
}
bool gives_reason(const Workload& w) {
  return !w.annotations[kReason].text().empty() || std::any_of(w.pods.begin(), w.pods.end(), [](const PodView& p) {
    return !p.metadata["annotations"][kReason].text().empty();
  });
}

}  // namespace

Detection detect(const Workload& workload, bool covered, bool allow_opt_out) {
  Score score{workload};
  Detection d;
  d.agent_capable = score.agent;
  d.signals = std::move(score.signals);
  if (any_says(workload, "true")) {
    d.detected = Detected::Labelled;
    d.signals.insert(d.signals.begin(), "label launchgate.dev/llm");
  } else if (covered) {
    d.detected = Detected::Covered;
  } else if (allow_opt_out && any_says(workload, "false") && gives_reason(workload)) {
    d.opted_out = true;
  } else if (workload.kind && workload.kind->llm_only) {
    d.detected = Detected::LlmKind;
  } else if (score.total() >= kDetected) {
    d.detected = Detected::Signals;
  } else if (score.total() >= kSuspected) {
    d.detected = Detected::Suspected;
  }
  return d;
}

}  // namespace launchgate
