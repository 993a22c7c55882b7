#include "gates/blank.h"

#include <array>

namespace launchgate {
namespace {

// Unicode's white space beyond ASCII, and what has no shape (general categories Zs, Zl, Zp and the blanks among Cf and
// Lo), in UTF-8. U+2000 to U+200F are not written one by one.
constexpr std::array<std::string_view, 16> blanks{
    "\xc2\xa0",      // U+00A0 no-break space
    "\xc2\xad",      // U+00AD soft hyphen
    "\xe1\x85\x9f",  // U+115F, U+1160 Hangul fillers
    "\xe1\x85\xa0",
    "\xe1\x9a\x80",  // U+1680 Ogham space
    "\xe1\xa0\x8e",  // U+180E Mongolian vowel separator
    "\xe2\x80\xa8",  // U+2028 line, U+2029 paragraph separator
    "\xe2\x80\xa9",
    "\xe2\x80\xaf",  // U+202F narrow no-break space
    "\xe2\x81\x9f",  // U+205F mathematical space
    "\xe2\x81\xa0",  // U+2060 word joiner
    "\xe2\xa0\x80",  // U+2800 empty Braille pattern
    "\xe3\x80\x80",  // U+3000 ideographic space
    "\xe3\x85\xa4",  // U+3164 Hangul filler
    "\xef\xbb\xbf",  // U+FEFF byte order mark
    "\xef\xbe\xa0",  // U+FFA0 Hangul filler
};

// The bytes of the blank that the text begins with; 0: something is to be seen there. `text` is not empty.
std::size_t blank_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return first <= 0x20 || first == 0x7f ? 1 : 0;
  const bool general =
      text.size() >= 3 && text.substr(0, 2) == "\xe2\x80" && static_cast<unsigned char>(text[2]) <= 0x8f;
  if (general) return 3;
  for (const std::string_view blank : blanks)
    if (text.starts_with(blank)) return blank.size();
  return 0;
}

}  // namespace

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const auto blank = blank_bytes(text);
    if (blank == 0) return false;
    text.remove_prefix(blank);
  }
  return true;
}

std::size_t written_characters(std::string_view text) {
  std::size_t count = 0;
  bool gap = false;
  while (!text.empty()) {
    if (const auto blank = blank_bytes(text)) {
      gap = count > 0;
      text.remove_prefix(blank);
      continue;
    }
    count += (static_cast<unsigned char>(text[0]) & 0xc0) != 0x80;  // the first byte of a character
    count += gap;
    gap = false;
    text.remove_prefix(1);
  }
  return count;
}

}  // namespace launchgate
