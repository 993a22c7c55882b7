// Colour only where a person looks at it, and has not asked for none (https://no-color.org: set, and not empty).
#pragma once

#include <unistd.h>

#include <cstdlib>

namespace launchgate {

inline bool colour_wanted(bool terminal, const char* no_color) { return terminal && (!no_color || !*no_color); }

inline bool colour() { return colour_wanted(::isatty(STDOUT_FILENO), std::getenv("NO_COLOR")); }

}  // namespace launchgate
