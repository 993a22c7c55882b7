// What LLM workloads carry, as words with weights (reference: workloads §2): images, variables, hosts, arguments, labels.
// Data only; verdict/detect.cpp adds them up.
#pragma once

#include <span>
#include <string_view>

namespace launchgate {

// How much a signal says. Strong ones together make a certainty of a hundred; weak ones never do.
enum class Weight : std::uint8_t {
  None,      // helpers and controllers: nothing in their containers counts
  Weak,      // 10, all of them together at most 30
  Medium,    // 25, together at most 50
  Likely,    // 60 for the first, 40 for a second
  Decisive,  // 100
};

struct Signal {
  std::string_view text;
  Weight weight;
};

// By the repository of an image, without registry, tag and digest: registries are mirrored.
struct ImageReading {
  Weight weight = Weight::Weak;
  bool known = false;  // nothing is known of other images
};
ImageReading read_image(std::string_view repository);
// What developers and platform teams run, such as a CI runner: a key in it is not the product's.
bool is_developer_tool(std::string_view repository);

// By the name of an environment variable, or the key of a Secret that it takes.
const Signal* find_variable(std::string_view name);

bool names_provider_host(std::string_view value);  // "https://api.openai.com/v1"
bool looks_like_a_model(
    std::string_view value);  // "gpt-4o-mini", "meta-llama/Llama-3.1-8B-Instruct": a tie-breaker only
bool is_accelerator(std::string_view resource);  // "nvidia.com/gpu"
bool has_command(std::string_view line);         // a command line holds one of:
std::span<const Signal> commands();
// A label of a pod: its name, or "name=value".
const Signal* find_label(std::string_view key, std::string_view value);

}  // namespace launchgate
