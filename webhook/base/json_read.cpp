#include "base/json_read.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "base/printable.h"
#include "base/utf8.h"

namespace launchgate {
namespace {

std::uint32_t line_at(std::string_view text, std::size_t at) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size()));
  return 1 + static_cast<std::uint32_t>(std::count(text.begin(), end, '\n'));
}

// simdjson's first pass, over UTF-8 and strings, says that it stopped but not where.
std::size_t first_pass_fault(std::string_view text, simdjson::error_code code) {
  if (code == simdjson::UTF8_ERROR) return utf8_valid_prefix(text);
  bool inside = false;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (inside && c < 0x20) return i;
    if (inside && c == '\\') ++i;
    else if (c == '"') inside = !inside, opened = i;
  }
  return inside ? opened : 0;
}

// simdjson's first pass: it makes sure of UTF-8, of control characters and that strings are closed, and finds where each
// bracket, colon, comma, string and other scalar begins. What reads these tokens is below: it copies no string, which
// simdjson's own second passes do, and knows at every fault where it stands.
using FirstPass = simdjson::internal::dom_parser_implementation;

// It keeps buffers five times its largest document: after a big one it is thrown away.
constexpr std::size_t kKept = 128u << 10;

FirstPass* first_pass_of_this_thread(std::size_t bytes, bool fresh = false) {
  constexpr std::size_t least = 64u << 10;
  thread_local std::unique_ptr<FirstPass> pass;
  if (fresh) pass.reset();
  else if (!pass || pass->capacity() < bytes) {
    pass.reset();
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(std::max(bytes, least), 1, pass))
      pass.reset();
  }
  return pass.get();
}

class Reader {
 public:
  Reader(std::string_view text, const FirstPass& pass, Doc& doc, const JsonOptions& options)
      : text_(text),
        pass_(pass),
        starts_(pass.structural_indexes.get()),
        count_(pass.n_structural_indexes),
        options_(options),
        build_(doc, options.borrow ? text : std::string_view{}) {}

  bool document() {
    if (!value({})) return false;
    if (next_ == count_) return true;
    at_ = starts_[next_];
    return fail("text behind the end of the JSON value: expected one value");
  }

  // Of a text that was cut off, only where: it is not the last field that is wrong.
  Error error() const { return {message_, ended_ ? "" : path_, "", line_at(text_, at_)}; }

 private:
  [[gnu::cold]] bool fail(std::string message) {
    if (message_.empty()) message_ = std::move(message);
    return false;
  }
  [[gnu::cold]] bool expected(std::string_view what) {
    ended_ = next_ == count_;
    at_ = ended_ ? text_.find_last_not_of(" \t\n\r") : starts_[next_];
    return fail(ended_ ? "not valid JSON: JSON document ended early" : "not valid JSON: expected " + std::string{what});
  }

  // The character at the next token; NUL, which begins none, behind the last.
  char peek() const { return next_ < count_ ? text_[starts_[next_]] : '\0'; }
  // The next token with its text: it ends where the one behind it begins, but for white space.
  std::string_view take() {
    const std::size_t from = starts_[next_++];
    std::size_t to = next_ < count_ ? starts_[next_] : text_.size();
    while (is_space(text_[to - 1])) --to;
    return {text_.data() + from, to - from};
  }
  static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

  void mark() {
    at_ = starts_[next_];
    if (!options_.lines) return;
    line_ += static_cast<std::uint32_t>(std::count(text_.data() + counted_, text_.data() + at_, '\n'));
    counted_ = at_;
    build_.line(line_);
  }

  bool value(std::string_view parent) {
    const char first = peek();
    if (first == '\0') return expected("a value");
    if (!begin_value()) return false;
    switch (first) {
      case '{': return object(parent);
      case '[': return array(parent);
      case '"': return text_here();
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9': return number(take());
      default: return word(take());
    }
  }

  bool begin_value() {
    mark();
    return build_.values() < options_.limits.max_values || fail("more values than launchgate reads in one document");
  }
  bool text_value() { return begin_value() && text_here(); }
  bool text_here() {
    std::string_view s;
    if (!string(s)) return false;
    build_.string(s);
    return true;
  }

  // What it says; a view of the text where nothing in it is escaped, else of a buffer that the next one takes.
  bool string(std::string_view& s) {
    const char* from = text_.data() + starts_[next_++] + 1;
    const char* to = text_.data() + (next_ < count_ ? starts_[next_] : text_.size()) - 1;  // where its quote stands
    while (is_space(*to)) --to;
    if (to < from || *to != '"') return fail("not valid JSON: expected a string");
    s = {from, static_cast<std::size_t>(to - from)};
    return escape_ >= to || unescape(s);
  }
  // `escape_` is the first backslash behind a string that was read before: most requests have few.
  bool unescape(std::string_view& s) {
    if (escape_ < s.data()) {
      const void* found = std::memchr(s.data(), '\\', static_cast<std::size_t>(text_.end() - s.begin()));
      escape_ = found ? static_cast<const char*>(found) : text_.data() + text_.size();
      if (escape_ >= s.data() + s.size()) return true;
    }
    if (unescaped_.size() < s.size() + kJsonPadding) unescaped_.resize(s.size() + kJsonPadding);
    const auto* from = reinterpret_cast<const std::uint8_t*>(s.data());
    auto* into = reinterpret_cast<std::uint8_t*>(unescaped_.data());
    const auto* end = pass_.parse_string(from, into);
    if (!end) return fail("not valid JSON: an escape in a string that is none");
    s = {unescaped_.data(), static_cast<std::size_t>(end - into)};
    return true;
  }

  bool word(std::string_view token) {
    if (token == "null") build_.scalar(Type::Null);
    else if (token == "true" || token == "false") build_.boolean(token == "true");
    else return fail("not valid JSON: expected a value");
    return true;
  }

  // Not read as a double: money is not rounded, and 1e999 is a number too.
  bool number(std::string_view token) {
    if (!is_json_number(token)) return fail("not valid JSON: malformed number");
    build_.scalar(Type::Number, token);
    return true;
  }

  bool enter(Type type) {
    if (build_.depth() >= options_.limits.max_depth)
      return fail("nested deeper than " + std::to_string(options_.limits.max_depth) + " levels");
    ++next_;
    build_.open(type);
    return true;
  }

  // Behind a member or an element: another one, or the end.
  bool more(char end, bool& done) {
    const char c = peek();
    if (c != ',' && c != end) return expected(end == '}' ? "a comma or }" : "a comma or ]");
    ++next_;
    done = c == end;
    return true;
  }

  bool object(std::string_view parent) {
    if (!enter(Type::Object)) return false;
    const KeyTest skips = options_.skip ? options_.skip(parent) : nullptr;
    bool done = peek() == '}';
    if (done) ++next_;
    while (!done) {
      if (peek() == '}') --next_;  // it is the comma before it that is too much
      if (peek() != '"') return expected("a key");
      std::string_view key;
      if (!string(key)) return false;
      if (key.size() > 0xffff) return fail("a key longer than 65535 bytes");
      if (peek() != ':') return expected("a colon");
      ++next_;
      if (!(skips && skips(key) ? pass_over() : member(key)) || !more('}', done)) return false;
    }
    if (!build_.close()) return fail("key \"" + printable(build_.duplicate()) + "\" stands twice in one object");
    return true;
  }

  bool member(std::string_view key) {
    build_.key(key);
    // A key that was escaped stands in the buffer that the value may take.
    return key.data() == unescaped_.data() ? value_of(std::string{key}) : value_of(key);
  }
  bool value_of(std::string_view key) {
    if (peek() == '"' ? text_value() : value(key)) return true;  // most values are texts
    path_ = path_.empty() || path_[0] == '[' ? std::string{key} + path_ : std::string{key} + "." + path_;
    return false;
  }

  // A value that nobody wants. It is not judged, but it must end.
  bool pass_over() {
    const char first = peek();
    if (first == '\0' || first == ',' || first == ':' || first == '}' || first == ']') return expected("a value");
    const char* const text = text_.data();  // most tokens of a request are passed over: nothing is stored in between
    int depth = 0;
    for (std::size_t i = next_; i != count_; ++i) {
      depth += kDepth[static_cast<unsigned char>(text[starts_[i]])];
      if (depth == 0) return next_ = i + 1, true;
    }
    next_ = count_;
    return expected("its end");
  }
  // How much deeper a token leads.
  static constexpr std::array<signed char, 256> kDepth = [] {
    std::array<signed char, 256> depth{};
    depth['{'] = depth['['] = 1;
    depth['}'] = depth[']'] = -1;
    return depth;
  }();

  bool array(std::string_view parent) {
    if (!enter(Type::Array)) return false;
    bool done = peek() == ']';
    if (done) ++next_;
    for (std::size_t n = 0; !done; ++n) {
      if (!value(parent)) {
        path_ = "[" + std::to_string(n) + "]" + (path_.empty() || path_[0] == '[' ? "" : ".") + path_;
        return false;
      }
      if (!more(']', done)) return false;
    }
    return build_.close();
  }

  const std::string_view text_;
  const FirstPass& pass_;
  const std::uint32_t* const starts_;  // of the tokens
  const std::size_t count_;
  std::size_t next_ = 0;  // token
  const JsonOptions& options_;
  DocBuilder build_;
  const char* escape_ = nullptr;
  std::string message_, path_, unescaped_;
  std::size_t at_ = 0, counted_ = 0;
  std::uint32_t line_ = 1;
  bool ended_ = false;
};

}  // namespace

bool is_json_number(std::string_view s) {
  std::size_t i = 0;
  const auto digits = [&] {
    const auto from = i;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9') ++i;
    return i - from;
  };
  if (i < s.size() && s[i] == '-') ++i;
  const bool zero = i < s.size() && s[i] == '0';
  const auto whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (i < s.size() && s[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
    ++i;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == s.size();
}

Result<bool> read_json_padded(std::string_view text, Doc& doc, const JsonOptions& options) {
  if (text.size() > options.limits.max_bytes)
    return Error{"larger than " + std::to_string(options.limits.max_bytes) + " bytes"};
  FirstPass* pass = first_pass_of_this_thread(text.size());
  if (!pass) return Error{"no memory to read " + std::to_string(text.size()) + " bytes of JSON"};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  if (const auto e = pass->stage1(bytes, text.size(), simdjson::stage1_mode::regular))
    return Error{std::string{"not valid JSON: "} + simdjson::error_message(e), "", "",
                 line_at(text, first_pass_fault(text, e))};
  Reader reader{text, *pass, doc, options};
  Result<bool> out = reader.document() ? Result<bool>{true} : Result<bool>{reader.error()};
  if (text.size() > kKept) first_pass_of_this_thread(0, true);
  return out;
}

Result<Doc> read_json(std::string_view text, const JsonOptions& options) {
  if (text.size() > options.limits.max_bytes)
    return Error{"larger than " + std::to_string(options.limits.max_bytes) + " bytes"};
  std::string padded;
  padded.reserve(text.size() + kJsonPadding);
  padded.assign(text);
  Doc doc;
  auto read = read_json_padded(padded, doc, options);
  if (!read) return read.error();
  doc.shrink();
  return doc;
}

}  // namespace launchgate
