// Which names of models say their version. Each row was taken from a provider's list, a gateway's route or a registry.
#include "gates/model_name.h"

#include <gtest/gtest.h>

#include <vector>

namespace launchgate {
namespace {

std::string_view word(ModelName name) {
  return name == ModelName::Versioned ? "versioned" : name == ModelName::Alias ? "alias" : "weights";
}

struct Row {
  std::string_view provider, model, expected;
};

const std::vector<Row> rows{
    // OpenAI and Azure: a snapshot carries its date; a bare name moves with it.
    {"openai", "gpt-4o-2024-08-06", "versioned"},
    {"openai", "gpt-4.1-mini-2025-04-14", "versioned"},
    {"openai", "gpt-4o-mini-search-preview-2025-03-11", "versioned"},
    {"openai", "o3-mini-2025-01-31", "versioned"},
    {"azure.ai.openai", "gpt-4-0613", "versioned"},
    {"azure.ai.openai", "gpt-4-32k-0613", "versioned"},
    {"openai", "gpt-4-1106-preview", "versioned"},
    {"openai", "gpt-3.5-turbo-0125", "versioned"},
    {"openai", "text-embedding-ada-002", "versioned"},
    {"openai", "ft:gpt-4o-mini-2024-07-18:acme::9a1b2c3d", "versioned"},
    {"openai", "ft:gpt-4o-mini:acme:support:9a1b2c3d", "versioned"},
    {"openai", "ft:gpt-4o-mini", "alias"},
    {"openai", "gpt-4o", "alias"},
    {"openai", "GPT-4o", "alias"},
    {"openai", "gpt-4.1-mini", "alias"},
    {"openai", "gpt-5", "alias"},
    {"openai", "gpt-4-32k", "alias"},
    {"openai", "gpt-4-turbo-preview", "alias"},
    {"openai", "chatgpt-4o-latest", "alias"},
    {"openai", "gpt-4o-nightly-v2", "alias"},
    {"openai", "gpt-4o-latest-2024-08-06", "alias"},
    {"gateway", "pinned-latest", "alias"},
    {"gateway", "pinned-", "alias"},
    {"gateway", "pinned-support-default", "alias"},
    {"gateway", "pinned-support", "versioned"},
    {"openai", "o1", "alias"},
    {"openai", "text-embedding-3-large", "alias"},
    {"openai", "gpt-oss-120b", "alias"},
    // Anthropic, also on Bedrock and Vertex AI.
    {"anthropic", "claude-sonnet-4-20250514", "versioned"},
    {"anthropic", "claude-3-5-sonnet-20241022", "versioned"},
    {"aws.bedrock", "anthropic.claude-3-5-sonnet-20241022-v2:0", "versioned"},
    {"aws.bedrock", "us.anthropic.claude-sonnet-4-20250514-v1:0", "versioned"},
    {"aws.bedrock", "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0", "versioned"},
    {"gcp.vertex_ai", "claude-3-5-sonnet@20240620", "versioned"},
    {"anthropic", "claude-sonnet-4", "alias"},
    {"anthropic", "claude-opus-4-1", "alias"},
    {"anthropic", "claude-sonnet-4-5", "alias"},
    {"anthropic", "claude-3-5-sonnet-latest", "alias"},
    {"anthropic", "claude-2.1", "alias"},
    {"gcp.vertex_ai", "claude-sonnet-4@default", "alias"},
    // Google.
    {"gcp.gemini", "gemini-1.5-pro-002", "versioned"},
    {"gcp.gemini", "models/gemini-2.0-flash-001", "versioned"},
    {"gcp.vertex_ai", "publishers/google/models/gemini-2.0-flash-001", "versioned"},
    {"gcp.vertex_ai", "text-bison@001", "versioned"},
    {"gcp.gemini", "text-embedding-004", "versioned"},
    {"gcp.gemini", "gemini-2.5-flash-preview-09-2025", "versioned"},
    {"gcp.gemini", "gemini-2.5-pro-preview-06-05", "versioned"},
    {"gcp.gemini", "gemini-exp-1206", "versioned"},
    {"gcp.gemini", "gemini-pro", "alias"},
    {"gcp.gemini", "gemini-2.5-pro", "alias"},
    {"gcp.gemini", "gemini-flash-latest", "alias"},
    {"gcp.gemini", "models/gemini-pro", "alias"},
    {"gcp.vertex_ai", "projects/p/locations/l/endpoints/123456", "alias"},
    // Others that serve models.
    {"mistral_ai", "mistral-large-2411", "versioned"},
    {"mistral_ai", "devstral-small-2505", "versioned"},
    {"mistral_ai", "mistral-large-latest", "alias"},
    {"mistral_ai", "open-mixtral-8x22b", "alias"},
    {"cohere", "command-r-08-2024", "versioned"},
    {"cohere", "command-a-03-2025", "versioned"},
    {"cohere", "embed-english-v3.0", "versioned"},
    {"cohere", "command-r-plus", "alias"},
    {"x_ai", "grok-4-0709", "versioned"},
    {"x_ai", "grok-4", "alias"},
    {"x_ai", "grok-beta", "alias"},
    {"deepseek", "deepseek-r1-0528", "versioned"},
    {"deepseek", "deepseek-chat", "alias"},
    {"deepseek", "deepseek-r1", "alias"},
    {"alibaba", "qwen-max-2025-01-25", "versioned"},
    {"alibaba", "qwen3-235b-a22b-instruct-2507", "versioned"},
    {"alibaba", "qwen2.5-72b-instruct", "alias"},
    {"moonshot", "kimi-k2-0905-preview", "versioned"},
    {"bytedance", "doubao-1-5-pro-32k-250115", "versioned"},
    {"aws.bedrock", "amazon.titan-text-express-v1", "versioned"},
    {"aws.bedrock", "meta.llama3-1-70b-instruct-v1:0", "versioned"},
    {"groq", "mixtral-8x7b-32768", "alias"},
    {"groq", "llama3-70b-8192", "alias"},
    {"groq", "llama-3.3-70b-versatile", "alias"},
    {"perplexity", "sonar-pro", "alias"},
    // A gateway's provider/model is no owner of a repository.
    {"", "openai/gpt-4o-2024-08-06", "versioned"},
    {"litellm", "openrouter/anthropic/claude-3-5-sonnet-20241022", "versioned"},
    {"litellm", "bedrock/anthropic.claude-3-5-sonnet-20241022-v2:0", "versioned"},
    {"fireworks", "accounts/fireworks/models/deepseek-v3-0324", "versioned"},
    {"litellm", "openai/gpt-4o", "alias"},
    {"litellm", "openrouter/anthropic/claude-3.5-sonnet", "alias"},
    {"litellm", "hosted_vllm/meta-llama/Llama-3.1-8B-Instruct", "weights"},
    // Weights from a repository need a revision, whatever their name says.
    {"self", "meta-llama/Llama-3.1-8B-Instruct", "weights"},
    {"self", "mistralai/Mistral-7B-Instruct-v0.3", "weights"},
    {"huggingface", "Qwen/Qwen3-235B-A22B-Instruct-2507", "weights"},
    {"together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "weights"},
    {"self", "openai/whisper-large-v3", "weights"},
    {"self", "hf://meta-llama/Llama-3.1-8B", "weights"},
    {"self", "oci://registry.example.com/models/ops:v2", "weights"},
    {"self", "hf://meta-llama/Llama-3.1-8B:0e9e39f249a16976918f6564b8830bc894c89659", "versioned"},
    {"self", "meta-llama/Llama-3.1-8B@0e9e39f249a16976918f6564b8830bc894c89659", "versioned"},
    {"self", "oci://registry.example.com/models/ops@sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b", "versioned"},
    {"self", "meta-llama/Llama-3.1-8B@main", "alias"},
    {"ollama", "llama3.1:8b", "alias"},
    {"ollama", "llama3.1", "alias"},
    {"ollama", "llama3.1:latest", "alias"},
    {"ollama", "mistral:7b-instruct-v0.3-q4_K_M", "versioned"},
    // In-house names.
    {"self", "support-1.4.2", "versioned"},
    {"self", "support-v1.2", "versioned"},
    {"self", "support_2025_04_14", "versioned"},
    {"self", "20250514", "versioned"},
    {"self", "support-9fceb02d0ae598e9", "versioned"},
    {"anthropic", "pinned-version-id", "versioned"},
    {"self", "support-1.4.2-latest", "alias"},
    {"self", "support:stable", "alias"},
    {"self", "support-prod", "alias"},
    {"self", "ops-8b", "alias"},
    {"self", "support-v", "alias"},
    {"self", "support-vision", "alias"},
    // Not dates: no such month, a size, a year alone, no such day.
    {"self", "support-2025-13-01", "alias"},
    {"self", "support-20251301", "alias"},
    {"self", "support-1024", "alias"},
    {"self", "support-4096", "alias"},
    {"self", "support-2024", "alias"},
    {"self", "support-1232", "alias"},
    // Nothing to go by.
    {"openai", "default", "alias"},
    {"openai", "latest", "alias"},
    {"openai", "stable", "alias"},
    {"openai", "", "alias"},
    {"openai", "-", "alias"},
    {"openai", "@", "alias"},
    {"openai", "/", "weights"},
    {"openai", "models/", "alias"},
    {"openai", "ft:", "alias"},
    {"openai", "sha256:", "alias"},
};

TEST(ModelName, SaysItsVersionOrNot) {
  for (const Row& row : rows) EXPECT_EQ(word(read_model_name(row.provider, row.model)), row.expected) << row.provider << " " << row.model;
}

TEST(ModelName, ARevisionThatMovesIsNone) {
  for (std::string_view moving : {"", " ", "main", "latest", "HEAD", "stable", "prod"}) EXPECT_TRUE(is_moving(moving)) << moving;
  for (std::string_view fixed : {"a1b2c3", "2024-08-06", "v3", "3"}) EXPECT_FALSE(is_moving(fixed)) << fixed;
}

}  // namespace
}  // namespace launchgate
