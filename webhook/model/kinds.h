// The kinds table: which objects run LLM workloads, and where in them the pods, images and models stand.
// Kinds are data: a new kind is one row and one fixture folder.
#pragma once

#include <span>
#include <string_view>

#include "base/doc.h"
#include "model/path.h"

namespace launchgate {

struct Kind {
  std::string_view group;  // "" for core
  std::string_view kind;
  std::string_view plural;
  std::span<const std::string_view> versions;       // that the paths are written for
  std::span<const std::string_view> pod_templates;  // paths to objects that hold metadata and a PodSpec in `spec`
  std::span<const std::string_view> rollout;        // paths whose change is a rollout
  bool llm_only;                                    // the kind itself says "LLM"
  bool reversible;                                  // its controller keeps revisions to go back to
};

std::span<const Kind> kinds_table();

// Null when the kind is not gated. Any version of a known group counts: the API server converts.
const Kind* find_kind(std::string_view group, std::string_view kind);

// "apps/v1" -> "apps"; "v1" -> "".
std::string_view group_of(std::string_view api_version);

}  // namespace launchgate
