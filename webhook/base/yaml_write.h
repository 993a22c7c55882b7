// Doc -> YAML in block style, as people write it: for files that somebody will read, and change.
#pragma once

#include <string>
#include <string_view>

#include "base/doc.h"

namespace launchgate {

// Plain where YAML reads it back as the same text, else quoted.
std::string yaml_scalar(std::string_view text);

// An object or array, a line for each scalar; read_yaml() gives the same value back.
void append_yaml(std::string& out, Node node, unsigned indent = 0);

}  // namespace launchgate
