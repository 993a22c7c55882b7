#include "base/json_write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>
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

// Several bytes at once, for any processor that GCC and Clang know.
typedef signed char Four __attribute__((vector_size(4)));
typedef signed char Eight __attribute__((vector_size(8)));
typedef signed char Sixteen __attribute__((vector_size(16)));

template <class Bytes>
Bytes load(const char* at) {
  Bytes v;
  std::memcpy(&v, at, sizeof v);
  return v;
}

// A mask of those that are not plain: as signed numbers, those above ASCII are below zero.
template <class Bytes>
auto odd_in(Bytes v) {
  return (v < 0x20) | (v == '"') | (v == '\\');
}

template <class Mask>
bool none(Mask mask) {
  std::array<std::uint32_t, sizeof mask / 4> bits{};
  std::memcpy(bits.data(), &mask, sizeof mask);
  std::uint32_t any = 0;
  for (const std::uint32_t part : bits) any |= part;
  return any == 0;
}

// Writes what `text` is to `to`, where there is room for it. False when some byte of it has to be escaped, or looked at
// more closely; most texts are plain: keys, names, images.
bool copy_plain(char* to, std::string_view text) {
  const char* at = text.data();
  const std::size_t size = text.size();
  const auto copy = [&](auto piece, std::size_t i) {
    piece = load<decltype(piece)>(at + i);
    std::memcpy(to + i, &piece, sizeof piece);
    return odd_in(piece);
  };
  if (size >= 16) {
    auto odd = copy(Sixteen{}, size - 16);
    for (std::size_t i = 0; i + 16 < size; i += 16) odd |= copy(Sixteen{}, i);
    return none(odd);
  }
  if (size >= 8) return none(copy(Eight{}, 0) | copy(Eight{}, size - 8));
  if (size >= 4) return none(copy(Four{}, 0) | copy(Four{}, size - 4));
  bool plain = true;
  for (std::size_t i = 0; i < size; ++i) plain &= kPlain[static_cast<unsigned char>(to[i] = at[i])];
  return plain;
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

// Some byte of it has to be escaped, or looked at.
[[gnu::noinline]] void append_escaped(std::string& out, std::string_view text) {
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size();) {
    while (i + 8 <= text.size() && none(odd_in(load<Eight>(text.data() + i)))) i += 8;
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

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  out.resize(start + text.size() + 2);
  out[start] = out.back() = '"';
  if (copy_plain(out.data() + start + 1, text)) return;
  out.resize(start);
  append_escaped(out, text);
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

// A member of an object and the first eight bytes of its key as one number: that settles nearly every comparison.
struct Member {
  std::uint64_t front;
  Node node;

  explicit Member(Node n) : front(front_of(n.key())), node(n) {}
  bool operator<(const Member& other) const {
    const bool ascii = ((front | other.front) & 0x8080808080808080ULL) == 0;
    return ascii && front != other.front ? front < other.front : utf16_less(node.key(), other.node.key());
  }

 private:
  static std::uint64_t front_of(std::string_view key) {
    if (key.size() >= 8) return high_first<std::uint64_t>(key.data());
    if (key.size() >= 4) {
      const std::uint64_t first = high_first<std::uint32_t>(key.data());
      const std::uint64_t last = high_first<std::uint32_t>(key.data() + key.size() - 4);
      return first << 32 | last << 8 * (8 - key.size());  // what both have falls on itself
    }
    std::uint64_t front = 0;
    for (std::size_t i = 0; i < key.size(); ++i)
      front |= static_cast<std::uint64_t>(static_cast<unsigned char>(key[i])) << (56 - 8 * i);
    return front;
  }
  template <class Number>
  static Number high_first(const char* at) {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)  // one instruction where the compiler knows it
      number = static_cast<Number>(number << 8 | static_cast<unsigned char>(at[i]));
    return number;
  }
};

class Canonical {
 public:
  Canonical(std::string& out, KeyRule leave_out, std::span<const std::uint32_t> hidden)
      : out_(out), leave_out_(leave_out), hidden_(hidden), open_(members()) {
    open_.clear();
    begin();
  }
  ~Canonical() {
    end();
    if (open_.capacity() > kKept) std::vector<Member>{}.swap(open_);  // a rare huge object must not stay
  }
  Canonical(const Canonical&) = delete;
  Canonical& operator=(const Canonical&) = delete;

  void value(Node node) {
    switch (node.type()) {
      case Type::Object: return object(node);
      case Type::Array: return array(node);
      case Type::Number: return number(node.text());
      case Type::String: return string(node.text());
      case Type::Null: return plain("null");
      default: plain(node.text());
    }
  }

 private:
  static constexpr std::size_t kKept = 1u << 13;
  // The members of all objects that are open, those of the innermost last: one vector, which is kept.
  static std::vector<Member>& members() {
    thread_local std::vector<Member> all;
    return all;
  }

  // Between begin() and end() `out_` is longer than what has been written, which ends at at_.
  void begin() {
    const auto used = out_.size();
    out_.resize(std::max(out_.capacity(), used + 512));
    at_ = out_.data() + used;
  }
  void end() { out_.resize(written()); }
  std::size_t written() const { return static_cast<std::size_t>(at_ - out_.data()); }
  void room(std::size_t bytes) {
    const auto used = written();
    if (out_.size() - used >= bytes) return;
    out_.resize(2 * out_.size() + bytes);
    at_ = out_.data() + used;
  }
  void put(char c) {
    room(1);
    *at_++ = c;
  }
  void plain(std::string_view text) {
    room(text.size());
    at_ = std::copy(text.begin(), text.end(), at_);
  }
  void string(std::string_view text) {
    room(text.size() + 2);
    if (copy_plain(at_ + 1, text)) {
      at_[0] = at_[text.size() + 1] = '"';
      at_ += text.size() + 2;
      return;
    }
    end();
    append_json_string(out_, text);
    begin();
  }
  void number(std::string_view text) {
    if (is_canonical_integer(text)) plain(text);
    else plain(canonical_number(text));
  }

  void array(Node node) {
    put('[');
    bool first = true;
    for (Node child : node) {
      if (!std::exchange(first, false)) put(',');
      value(child);
    }
    put(']');
  }

  bool is_hidden(Node child) const {
    return !hidden_.empty() && std::binary_search(hidden_.begin(), hidden_.end(), child.index());
  }

  void object(Node node) {
    const auto from = static_cast<std::ptrdiff_t>(open_.size());
    const KeyTest leaves_out = leave_out_ ? leave_out_(node.key()) : nullptr;
    for (Node child : node)
      if (child && !(leaves_out && leaves_out(child.key())) && !is_hidden(child)) open_.emplace_back(child);
    std::sort(open_.begin() + from, open_.end());
    const auto to = open_.size();
    put('{');
    bool first = true;
    for (auto i = static_cast<std::size_t>(from); i != to; ++i) first = !member(open_[i].node, first) && first;
    put('}');
    open_.erase(open_.begin() + from, open_.end());
  }

  // False: it was emptied, or empty from the start, and is left out.
  bool member(Node node, bool first) {
    const auto before = written();
    if (!first) put(',');
    string(node.key());
    put(':');
    const auto start = written();
    value(node);
    if (!leave_out_ || !node.is_object() || written() - start != 2) return true;
    at_ = out_.data() + before;
    return false;
  }

  std::string& out_;
  char* at_ = nullptr;
  const KeyRule leave_out_;
  const std::span<const std::uint32_t> hidden_;
  std::vector<Member>& open_;
};

}  // namespace

void append_canonical_json(std::string& out, Node node, KeyRule leave_out, std::span<const std::uint32_t> hidden) {
  Canonical{out, leave_out, hidden}.value(node);
}

}  // namespace launchgate
