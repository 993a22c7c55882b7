// Writing a file whole: who reads it sees the old one or the new one, never half of either.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace launchgate {

// Writes beside `path` and renames, keeping the permissions of what stands there; a symbolic link is followed. What is no
// regular file (a terminal, /dev/stdout, a pipe) is written to as it is. The Error names the file; nothing: it is done.
std::optional<Error> replace_file(const std::string& path, std::string_view bytes);

}  // namespace launchgate
