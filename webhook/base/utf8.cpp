#include "base/utf8.h"

namespace launchgate {

std::size_t utf8_size(std::string_view s) {
  if (s.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char c = byte(0);
  const std::size_t n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
  if (n == 0 || s.size() < n) return 0;
  for (std::size_t i = 1; i < n; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  if ((c == 0xe0 && byte(1) < 0xa0) || (c == 0xed && byte(1) > 0x9f) || (c == 0xf0 && byte(1) < 0x90) ||
      (c == 0xf4 && byte(1) > 0x8f))
    return 0;
  return n;
}

std::size_t utf8_valid_prefix(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto n = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : utf8_size(text.substr(i));
    if (n == 0) break;
    i += n;
  }
  return i;
}

}  // namespace launchgate
