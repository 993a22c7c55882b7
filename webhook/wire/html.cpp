#include "wire/html.h"

#include "base/printable.h"
#include "base/utf8.h"

namespace launchgate {
namespace {

constexpr std::string_view kReplaced = "\xef\xbf\xbd";  // U+FFFD

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
