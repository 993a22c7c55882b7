// What somebody wrote into a manifest, as it may be printed: it reaches terminals, the logs of build servers and kubectl,
// where a control character is a command, a line feed begins a line that looks like the program's own, and a key stays
// readable for good. Every text for people goes through here last, so that no message has to think of it.
#pragma once

#include <string>
#include <string_view>

namespace launchgate {

// One line: control characters become spaces; C1 controls, what turns the direction of writing, and bytes that are no
// UTF-8, become U+FFFD; a word that looks like a credential becomes "(not shown)".
std::string printable(std::string_view text);
// The same for a text of several lines.
std::string printable_lines(std::string_view text);
// In place. A text with nothing of the kind in it, as nearly every one, is only read.
void make_printable(std::string& text);

// printable(line) and a line feed.
void add_line(std::string& out, std::string_view line);

// U+202A to U+202E and U+2066 to U+2069: embeddings, overrides and isolates. `character`: one, in UTF-8.
bool turns_direction(std::string_view character);

}  // namespace launchgate
