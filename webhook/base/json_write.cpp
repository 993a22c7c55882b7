#include "base/json_write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "base/utf8.h"

namespace launchgate {
namespace {

// Bytes that stand in a JSON string as they are.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

// The same for eight bytes at once: none below 0x20, none from 0x80, no quote, no backslash.
bool eight_plain(const char* at) {
  constexpr std::uint64_t ones = 0x0101010101010101ULL, high = 0x8080808080808080ULL;
  std::uint64_t v = 0;
  std::memcpy(&v, at, sizeof v);
  const auto zero_in = [](std::uint64_t x) { return (x - ones) & ~x; };
  return ((v | (v - ones * 0x20) | zero_in(v ^ (ones * '"')) | zero_in(v ^ (ones * '\\'))) & high) == 0;
}

void append_escape(std::string& out, unsigned char c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: {
      constexpr std::string_view hex = "0123456789abcdef";
      out += "\\u00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
}

// ECMAScript's Number::toString from the shortest digits and the decimal exponent.
std::string ecmascript(const char* digits, int count, int exponent, bool negative) {
  std::string out = negative ? "-" : "";
  const std::string d(digits, static_cast<std::size_t>(count));
  const auto zeros = [](int n) { return std::string(static_cast<std::size_t>(n), '0'); };
  if (exponent >= count && exponent <= 21) return out + d + zeros(exponent - count);
  if (exponent > 0 && exponent <= 21)
    return out + d.substr(0, static_cast<std::size_t>(exponent)) + "." + d.substr(static_cast<std::size_t>(exponent));
  if (exponent > -6 && exponent <= 0) return out + "0." + zeros(-exponent) + d;
  const int e = exponent - 1;
  out += d.substr(0, 1);
  if (count > 1) out += "." + d.substr(1);
  return out + (e < 0 ? "e-" : "e+") + std::to_string(std::abs(e));
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size();) {
    while (i + 8 <= text.size() && eight_plain(text.data() + i)) i += 8;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if (kPlain[c]) {
      ++i;
      continue;
    }
    const auto n = c >= 0x80 ? utf8_size(text.substr(i)) : 0;
    if (n) {
      i += n;
      continue;
    }
    out.append(text, from, i - from);
    if (c < 0x80) append_escape(out, c);
    else out += "\xEF\xBF\xBD";
    from = ++i;
  }
  out.append(text, from, std::string_view::npos);
  out += '"';
}

void append_json(std::string& out, Node node) {
  const char* separator = "";
  switch (node.type()) {
    case Type::Null: out += "null"; return;
    case Type::String: append_json_string(out, node.text()); return;
    case Type::Array:
      out += '[';
      for (Node child : node) {
        out += separator;
        append_json(out, child);
        separator = ",";
      }
      out += ']';
      return;
    case Type::Object:
      out += '{';
      for (Node child : node) {
        out += separator;
        append_json_string(out, child.key());
        out += ':';
        append_json(out, child);
        separator = ",";
      }
      out += '}';
      return;
    default: out += node.text();
  }
}

bool utf16_less(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto cx = static_cast<unsigned char>(*x), cy = static_cast<unsigned char>(*y);
  // Supplementary characters (lead byte 0xF0 and up) are surrogates in UTF-16: they sort below U+E000..U+FFFF.
  const bool sx = cx >= 0xf0, sy = cy >= 0xf0;
  if (sx != sy) return sx ? cy >= 0xee : cx < 0xee;
  return cx < cy;
}

std::string canonical_number(std::string_view text) {
  if (text.size() < 16 && text.find_first_of(".eE") == std::string_view::npos && text != "-0") return std::string{text};
  const double value = std::strtod(std::string{text}.c_str(), nullptr);
  if (value == 0) return "0";
  if (!std::isfinite(value)) return std::string{text};  // beyond a double: the text is the best identity
  std::array<char, 64> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::fabs(value), std::chars_format::scientific).ptr;
  const std::string_view shortest(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const auto e = shortest.find('e');
  std::string digits;
  for (char c : shortest.substr(0, e))
    if (c != '.') digits += c;
  const int exponent = std::atoi(std::string{shortest.substr(e + 1)}.c_str()) + 1;
  return ecmascript(digits.data(), static_cast<int>(digits.size()), exponent, value < 0);
}

namespace {

void append_canonical_object(std::string& out, Node node, LeaveOut leave_out) {
  std::vector<Node> members;
  members.reserve(node.size());
  for (Node child : node)
    if (child && !(leave_out && leave_out(node.key(), child.key()))) members.push_back(child);
  std::sort(members.begin(), members.end(), [](Node a, Node b) { return utf16_less(a.key(), b.key()); });
  out += '{';
  const auto start = out.size();
  for (Node member : members) {
    const auto before = out.size();
    if (before != start) out += ',';
    append_json_string(out, member.key());
    out += ':';
    const auto value = out.size();
    append_canonical_json(out, member, leave_out);
    if (leave_out && member.is_object() && out.size() - value == 2)
      out.resize(before);  // emptied, or empty from the start
  }
  out += '}';
}

}  // namespace

void append_canonical_json(std::string& out, Node node, LeaveOut leave_out) {
  if (node.is_object()) return append_canonical_object(out, node, leave_out);
  if (node.is_number()) {
    out += canonical_number(node.text());
    return;
  }
  if (!node.is_array()) return append_json(out, node);
  const char* separator = "";
  out += '[';
  for (Node child : node) {
    out += separator;
    append_canonical_json(out, child, leave_out);
    separator = ",";
  }
  out += ']';
}

}  // namespace launchgate
