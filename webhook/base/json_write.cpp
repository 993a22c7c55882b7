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
bool eight_plain(std::uint64_t v) {
  constexpr std::uint64_t ones = 0x0101010101010101ULL, high = 0x8080808080808080ULL;
  const auto zero_in = [](std::uint64_t x) { return (x - ones) & ~x; };
  return ((v | (v - ones * 0x20) | zero_in(v ^ (ones * '"')) | zero_in(v ^ (ones * '\\'))) & high) == 0;
}

std::uint64_t eight_at(const char* at) {
  std::uint64_t v = 0;
  std::memcpy(&v, at, sizeof v);
  return v;
}

// Most texts are: keys, names, images.
bool all_plain(std::string_view text) {
  const char* at = text.data();
  const std::size_t size = text.size();
  if (size < 8)
    return std::all_of(text.begin(), text.end(), [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
  for (std::size_t i = 0; i + 8 < size; i += 8)
    if (!eight_plain(eight_at(at + i))) return false;
  return eight_plain(eight_at(at + size - 8));
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
  if (all_plain(text)) {
    out.append(text);
    out += '"';
    return;
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size();) {
    while (i + 8 <= text.size() && eight_plain(eight_at(text.data() + i))) i += 8;
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
  if (!a.empty() && !b.empty() && a[0] != b[0] && (a[0] & b[0] & 0x80) == 0)
    return static_cast<unsigned char>(a[0]) < static_cast<unsigned char>(b[0]);
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto cx = static_cast<unsigned char>(*x), cy = static_cast<unsigned char>(*y);
  // Supplementary characters (lead byte 0xF0 and up) are surrogates in UTF-16: they sort below U+E000..U+FFFF.
  const bool sx = cx >= 0xf0, sy = cy >= 0xf0;
  if (sx != sy) return sx ? cy >= 0xee : cx < 0xee;
  return cx < cy;
}

namespace {

bool is_canonical_integer(std::string_view text) {
  return text.size() < 16 && text.find_first_of(".eE") == std::string_view::npos && text != "-0";
}

}  // namespace

std::string canonical_number(std::string_view text) {
  if (is_canonical_integer(text)) return std::string{text};
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

// The members of one object, sorted. Those of all objects that are open stand in one vector that is kept.
class Members {
 public:
  Members() : from_(all().size()) {}
  ~Members() {
    all().resize(from_);
    if (all().capacity() > kKept && from_ == 0) std::vector<Node>{}.swap(all());  // a rare huge object must not stay
  }
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;

  void add(Node node) { all().push_back(node); }
  // Manifests that came through an API server are sorted already.
  void sort() {
    const auto less = [](Node a, Node b) { return utf16_less(a.key(), b.key()); };
    const auto first = all().begin() + static_cast<std::ptrdiff_t>(from_);
    to_ = all().size();
    if (!std::is_sorted(first, all().end(), less)) std::sort(first, all().end(), less);
  }
  std::size_t begin() const { return from_; }
  std::size_t end() const { return to_; }
  static Node at(std::size_t i) { return all()[i]; }

 private:
  static constexpr std::size_t kKept = 1u << 14;
  static std::vector<Node>& all() {
    thread_local std::vector<Node> members;
    return members;
  }
  const std::size_t from_;
  std::size_t to_ = 0;
};

void append_canonical_object(std::string& out, Node node, LeaveOut leave_out, std::span<const std::uint32_t> hidden) {
  Members members;
  for (Node child : node)
    if (child && !(leave_out && leave_out(node.key(), child.key())) &&
        !(!hidden.empty() && std::binary_search(hidden.begin(), hidden.end(), child.index())))
      members.add(child);
  members.sort();
  out += '{';
  const auto start = out.size();
  for (std::size_t i = members.begin(); i != members.end(); ++i) {
    const Node member = Members::at(i);
    const auto before = out.size();
    if (before != start) out += ',';
    append_json_string(out, member.key());
    out += ':';
    const auto value = out.size();
    append_canonical_json(out, member, leave_out, hidden);
    if (leave_out && member.is_object() && out.size() - value == 2)
      out.resize(before);  // emptied, or empty from the start
  }
  out += '}';
}

}  // namespace

void append_canonical_json(std::string& out, Node node, LeaveOut leave_out, std::span<const std::uint32_t> hidden) {
  if (node.is_object()) return append_canonical_object(out, node, leave_out, hidden);
  if (node.is_number()) {
    const auto text = node.text();
    if (is_canonical_integer(text)) out += text;
    else out += canonical_number(text);
    return;
  }
  if (!node.is_array()) return append_json(out, node);
  const char* separator = "";
  out += '[';
  for (Node child : node) {
    out += separator;
    append_canonical_json(out, child, leave_out, hidden);
    separator = ",";
  }
  out += ']';
}

}  // namespace launchgate
