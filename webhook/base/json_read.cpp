#include "base/json_read.h"

// Its calls return errors; without this some conversions of a result throw instead.
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"

namespace launchgate {
namespace {

namespace od = simdjson::ondemand;

// Without JSON's white space (not isspace: \v and \f are no part of it) at both ends.
std::string_view trimmed(std::string_view s) {
  const auto first = s.find_first_not_of(" \t\n\r");
  if (first == std::string_view::npos) return {};
  return s.substr(first, s.find_last_not_of(" \t\n\r") - first + 1);
}

std::uint32_t line_at(std::string_view text, std::size_t at) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size()));
  return 1 + static_cast<std::uint32_t>(std::count(text.begin(), end, '\n'));
}

// Where the first object or array of a text is closed (past its bracket); npos when it never is.
std::size_t end_of_container(std::string_view text) {
  std::size_t depth = 0;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside && c == '\\') ++i;
    else if (c == '"') inside = !inside;
    else if (inside) continue;
    else if (c == '[' || c == '{') ++depth;
    else if ((c == ']' || c == '}') && --depth == 0) return i + 1;
  }
  return std::string_view::npos;
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

class Reader {
 public:
  Reader(std::string_view text, Doc& doc, const JsonOptions& options) : text_(text), options_(options), build_(doc) {}

  // The root goes through simdjson's own root calls: they alone make sure that the brackets are balanced before the
  // bytes behind the text, whatever an earlier and longer one left there, could be taken for its end.
  bool document(od::document& document) {
    od::json_type type;
    if (auto e = document.type().get(type)) return fail(e);
    mark(trimmed(text_));
    if (type == od::json_type::number) return number(trimmed(text_));  // all of the text, so nothing stands behind it
    const bool good = type == od::json_type::object  ? object(document, {})
                      : type == od::json_type::array ? array(document, {})
                                                     : scalar(document, type);
    if (!good) return false;
    const char* behind = nullptr;
    if (document.current_location().get(behind) == simdjson::OUT_OF_BOUNDS) return true;
    return trailing(behind ? static_cast<std::size_t>(behind - text_.data()) : at_);
  }

  Error error() const { return {message_, path_, "", line_at(text_, at_)}; }

 private:
  bool fail(std::string message) {
    if (message_.empty()) message_ = std::move(message);
    return false;
  }
  bool fail(simdjson::error_code code) {
    if (code == simdjson::INCOMPLETE_ARRAY_OR_OBJECT) {  // it ends early, or goes on behind its end
      const auto behind = text_.find_first_not_of(" \t\n\r", end_of_container(text_));
      if (behind != std::string_view::npos) return trailing(behind);
      at_ = text_.find_last_not_of(" \t\n\r");
    }
    return fail(std::string{"not valid JSON: "} + simdjson::error_message(code));
  }

  bool trailing(std::size_t at) {
    at_ = at;
    return fail("text behind the end of the JSON value: expected one value");
  }

  void mark(std::string_view token) {
    at_ = static_cast<std::size_t>(token.data() - text_.data());
    if (!options_.lines || at_ < counted_ || at_ > text_.size()) return;
    line_ += static_cast<std::uint32_t>(std::count(text_.data() + counted_, text_.data() + at_, '\n'));
    counted_ = at_;
    build_.line(line_);
  }

  bool room() {
    if (build_.values() >= options_.limits.max_values) return fail("more values than launchgate reads in one document");
    return true;
  }

  bool value(od::value& v, std::string_view parent) {
    od::json_type type;
    if (auto e = v.type().get(type)) return fail(e);
    mark(v.raw_json_token());
    if (!room()) return false;
    switch (type) {
      case od::json_type::object: return object(v, parent);
      case od::json_type::array: return array(v, parent);
      case od::json_type::number: return number(trimmed(v.raw_json_token()));
      default: return scalar(v, type);
    }
  }

  template <class Value>
  bool scalar(Value& v, od::json_type type) {
    bool is = false;
    std::string_view s;
    switch (type) {
      case od::json_type::string:
        if (auto e = v.get_string().get(s)) return fail(e);
        build_.string(s);
        return true;
      case od::json_type::boolean:
        if (auto e = v.get_bool().get(is)) return fail(e);
        build_.boolean(is);
        return true;
      case od::json_type::null:
        if (v.is_null().get(is) || !is) break;
        build_.scalar(Type::Null);
        return true;
      default: break;
    }
    return fail("not valid JSON: expected a value");
  }

  // Not read as a double: money is not rounded, and 1e999 is a number too.
  bool number(std::string_view token) {
    if (!is_json_number(token)) return fail("not valid JSON: malformed number");
    build_.scalar(Type::Number, token);
    return true;
  }

  bool enter() {
    if (build_.depth() >= options_.limits.max_depth)
      return fail("nested deeper than " + std::to_string(options_.limits.max_depth) + " levels");
    return true;
  }

  template <class Value>
  bool object(Value& v, std::string_view parent) {
    if (!enter()) return false;
    od::object fields;
    if (auto e = v.get_object().get(fields)) return fail(e);
    build_.open(Type::Object);
    for (auto item : fields) {
      od::field field;
      if (auto e = std::move(item).get(field)) return fail(e);
      std::string_view key;
      if (auto e = field.unescaped_key().get(key)) return fail(e);
      if (key.size() > 0xffff) return fail("a key longer than 65535 bytes");
      if (options_.skip && options_.skip(parent, key)) continue;
      if (!member(field.value(), key)) return false;
    }
    if (!build_.close()) return fail("key \"" + std::string{build_.duplicate()} + "\" stands twice in one object");
    return true;
  }

  bool member(od::value& v, std::string_view key) {
    build_.key(key);
    if (value(v, key)) return true;
    path_ = path_.empty() || path_[0] == '[' ? std::string{key} + path_ : std::string{key} + "." + path_;
    return false;
  }

  template <class Value>
  bool array(Value& v, std::string_view parent) {
    if (!enter()) return false;
    od::array items;
    if (auto e = v.get_array().get(items)) return fail(e);
    build_.open(Type::Array);
    std::size_t n = 0;
    for (auto item : items) {
      od::value element;
      if (auto e = std::move(item).get(element)) return fail(e);
      if (!value(element, parent)) {
        path_ = "[" + std::to_string(n) + "]" + (path_.empty() || path_[0] == '[' ? "" : ".") + path_;
        return false;
      }
      ++n;
    }
    return build_.close();
  }

  std::string_view text_;
  const JsonOptions& options_;
  DocBuilder build_;
  std::string message_, path_;
  std::size_t at_ = 0, counted_ = 0;
  std::uint32_t line_ = 1;
};

// A parser keeps buffers five times its largest document: after a big one it is thrown away.
od::parser& parser_of_this_thread(bool fresh) {
  thread_local std::unique_ptr<od::parser> parser;
  if (!parser || fresh) parser = std::make_unique<od::parser>();
  return *parser;
}

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
  auto& parser = parser_of_this_thread(false);
  od::document document;
  Reader reader{text, doc, options};
  if (auto e = parser.iterate(text.data(), text.size(), text.size() + kJsonPadding).get(document))
    return Error{std::string{"not valid JSON: "} + simdjson::error_message(e), "", "",
                 line_at(text, first_pass_fault(text, e))};
  const bool good = reader.document(document);
  Result<bool> out = good ? Result<bool>{true} : Result<bool>{reader.error()};
  if (text.size() > (1u << 20)) parser_of_this_thread(true);
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
