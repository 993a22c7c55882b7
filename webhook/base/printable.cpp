#include "base/printable.h"

#include <algorithm>

#include "base/secretlike.h"
#include "base/utf8.h"

namespace launchgate {
namespace {

constexpr std::string_view kReplaced = "\xef\xbf\xbd";  // U+FFFD

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// U+0080 to U+009F: an eight-bit terminal reads U+009B as ESC [.
bool is_c1_control(std::string_view character) {
  return character.size() == 2 && character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
}

// Bytes at the front of `text` that may stand as they are; 0: the first character may not.
std::size_t clean_size(std::string_view text, bool lines) {
  if (static_cast<unsigned char>(text[0]) < 0x80) return is_control(text[0]) && !(lines && text[0] == '\n') ? 0 : 1;
  const auto character = text.substr(0, utf8_size(text));
  return is_c1_control(character) || turns_direction(character) ? 0 : character.size();
}

bool is_clean(std::string_view text, bool lines) {
  for (std::size_t i = 0; i < text.size();) {
    const auto size = clean_size(text.substr(i), lines);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

std::string cleaned(std::string_view text, bool lines) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto size = clean_size(text, lines);
    if (size) out += text.substr(0, size);
    else if (is_control(text[0])) out += ' ';
    else out += kReplaced;
    text.remove_prefix(size ? size : std::max<std::size_t>(1, utf8_size(text)));
  }
  return out;
}

void make(std::string& text, bool lines) {
  if (!secret_kind(text).empty()) text = without_secrets(text);
  if (!is_clean(text, lines)) text = cleaned(text, lines);
}

}  // namespace

bool turns_direction(std::string_view c) {
  if (c.size() != 3 || c[0] != '\xe2') return false;
  const auto last = static_cast<unsigned char>(c[2]);
  return (c[1] == '\x80' && last >= 0xaa && last <= 0xae) || (c[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

void make_printable(std::string& text) { make(text, false); }

std::string printable(std::string_view text) {
  std::string out{text};
  make(out, false);
  return out;
}

std::string printable_lines(std::string_view text) {
  std::string out{text};
  make(out, true);
  return out;
}

void add_line(std::string& out, std::string_view line) { out.append(printable(line)) += '\n'; }

}  // namespace launchgate
