#include "base/yaml_read.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <map>
#include <optional>
#include <streambuf>
#include <unordered_map>
#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/printable.h"
#include "base/utf8.h"

namespace launchgate {
namespace {

struct Fault {
  std::string message;
  std::uint32_t line;
};

bool any_of(std::string_view s, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), s) != words.end();
}

// "0x1F", "0o17", "017", "1_000", "+5" -> decimal text; empty when it is not an integer.
std::string integer(std::string_view s) {
  const bool negative = !s.empty() && s[0] == '-';
  if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
  std::string digits;
  for (char c : s)
    if (c != '_') digits += c;
  int base = 10;
  std::string_view d = digits;
  const auto prefix = d.substr(0, 2);
  if (any_of(prefix, {"0x", "0X"})) base = 16, d.remove_prefix(2);
  else if (any_of(prefix, {"0b", "0B"})) base = 2, d.remove_prefix(2);
  else if (any_of(prefix, {"0o", "0O"})) base = 8, d.remove_prefix(2);
  else if (d.size() > 1 && d[0] == '0') base = 8, d.remove_prefix(1);
  if (d.empty()) return {};
  if (base == 10) {
    if (d.find_first_not_of("0123456789") != std::string_view::npos) return {};
    return (negative && d != "0" ? "-" : "") + std::string{d};
  }
  unsigned long long value = 0;
  const auto [end, code] = std::from_chars(d.data(), d.data() + d.size(), value, base);
  if (code != std::errc{} || end != d.data() + d.size()) return {};
  return (negative ? "-" : "") + std::to_string(value);
}

// ".5", "+1.", "6.02e23" -> a JSON number; empty when it is not a float.
std::string floating(std::string_view s) {
  if (s.find_first_not_of("0123456789.eE+-_") != std::string_view::npos) return {};
  if (s.find_first_of("0123456789") == std::string_view::npos) return {};
  if (is_json_number(s)) return std::string{s};
  std::string plain;
  for (char c : s)
    if (c != '_') plain += c;
  const char* begin = plain.c_str();
  char* end = nullptr;
  const double value = std::strtod(begin, &end);
  if (end != begin + plain.size() || !std::isfinite(value)) return {};
  char exact[40];
  std::snprintf(exact, sizeof exact, "%.17g", value);
  return canonical_number(exact);
}

// yaml-cpp writes the escapes \N and \_ as the bare bytes 85 and A0 of their characters.
std::string mended(const std::string& s) {
  std::string out;
  for (std::string_view rest = s; !rest.empty();) {
    const auto valid = utf8_valid_prefix(rest);
    out.append(rest.substr(0, valid));
    rest.remove_prefix(valid);
    if (rest.empty()) break;
    out += '\xC2';
    out += rest[0];
    rest.remove_prefix(1);
  }
  return out;
}

struct Scalar {
  Type type;
  std::string text;
};

// What a scalar means to kubectl's reader. `tag` is "?" for plain ones and "!" for quoted ones.
Scalar resolve(const std::string& tag, const std::string& value, std::uint32_t line) {
  static constexpr std::string_view core = "tag:yaml.org,2002:";
  const bool open =
      tag.empty() || tag == "?" || (tag.compare(0, core.size(), core) == 0 && tag != "tag:yaml.org,2002:str");
  if (!open) return {Type::String, value};
  if (any_of(value, {"", "~", "null", "Null", "NULL"})) return {Type::Null, {}};
  if (any_of(value, {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"})) return {Type::True, {}};
  if (any_of(value, {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"}))
    return {Type::False, {}};
  if (any_of(value,
             {".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", "+.inf", "+.Inf", "+.INF", ".nan", ".NaN", ".NAN"}))
    throw Fault{"\"" + value + "\" has no JSON form: expected a finite number", line};
  const char c = value[0];
  if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
    if (auto n = integer(value); !n.empty()) return {Type::Number, std::move(n)};
    if (auto n = floating(value); !n.empty()) return {Type::Number, std::move(n)};
  }
  return {Type::String, value};
}

// A key's text as kubectl's reader makes it: `on:` is the key "true", `0x10:` is "16", `1.0:` is "1".
std::string key_text(const std::string& tag, const std::string& value, std::uint32_t line) {
  auto [type, text] = resolve(tag, value, line);
  switch (type) {
    case Type::Null: throw Fault{"a mapping key is null: expected text", line};
    case Type::True: return "true";
    case Type::False: return "false";
    case Type::Number: return text.find_first_of(".eE") == std::string::npos ? text : canonical_number(text);
    default: return text;
  }
}

// Counts what it is told: `told` is how far the parser has come.
class Handler : public YAML::EventHandler {
 public:
  Handler(Doc& doc, const ReadLimits& limits, std::size_t& told) : build_(doc), limits_(limits), told_(told) {}
  bool saw_merge() const { return merge_; }
  bool saw_value() const { return build_.values() != 0; }
  const YAML::Mark& start() const { return start_; }

  void OnDocumentStart(const YAML::Mark& mark) override { start_ = mark; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key()) throw Fault{"a mapping key is null: expected text", line(mark)};
    begin(mark, anchor);
    build_.scalar(Type::Null);
    finish(anchor, 0);
    done();
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (is_key() || known == anchors_.end()) throw Fault{"an alias that launchgate cannot resolve here", line(mark)};
    const Anchor& target = known->second;
    if (target.values == 0) throw Fault{"an alias inside the value that it names", line(mark)};
    if (build_.values() + target.values > limits_.max_values)
      throw Fault{"aliases expand to more values than launchgate reads", line(mark)};
    deepen(target.height, mark);
    count_text(target.text, mark);
    begin(mark, 0);
    build_.copy_within(target.first);
    done();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& raw) override {
    if (utf8_valid_prefix(raw) != raw.size()) return OnScalar(mark, tag, anchor, mended(raw));
    if (is_key()) return take_key(tag, raw, mark);
    begin(mark, anchor);
    const Scalar scalar = resolve(tag, raw, line(mark));
    count_text(scalar.text.size(), mark);
    build_.scalar(scalar.type, scalar.text);
    finish(anchor, 0);
    done();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Type::Array, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Type::Object, mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    bool map;
    bool wants_key;
    YAML::anchor_t anchor;
    std::uint32_t line;
    std::size_t height;  // levels below this one, so far
  };
  // A value that aliases may name. While it is still open, values is 0 and text is the count before it.
  struct Anchor {
    std::uint32_t first = 0, values = 0;
    std::size_t text = 0, height = 0;
  };
  static std::uint32_t line(const YAML::Mark& mark) { return static_cast<std::uint32_t>(mark.line + 1); }

  bool is_key() const { return !levels_.empty() && levels_.back().map && levels_.back().wants_key; }
  void take_key(const std::string& tag, const std::string& value, const YAML::Mark& mark) {
    const auto key = key_text(tag, value, line(mark));
    if (key.size() > 0xffff) throw Fault{"a key longer than 65535 bytes", line(mark)};
    merge_ |= key == "<<";
    count_text(key.size(), mark);
    build_.key(key);
    levels_.back().wants_key = false;
  }
  void count_text(std::size_t more, const YAML::Mark& mark) {
    text_ += more;
    if (text_ > limits_.max_text) throw Fault{"more text than launchgate reads, aliases expanded", line(mark)};
  }
  // A value of that height goes into the innermost container.
  void deepen(std::size_t height, const YAML::Mark& mark) {
    if (levels_.size() + height > limits_.max_depth)
      throw Fault{"nested deeper than " + std::to_string(limits_.max_depth) + " levels", line(mark)};
    if (!levels_.empty()) levels_.back().height = std::max(levels_.back().height, height);
  }
  void begin(const YAML::Mark& mark, YAML::anchor_t anchor) {
    ++told_;
    if (build_.values() >= limits_.max_values)
      throw Fault{"more values than launchgate reads in one document", line(mark)};
    build_.line(line(mark));
    if (anchor) anchors_[anchor] = {build_.next_index(), 0, text_, 0};
  }
  void finish(YAML::anchor_t anchor, std::size_t height) {
    if (!anchor) return;
    auto& known = anchors_[anchor];
    known.values = build_.next_index() - known.first;
    known.text = text_ - known.text;
    known.height = height;
  }
  void done() {
    if (!levels_.empty() && levels_.back().map) levels_.back().wants_key = true;
  }
  void open(Type type, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (is_key()) throw Fault{"a mapping key must be a plain scalar", line(mark)};
    deepen(1, mark);
    begin(mark, anchor);
    build_.open(type);
    levels_.push_back({type == Type::Object, true, anchor, line(mark), 0});
  }
  void close() {
    const Level level = levels_.back();
    levels_.pop_back();
    if (!build_.close())
      throw Fault{"key \"" + printable(build_.duplicate()) + "\" stands twice in one mapping", level.line};
    const auto height = level.height + 1;
    if (!levels_.empty()) levels_.back().height = std::max(levels_.back().height, height);
    finish(level.anchor, height);
    done();
  }

  DocBuilder build_;
  const ReadLimits& limits_;
  std::size_t& told_;
  std::vector<Level> levels_;
  std::map<YAML::anchor_t, Anchor> anchors_;
  std::size_t text_ = 0;  // bytes of keys and scalars, aliases expanded
  bool merge_ = false;
  YAML::Mark start_;
};

using Members = std::vector<std::pair<std::string_view, Node>>;

// The members of `map` with `<<: *base` and `<<: [*first, *second]` resolved. As in kubectl's reader what stands
// later wins, and of several bases the first; so a mapping that begins with its `<<` overrides what it inherits.
void collect(Node map, Members& members, std::unordered_map<std::string_view, std::size_t>& places) {
  for (Node child : map) {
    if (child.key() != "<<") {
      const auto [place, fresh] = places.emplace(child.key(), members.size());
      if (fresh) members.emplace_back(child.key(), child);
      else members[place->second].second = child;
      continue;
    }
    std::vector<Node> bases;
    if (!child.is_array()) bases.push_back(child);
    else
      for (Node base : child) bases.push_back(base);
    for (auto base = bases.rbegin(); base != bases.rend(); ++base) {
      if (!base->is_object()) throw Fault{"\"<<\" merges mappings: expected one or a list of them", child.line()};
      collect(*base, members, places);
    }
  }
}

void expand_merges(Node from, DocBuilder& to) {
  if (from.type() < Type::Array) return to.copy(from);
  to.line(from.line());
  to.open(from.type());
  if (from["<<"].doc()) {
    Members members;
    std::unordered_map<std::string_view, std::size_t> places;
    collect(from, members, places);
    for (const auto& [key, value] : members) {
      to.key(key);
      expand_merges(value, to);
    }
  } else {
    for (Node child : from) {
      if (from.is_object()) to.key(child.key());
      expand_merges(child, to);
    }
  }
  (void)to.close();  // no key twice: neither in the source nor in places
}

// What yaml-cpp has been given since it last told something. Of a list or map in brackets it keeps every token, at more than
// a hundred bytes, as long as the whole may still turn out to be a key.
class Untold {
 public:
  Untold(const std::size_t& told, std::size_t max_depth) : told_(told), max_depth_(max_depth) {}
  // What is wrong with giving it more; empty: nothing. Brackets, commas and colons within a text count too: a text of a
  // ConfigMap, at most 1 MiB, has fewer.
  std::string more(std::string_view chunk) {
    if (seen_ != told_) seen_ = told_, open_ = 0, marks_ = 0;
    for (const char c : chunk) {
      open_ += (c == '[' || c == '{') - (c == ']' || c == '}');
      marks_ += c == '[' || c == '{' || c == ',' || c == ':';
    }
    if (open_ > static_cast<long>(max_depth_) && marks_ > kDeep)
      return "nested deeper than " + std::to_string(max_depth_) + " levels";
    if (marks_ > kWide)
      return "a list or map in brackets too long to be read as YAML: expected block style, or JSON in a .json file";
    return {};
  }

 private:
  static constexpr std::size_t kDeep = 20'000, kWide = 500'000;
  const std::size_t& told_;
  const std::size_t max_depth_;
  std::size_t seen_ = 0, marks_ = 0;
  long open_ = 0;
};

// A text, piece by piece, and, behind its last line break, a comment: yaml-cpp forgives a quote that is open at the end of
// the file when a line break stands before it, and a file that was cut off would pass for a whole one.
class Input : public std::streambuf {
 public:
  Input(std::string_view text, Untold untold) : text_(text), untold_(untold) {
    const auto last = text.find_last_not_of(" \t");
    if (last != std::string_view::npos && text[last] == '\n') end_ = last + 1 == text.size() ? "#" : "\n#";
  }
  // Why it ended before the text did.
  const std::optional<Fault>& fault() const { return fault_; }

 protected:
  int_type underflow() override {
    const auto piece = at_ < text_.size() ? text_.substr(at_, kPiece) : std::exchange(end_, {});
    if (piece.empty() || fault_) return traits_type::eof();
    line_ += static_cast<std::uint32_t>(std::count(piece.begin(), piece.end(), '\n'));
    if (auto wrong = untold_.more(piece); !wrong.empty()) {
      fault_ = Fault{std::move(wrong), line_};
      return traits_type::eof();
    }
    at_ += piece.size();
    char* p = const_cast<char*>(piece.data());  // NOLINT: streambuf's interface; only read
    setg(p, p, p + piece.size());
    return traits_type::to_int_type(*p);
  }

 private:
  static constexpr std::size_t kPiece = 16u << 10;
  std::string_view text_, end_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  Untold untold_;
  std::optional<Fault> fault_;
};

// What yaml-cpp would let through: bytes that are no UTF-8, and control characters (at 04 it stops reading, as if
// the file ended there). Returns what is wrong at `at`, or an empty text.
std::string_view bad_character(std::string_view text, std::size_t& at) {
  at = utf8_valid_prefix(text);
  const auto control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
  };
  const auto found = std::find_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), control);
  if (static_cast<std::size_t>(found - text.begin()) == at)
    return at == text.size() ? "" : "not valid UTF-8: expected UTF-8 text";
  at = static_cast<std::size_t>(found - text.begin());
  return "a control character: YAML allows none but tab and line breaks";
}

std::uint32_t line_at(std::string_view text, std::size_t at) {
  return 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// The beginnings of the lines of a text, asked for in rising order.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  std::string_view from(std::uint32_t line) {  // 0-based: the text from there on
    for (; line_ < line && at_ < text_.size(); ++line_) at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1;
    return text_.substr(at_);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 0;
};

// Where git has left the marks of a merge conflict, 1-based: the one that opens it if there is one before `line`, else
// the one at which reading ended. 0: nowhere.
std::uint32_t conflict_at(std::string_view text, std::uint32_t line, std::string_view& mark) {
  std::uint32_t found = 0;
  Lines lines{text};
  for (std::uint32_t at = 0; at <= line; ++at) {
    const auto rest = lines.from(at);
    const bool opens = rest.substr(0, 8) == "<<<<<<< ";
    const bool near = at + 1 >= line && (rest.substr(0, 7) == "=======" || rest.substr(0, 8) == ">>>>>>> ");
    if (!opens && (!near || found)) continue;
    found = at + 1;
    mark = rest.substr(0, 7);
  }
  return found;
}

// What a person did, where yaml-cpp only says what it had expected.
Fault not_valid(std::string_view text, const YAML::Exception& e) {
  const auto line = static_cast<std::uint32_t>(std::max(0, e.mark.line));
  std::string_view mark;
  if (const auto at = conflict_at(text, line, mark))
    return {"not valid YAML: " + std::string{mark} + " is what git leaves of a merge conflict: resolve it first", at};
  const auto there = Lines{text}.from(line);
  if (there.substr(0, there.find_first_not_of(" \t")).find('\t') != std::string_view::npos)
    return {"not valid YAML: YAML allows no tab as indentation: use spaces", line + 1};
  return {"not valid YAML: " + e.msg, line + 1};
}

}  // namespace

Result<std::vector<Doc>> read_yaml(std::string_view text, const ReadLimits& limits) {
  if (text.size() > limits.max_bytes) return Error{"larger than " + std::to_string(limits.max_bytes) + " bytes"};
  std::size_t at = 0;
  if (const auto bad = bad_character(text, at); !bad.empty()) return Error{std::string{bad}, "", "", line_at(text, at)};
  std::size_t told = 0;
  Input input{text, Untold{told, limits.max_depth}};
  std::istream stream{&input};
  const auto error = [&](const Fault& fault) {
    const Fault& first = input.fault() ? *input.fault() : fault;
    return Error{first.message, "", "", first.line};
  };
  std::vector<Doc> docs;
  Lines lines{text};
  try {
    YAML::Parser parser{stream};
    for (bool first = true;; first = false) {
      Doc doc;
      Handler handler{doc, limits, told};
      if (!parser.HandleNextDocument(handler)) break;
      // yaml-cpp takes whatever follows for a next document, and on some of it, like "[a], b", never moves on.
      const auto start = static_cast<std::uint32_t>(handler.start().line);
      if (!first && (handler.start().column != 0 || lines.from(start).substr(0, 3) != "---"))
        throw Fault{"text behind the end of a document: expected \"---\" or the end of the file", start + 1};
      if (!handler.saw_value() || !doc.root()) continue;
      if (handler.saw_merge()) {
        Doc merged;
        DocBuilder build{merged};
        expand_merges(doc.root(), build);
        doc = std::move(merged);
      }
      doc.shrink();
      docs.push_back(std::move(doc));
    }
  } catch (const Fault& fault) { return error(fault); } catch (const YAML::Exception& e) {
    return error(not_valid(text, e));
  }
  if (input.fault()) return error({});
  return docs;
}

}  // namespace launchgate
