// YAML text -> Docs, one for each document of the stream, with the line of every value. YAML 1.1 scalars as
// kubectl's reader resolves them (yes/on are booleans, 0644 is octal), so that a manifest means here what it means
// to the API server. Bounded: size, depth, values and text after alias expansion. Duplicate keys are errors.
#pragma once

#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/limits.h"
#include "base/result.h"

namespace launchgate {

// Empty documents are left out. The error names the line of the first fault; nothing is returned then, because
// half a file is not what its author wrote.
Result<std::vector<Doc>> read_yaml(std::string_view text, const ReadLimits& limits = {});

}  // namespace launchgate
