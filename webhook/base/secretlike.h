// Does a text hold something that looks like a credential? By the forms that providers document: a known prefix and
// a tail long enough to be one. No entropy guesses: a digest, a UUID or a long name is not a secret. Linear, without
// allocation, and cheap on ordinary values, because every environment variable of a request goes through it.
#pragma once

#include <string>
#include <string_view>

namespace launchgate {

// What the first one found is, in words ("GitHub token"); empty when there is none. Whoever reports it prints this
// and where it stands, never the text.
std::string_view secret_kind(std::string_view text);

// The text with "(not shown)" in the place of each: for messages that quote somebody's words.
std::string without_secrets(std::string_view text);

}  // namespace launchgate
