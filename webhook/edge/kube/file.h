// Small files that a kubeconfig or a Pod names: tokens, certificates, keys.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace launchgate::kube {

// At most 1 MiB; an Error names the file and never its content.
Result<std::string> read_small_file(const std::string& path);
std::string trimmed(std::string_view text);

}  // namespace launchgate::kube
