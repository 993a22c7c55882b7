// UTF-8 as JSON and the API server demand it: no overlong forms, no encoded surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace launchgate {

// Bytes of the character at the front of `text` (1 to 4); 0 when it is not valid UTF-8 or empty.
std::size_t utf8_size(std::string_view text);

// Length of the valid front of `text`: its whole size when all of it is valid UTF-8.
std::size_t utf8_valid_prefix(std::string_view text);

}  // namespace launchgate
