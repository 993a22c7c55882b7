#include "wire/html.h"

#include "base/utf8.h"

namespace launchgate {
namespace {

constexpr std::string_view kReplaced = "\xef\xbf\xbd";  // U+FFFD

// U+202A to U+202E and U+2066 to U+2069 in UTF-8: embeddings, overrides and isolates.
bool turns_direction(std::string_view c) {
  if (c.size() != 3 || c[0] != '\xe2') return false;
  const auto last = static_cast<unsigned char>(c[2]);
  return (c[1] == '\x80' && last >= 0xaa && last <= 0xae) || (c[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    const auto c = text.substr(0, size ? size : 1);
    text.remove_prefix(c.size());
    const auto byte = static_cast<unsigned char>(c[0]);
    const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
    if (!size || control || turns_direction(c)) out += kReplaced;
    else if (byte == '&') out += "&amp;";
    else if (byte == '<') out += "&lt;";
    else if (byte == '>') out += "&gt;";
    else if (byte == '"') out += "&quot;";
    else if (byte == '\'') out += "&#39;";
    else out += c;
  }
  return out;
}

}  // namespace launchgate
