#include "verdict/signals.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>

namespace launchgate {
namespace {

using Text = std::string_view;
constexpr auto D = Weight::Decisive, L = Weight::Likely, M = Weight::Medium, W = Weight::Weak, N = Weight::None;

bool starts(Text s, Text with) { return !s.empty() && s.front() == with.front() && s.substr(0, with.size()) == with; }
bool ends(Text s, Text with) { return s.size() >= with.size() && s.substr(s.size() - with.size()) == with; }
bool holds_text(Text s, Text part) { return s.find(part) != Text::npos; }

// clang-format off
constexpr Signal images[] = {
    // servers
    {"vllm-openai", D}, {"vllm-openai-cpu", D}, {"vllm-openai-rocm", D}, {"vllm-omni", D}, {"vllm-tpu", D}, {"vllm-ascend", D},
    {"vllm-cpu-release-repo", D}, {"llm-d-cuda", D}, {"llm-d-rocm", D}, {"llm-d-xpu", D}, {"llm-d-cpu", D}, {"llm-d-dev", D},
    {"sglang", D}, {"sglang-router", D}, {"text-generation-inference", D}, {"ollama/ollama", D}, {"ggml-org/llama.cpp", D},
    {"ggerganov/llama.cpp", D}, {"llama.cpp", D}, {"tensorrt-llm", D}, {"tensorrtllm-runtime", D}, {"huggingfaceserver", D},
    {"huggingfaceserver-gpu", D}, {"ray-llm", D}, {"lmstack-router", D}, {"lmdeploy", D}, {"xinference", D}, {"localai", D},
    {"mlc-llm", D}, {"aphrodite-engine", D}, {"tgi-gaudi", D}, {"vllm-gaudi", D}, {"llamafile", D},
    // gateways and application platforms
    {"berriai/litellm", D}, {"litellm-database", D}, {"litellm-non_root", D}, {"langgenius/dify-api", D}, {"langchain/langgraph-api", D},
    {"open-webui/open-webui", D}, {"flowiseai/flowise", D}, {"langfuse/langfuse", D}, {"langfuse/langfuse-worker", D},
    {"danny-avila/librechat", D}, {"mintplexlabs/anythingllm", D}, {"lobehub/lobe-chat", D}, {"langflowai/langflow", D},
    {"n8nio/n8n", W}, {"portkeyai/gateway", D}, {"envoyproxy/ai-gateway-extproc", N},
    // servers of anything
    {"tritonserver", W}, {"ray-ml", W}, {"rayproject/ray", W}, {"text-embeddings-inference", W}, {"kserve/sklearnserver", N},
    {"torchserve", N}, {"tensorflow/serving", N},
};
// Controllers and helpers that carry "llm" or "vllm" in their names and serve nothing.
constexpr Text not_images[] = {"-controller", "-operator", "storage-initializer", "localmodelnode-agent", "kserve/agent", "kserve/router",
                               "routing-sidecar", "disagg-sidecar", "endpoint-picker", "inference-scheduler", "uds-tokenizer",
                               "latency-predictor", "inference-sim", "vllm-mock", "vllm-bench", "device-plugin", "dcgm-exporter",
                               "node-feature-discovery"};
// What developers and platform teams run: a key in it is not the product's.
constexpr Text tool_images[] = {"actions-runner", "gitlab-runner", "actions/runner", "runner-images", "jenkins", "backstage", "grafana", "jupyter",
                                "notebook", "jupyterhub", "singleuser", "coder/", "code-server", "promptfoo", "deepeval", "lm-eval", "garak",
                                "renovate", "sonarqube", "airflow", "mlflow", "argoexec", "tekton", "buildkite", "drone", "circleci"};
// The model families of NIMs; other NIMs speak, see, fold and embed.
constexpr Text nim_models[] = {"llama", "mistral", "mixtral", "qwen", "gemma", "phi-", "nemotron", "deepseek", "gpt-oss", "granite", "starcoder",
                               "codellama", "kimi", "glm", "vlm", "jamba", "yi-"};
constexpr Text nim_others[] = {"embed", "rerank", "riva", "parakeet", "canary", "tts", "asr", "whisper", "maxine", "vista", "esmfold", "diffdock",
                               "molmim", "alphafold", "nvclip", "-ocr", "page-elements", "table-structure", "graphic-elements", "cuopt", "studiovoice",
                               "guard", "stable-diffusion", "flux", "trellis"};

constexpr Signal variables[] = {
    {"OPENAI_API_KEY", L}, {"ANTHROPIC_API_KEY", L}, {"AZURE_OPENAI_API_KEY", L}, {"AZURE_OPENAI_ENDPOINT", L}, {"AZURE_OPENAI_DEPLOYMENT", L},
    {"AZURE_OPENAI_DEPLOYMENT_NAME", L}, {"AZURE_OPENAI_API_VERSION", L}, {"GEMINI_API_KEY", L}, {"GOOGLE_GENAI_API_KEY", L},
    {"GOOGLE_GENERATIVE_AI_API_KEY", L}, {"AWS_BEARER_TOKEN_BEDROCK", L}, {"BEDROCK_MODEL_ID", L}, {"GOOGLE_GENAI_USE_VERTEXAI", L},
    {"OPENAI_API_BASE", L}, {"OPENAI_BASE_URL", L}, {"OPENAI_MODEL", L}, {"OPENAI_ORGANIZATION", L}, {"ANTHROPIC_BASE_URL", L}, {"ANTHROPIC_MODEL", L},
    {"OLLAMA_API_BASE", L}, {"OLLAMA_BASE_URL", L}, {"OLLAMA_HOST", L}, {"OLLAMA_MODEL", L}, {"LLM_INFERENCE_URL", L}, {"LLM_ACCESS_SECRET", L},
    {"OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", L}, {"COHERE_API_KEY", L}, {"CO_API_KEY", L}, {"MISTRAL_API_KEY", L}, {"GROQ_API_KEY", L},
    {"DEEPSEEK_API_KEY", L}, {"OPENROUTER_API_KEY", L}, {"XAI_API_KEY", L}, {"TOGETHER_API_KEY", L}, {"FIREWORKS_API_KEY", L}, {"PERPLEXITY_API_KEY", L},
    {"WATSONX_APIKEY", L}, {"WATSONX_API_KEY", L}, {"LANGSMITH_API_KEY", L}, {"LANGCHAIN_API_KEY", L}, {"LANGCHAIN_TRACING_V2", L}, {"LANGSMITH_TRACING", L},
    {"LANGFUSE_PUBLIC_KEY", L}, {"LANGFUSE_SECRET_KEY", L}, {"TRACELOOP_API_KEY", L},
    {"LLM_MODEL", M}, {"LLM_API_BASE", M}, {"LLM_BASE_URL", M}, {"LLM_API_KEY", M}, {"LLM_ENGINE", M}, {"LLM_PROVIDER", M}, {"MODEL_ID", M}, {"MODEL_NAME", M},
    {"MODEL_PATH", M}, {"STORAGE_URI", M}, {"SYSTEM_PROMPT", M}, {"PROMPT_VERSION", M}, {"MAX_TOKENS", W}, {"TEMPERATURE", W},
    {"HF_TOKEN", W}, {"HUGGING_FACE_HUB_TOKEN", W}, {"HF_HOME", W}, {"HF_HUB_CACHE", W}, {"HF_HUB_OFFLINE", W}, {"TRANSFORMERS_CACHE", W},
    {"GOOGLE_API_KEY", W}, {"GOOGLE_APPLICATION_CREDENTIALS", W}, {"GOOGLE_CLOUD_PROJECT", N}, {"NIM_CACHE_PATH", W},
};
constexpr Signal prefixes[] = {{"VLLM_", L}, {"NIM_", L}, {"LMCACHE_", L}, {"LITELLM_", L}, {"OPENINFERENCE_", L}, {"SGLANG_", L}, {"AZURE_OPENAI_", L}};
constexpr Text hosts[] = {"api.openai.com", "api.anthropic.com", ".openai.azure.com", "generativelanguage.googleapis.com", "bedrock-runtime.",
                          "aiplatform.googleapis.com", "api.mistral.ai", "api.cohere.com", "api.groq.com", "api.deepseek.com", "openrouter.ai/api",
                          "api.x.ai", "api.together.xyz", "models.inference.ai.azure.com", "services.ai.azure.com"};
constexpr Text model_starts[] = {"gpt-3", "gpt-4", "gpt-5", "gpt-oss", "o1-", "o3-", "o4-", "claude-", "gemini-", "mistral-", "mixtral-", "command-r", "deepseek-",
                                 "llama-3", "llama3", "qwen2", "qwen3", "phi-3", "phi-4", "anthropic.claude", "amazon.nova", "meta.llama"};
constexpr Text model_families[] = {"llama", "qwen", "mistral", "mixtral", "gemma", "deepseek", "phi-", "falcon", "granite", "gpt-oss", "starcoder", "olmo", "smollm"};
constexpr Text accelerators[] = {"nvidia.com/gpu", "nvidia.com/mig-", "amd.com/gpu", "intel.com/gpu", "gpu.intel.com/", "habana.ai/gaudi",
                                 "google.com/tpu", "aws.amazon.com/neuron", "huawei.com/Ascend"};
constexpr Signal command_words[] = {{"vllm serve", D}, {"vllm.entrypoints.openai.api_server", D}, {"sglang.launch_server", D}, {"sglang_router.launch_router", D},
                                    {"ollama serve", D}, {"llama-server", D}, {"text-generation-launcher", D}, {"trtllm-serve", D}, {"lmdeploy serve", D},
                                    {"huggingfaceserver", D}, {"ray.serve.llm", D}, {"dynamo.vllm", D}, {"dynamo.sglang", D}, {"dynamo.trtllm", D},
                                    {"dynamo.frontend", D}, {"litellm --config", D}, {"llm_configs", L}, {"model_loading_config", L}};
constexpr Signal label_words[] = {
    {"llm-d.ai/role", L}, {"llm-d.ai/inferenceServing", L}, {"kaito.sh/workspace", L}, {"model.aibrix.ai/name", L}, {"model.aibrix.ai/engine", L},
    {"adapter.model.aibrix.ai/enabled", L}, {"nvidia.com/dynamo-component-type", L}, {"nvidia.com/dynamo-component", L}, {"serving.kserve.io/routing-group", L},
    {"app.kubernetes.io/part-of=llminferenceservice", L}, {"app.kubernetes.io/part-of=nim-service", L}, {"app=kagent", L}, {"app.kubernetes.io/part-of=kagent", W},
    {"serving.kserve.io/inferenceservice", M},  // of any format
};
// clang-format on

// A bit for each pair of letters with which a word begins: most places of most texts begin none, and are passed over
// without looking at a word.
class Beginnings {
 public:
  template <class Word, std::size_t Count>
  constexpr explicit Beginnings(const Word (&words)[Count]) {
    for (const Word& word : words) {
      const Text t = text_of(word);
      const auto bit = bit_of(t[0], t[1]);
      bits_[bit / 64] |= 1ULL << bit % 64;
    }
  }
  // `at` is not the last letter.
  constexpr bool may_begin(Text text, std::size_t at) const {
    const auto bit = bit_of(text[at], text[at + 1]);
    return bits_[bit / 64] >> bit % 64 & 1;
  }
  static constexpr Text text_of(Text word) { return word; }
  static constexpr Text text_of(const Signal& word) { return word.text; }

 private:
  static constexpr unsigned bit_of(char a, char b) {
    return (static_cast<unsigned char>(a) * 33u + static_cast<unsigned char>(b)) % 1024;
  }
  std::array<std::uint64_t, 16> bits_{};
};

// Words of two letters and more, any of which may stand anywhere in a text.
template <auto& words>
bool any_within(Text text) {
  static constexpr Beginnings beginnings{words};
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (!beginnings.may_begin(text, at)) continue;
    const Text rest = text.substr(at);
    for (const auto& word : words)
      if (starts(rest, Beginnings::text_of(word))) return true;
  }
  return false;
}

// The first of `images` that is a whole run of path segments of `path`.
const Signal* image_named(Text path) {
  static constexpr Beginnings beginnings{images};
  const Signal* first = std::end(images);
  for (std::size_t at = 0; at + 1 < path.size(); at = std::min(path.find('/', at), path.size() - 1) + 1) {
    if (!beginnings.may_begin(path, at)) continue;
    const Text rest = path.substr(at);
    first = std::find_if(std::begin(images), first, [&](const Signal& s) {
      return starts(rest, s.text) && (rest.size() == s.text.size() || rest[s.text.size()] == '/');
    });
  }
  return first == std::end(images) ? nullptr : first;
}

Weight read_nim(Text path) {
  if (any_within<nim_others>(path)) return Weight::Weak;
  return any_within<nim_models>(path) ? Weight::Decisive : Weight::Likely;
}

}  // namespace

ImageReading read_image(Text path) {
  if (any_within<not_images>(path)) return {Weight::None, true};
  if (const Signal* known = image_named(path)) return {known->weight, true};
  if (starts(path, "nim/") || holds_text(path, "/nim/")) return {read_nim(path), true};
  if (holds_text(path, "ai-dynamo/") && ends(path, "-runtime")) return {Weight::Decisive, true};
  if (holds_text(path, "aikit/")) return {Weight::Likely, true};
  return {};
}

bool is_developer_tool(Text path) { return any_within<tool_images>(path); }

const Signal* find_variable(Text name) {
  static const auto by_name = [] {
    std::unordered_map<Text, const Signal*> all;
    for (const Signal& s : variables) all.emplace(s.text, &s);
    return all;
  }();
  if (const auto found = by_name.find(name); found != by_name.end()) return found->second;
  const auto at =
      std::find_if(std::begin(prefixes), std::end(prefixes), [&](const Signal& s) { return starts(name, s.text); });
  return at == std::end(prefixes) ? nullptr : at;
}

bool names_provider_host(Text value) { return value.size() >= 8 && any_within<hosts>(value); }

bool looks_like_a_model(Text value) {
  if (value.empty() || value.size() > 200 || value.find_first_of(" \n") != Text::npos) return false;
  std::array<char, 200> buffer{};
  std::transform(value.begin(), value.end(), buffer.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const Text text{buffer.data(), value.size()}, name = text.substr(text.rfind('/') + 1);  // npos + 1 is 0
  if (std::any_of(std::begin(model_starts), std::end(model_starts), [&](Text s) { return starts(name, s); }))
    return true;
  // org/Name-7B-Instruct
  return holds_text(text, "/") && any_within<model_families>(name);
}

bool is_accelerator(Text resource) {
  return std::any_of(std::begin(accelerators), std::end(accelerators), [&](Text a) { return starts(resource, a); });
}

bool has_command(Text line) { return any_within<command_words>(line); }

std::span<const Signal> commands() { return command_words; }

const Signal* find_label(Text key, Text value) {
  for (const Signal& s : label_words) {
    if (key.empty() || !starts(s.text, key)) continue;
    const auto equals = s.text.find('=');
    if (s.text.substr(0, equals) == key && (equals == Text::npos || s.text.substr(equals + 1) == value)) return &s;
  }
  return nullptr;
}

}  // namespace launchgate
