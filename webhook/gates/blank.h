// Text that shows nothing: a space, a line's end, and those of Unicode (U+00A0, U+200B …) that look like an answer to a
// program and like none to a person.
#pragma once

#include <cstddef>
#include <string_view>

namespace launchgate {

// True where nothing is to be seen; also of an empty text.
bool is_blank(std::string_view text);

// How many characters a person wrote: none for blanks around the text, one for a run of them inside.
std::size_t written_characters(std::string_view text);

}  // namespace launchgate
