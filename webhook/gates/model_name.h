// What a model's name says about its version. Providers swap the model behind a bare name (gpt-4o, claude-sonnet-4,
// gemini-2.5-pro, mistral-large-latest) without anybody's rollout; a date or a number in the name stands still.
#pragma once

#include <cstdint>
#include <string_view>

namespace launchgate {

enum class ModelName : std::uint8_t {
  Versioned,  // gpt-4o-2024-08-06, claude-sonnet-4-20250514, gemini-2.0-flash-001, mistral-large-2411, …-v1:0, ft:…
  Alias,    // no version, or a word that moves (latest, stable, default, main): also every name that is not understood
  Weights,  // a repository of weights (org/Name), whose main branch moves: it needs a revision
};

// `provider` as the review writes it: with a self-hosted one, org/Name is always a repository.
ModelName read_model_name(std::string_view provider, std::string_view model);

// The review's provider is a serving engine of one's own (vllm, ollama, …) or says so (self-hosted, in-cluster).
bool is_self_hosted(std::string_view provider);

// True for what moves instead of naming a revision: latest, stable, default, main, master, head … and nothing at all.
bool is_moving(std::string_view revision);

}  // namespace launchgate
