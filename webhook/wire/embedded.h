// The YAML files compiled into the program: crds/*.yaml and policies/*.yaml of the repository.
#pragma once

#include <span>
#include <string_view>

namespace launchgate {

struct EmbeddedFile {
  std::string_view name;  // "crds/readinessreviews.yaml"
  std::string_view text;
};
std::span<const EmbeddedFile> embedded_files();

}  // namespace launchgate
