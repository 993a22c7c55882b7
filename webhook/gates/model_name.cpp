#include "gates/model_name.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"

namespace launchgate {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 13> moving{"latest",  "stable", "default", "main",       "master", "head",   "trunk",
                                      "current", "auto",   "prod",    "production", "live",   "nightly"};
// Those that no model is called after: wherever one stands in a name, what it names moves.
constexpr std::array<Text, 2> channels{"latest", "nightly"};

constexpr std::array<Text, 16> self_hosted{"self",   "self-hosted",  "selfhosted", "local",  "in-cluster",  "vllm",
                                           "sglang", "tgi",          "kserve",     "ollama", "huggingface", "hf",
                                           "nim",    "tensorrt-llm", "llama.cpp",  "ray"};

// Gateways write provider/model; this first part is no owner of a repository.
constexpr std::array<Text, 27> routes{
    "openai",    "azure",       "azure_ai",    "anthropic",    "bedrock",    "vertex_ai",  "gemini",
    "google",    "cohere",      "cohere_chat", "mistral",      "xai",        "x-ai",       "deepseek",
    "groq",      "openrouter",  "together_ai", "fireworks_ai", "perplexity", "databricks", "watsonx",
    "sagemaker", "huggingface", "ollama",      "ollama_chat",  "vllm",       "hosted_vllm"};
// Paths of resources, whose last part is the model.
constexpr std::array<Text, 4> resources{"projects", "publishers", "accounts", "models"};

template <std::size_t N>
bool among(Text word, const std::array<Text, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool starts(Text text, Text with) { return text.substr(0, with.size()) == with; }
bool digits(Text t) { return !t.empty() && t.find_first_not_of("0123456789") == Text::npos; }
bool hex(Text t) { return !t.empty() && t.find_first_not_of("0123456789abcdef") == Text::npos; }

bool within(Text two_digits, int low, int high) {
  if (two_digits.size() != 2 || !digits(two_digits)) return false;
  const int n = (two_digits[0] - '0') * 10 + (two_digits[1] - '0');
  return n >= low && n <= high;
}
bool month(Text t) { return within(t, 1, 12); }
bool day(Text t) { return within(t, 1, 31); }
bool short_year(Text t) { return within(t, 20, 39); }
bool year(Text t) { return t.size() == 4 && starts(t, "20") && digits(t); }

// One token that is a date: 20250514, 202505, 250514, 0613 (month and day), 2411 (year and month).
bool is_date(Text t) {
  if (!digits(t)) return false;
  if (t.size() == 8) return year(t.substr(0, 4)) && month(t.substr(4, 2)) && day(t.substr(6));
  if (t.size() == 6)
    return (short_year(t.substr(0, 2)) && month(t.substr(2, 2)) && day(t.substr(4))) ||
           (year(t.substr(0, 4)) && month(t.substr(4)));
  if (t.size() != 4 || t == "1024") return false;  // 1024 is a size far more often than a day in October
  return (month(t.substr(0, 2)) && day(t.substr(2))) || (short_year(t.substr(0, 2)) && month(t.substr(2)));
}

// Numbers with dots between them: how many; 0 when it is anything else.
std::size_t numbers(Text t) {
  std::size_t count = 0;
  for (std::size_t dot = 0; dot != Text::npos; ++count) {
    dot = t.find('.');
    if (!digits(t.substr(0, dot))) return 0;
    if (dot != Text::npos) t.remove_prefix(dot + 1);
  }
  return count;
}

bool is_hash(Text t) { return t.size() >= 12 && hex(t) && !digits(t) && t.find_first_of("0123456789") != Text::npos; }

// One token that is a version: v1, v3.1, 001, 1.4.2, a date, or a hash. Not 4.1 or 3: those are generations.
bool is_version(Text t) {
  if (t.size() > 1 && t[0] == 'v' && numbers(t.substr(1)) > 0) return true;
  if (t.size() == 3 && t[0] == '0' && digits(t)) return true;
  return numbers(t) >= 3 || is_date(t) || is_hash(t);
}

// Two tokens that are a date: 2025-04 (and whatever day follows), 08-2024, 06-05.
bool is_date(Text a, Text b) { return (year(a) && month(b)) || (month(a) && year(b)) || (month(a) && day(b)); }

std::vector<Text> tokens(Text name) {
  std::vector<Text> out;
  while (!name.empty()) {
    const auto end = std::min(name.find_first_of("-_:@ "), name.size());
    if (end > 0) out.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

// `parts` is not empty.
bool moves(const std::vector<Text>& parts) {
  return is_moving(parts.back()) ||
         std::any_of(parts.begin(), parts.end(), [](Text part) { return among(part, channels); });
}

bool names_version(Text name) {
  const auto parts = tokens(name);
  if (parts.empty() || moves(parts)) return false;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (is_version(parts[i]) || (i > 0 && is_date(parts[i - 1], parts[i]))) return true;
  return false;
}

// "openrouter/openai/gpt-4o" -> "gpt-4o"; "meta-llama/Llama-3.1-8B" stays.
Text without_route(Text name) {
  for (auto slash = name.find('/'); slash != Text::npos; slash = name.find('/')) {
    const auto first = name.substr(0, slash);
    if (among(first, resources) || starts(first, "arn:")) return name.substr(name.rfind('/') + 1);
    if (!among(first, routes)) break;
    name.remove_prefix(slash + 1);
  }
  return name;
}

}  // namespace

bool is_self_hosted(std::string_view provider) { return among(Text{lower(provider)}, self_hosted); }

bool is_moving(std::string_view revision) {
  const auto word = lower(revision);
  return word.find_first_not_of(' ') == std::string::npos || among(Text{word}, moving);
}

ModelName read_model_name(std::string_view provider, std::string_view model) {
  const auto all = lower(model);
  Text name = all;
  if (const auto at = name.find("sha256:"); at != Text::npos && name.size() >= at + 71 && hex(name.substr(at + 7, 64)))
    return ModelName::Versioned;
  if (constexpr Text pinned = "pinned-"; starts(name, pinned)) {  // a gateway's route that says so by its name
    const auto parts = tokens(name.substr(pinned.size()));
    return parts.empty() || moves(parts) ? ModelName::Alias : ModelName::Versioned;
  }
  // A fine-tune of OpenAI ends in its own id: ft:gpt-4o-mini:acme:support:9a1b2c3d.
  if (starts(name, "ft:"))
    return std::count(name.begin(), name.end(), ':') >= 4 && name.back() != ':' ? ModelName::Versioned
                                                                                : ModelName::Alias;
  if (!is_self_hosted(provider)) name = without_route(name);
  if (const auto at = name.rfind('@'); at != Text::npos)
    return is_moving(name.substr(at + 1)) ? ModelName::Alias : ModelName::Versioned;
  if (name.find('/') != Text::npos)
    return is_hash(name.substr(name.rfind(':') + 1)) ? ModelName::Versioned : ModelName::Weights;  // hf://org/Name:hash
  return names_version(name) ? ModelName::Versioned : ModelName::Alias;
}

}  // namespace launchgate
