#include "base/doc.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

namespace launchgate {

std::string_view to_string(Type type) {
  switch (type) {
    case Type::Null: return "null";
    case Type::False:
    case Type::True: return "boolean";
    case Type::Number: return "number";
    case Type::String: return "string";
    case Type::Array: return "array";
    case Type::Object: return "object";
  }
  return "unknown";
}

std::uint32_t Node::line() const { return doc_ ? doc_->place(index_) & ((1u << Doc::kLineBits) - 1) : 0; }

std::uint8_t Node::origin() const {
  if (origin_ || !doc_) return origin_;
  return static_cast<std::uint8_t>(doc_->place(index_) >> Doc::kLineBits);
}

Node Node::at(std::uint32_t position) const {
  if (position >= size()) return {};
  std::uint32_t i = index_ + 1;
  while (position--) i = doc_->after(i);
  return doc_->node(i, origin_);
}

void Doc::shrink() {
  records_.shrink_to_fit();
  text_.shrink_to_fit();
  places_.shrink_to_fit();
  layers_.shrink_to_fit();
}

namespace {

// As many bytes as it takes, seven bits each, the lowest first.
void append_varint(std::string& out, std::uint32_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

std::uint32_t take_varint(const char*& from) {
  std::uint32_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*from++);
    value |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

void append_key(std::string& text, std::string_view key) {
  if (key.size() >= 31) WordPool::append_size(text, key.size());
  text += key;
}

}  // namespace

void Doc::compact() {
  std::unordered_map<std::string_view, std::uint32_t> known;  // into the old text, which lives until the end
  std::string fresh;
  const auto moved = [&](std::uint32_t at, std::string_view text) {
    if (at & kShared) return at;
    if (const auto word = WordPool::share(text)) return *word | kShared;
    const auto [found, added] = known.emplace(text, 0);
    if (added) {
      append_key(fresh, text);  // it may be a key elsewhere
      found->second = static_cast<std::uint32_t>(fresh.size() - text.size());
    }
    return found->second;
  };
  for (Record& r : records_) {
    if (r.key_size) r.key_at = moved(r.key_at, key_of(r));
    if (r.type < static_cast<std::uint32_t>(Type::Array) && r.size) r.at = moved(r.at, {text_at(r.at), r.size});
  }
  const std::uint32_t packed_at = packed_at_;
  if (packed_at) {
    if (fresh.empty()) fresh += '\0';  // as in pack_lines()
    packed_at_ = static_cast<std::uint32_t>(fresh.size());
    fresh.append(text_, packed_at, std::string::npos);
  }
  text_ = std::move(fresh);
  borrowed_ = nullptr;
  if (!packed_at) pack_lines();
  shrink();
}

// A line is one byte as the step from the one before, and one has to be counted up to: not for long Docs, whose lines
// are asked for one by one.
void Doc::pack_lines() {
  constexpr std::size_t most = 2048;
  const bool plain = std::all_of(places_.begin(), places_.end(), [](std::uint32_t p) { return p >> kLineBits == 0; });
  if (places_.empty() || !plain || records_.size() > most) return;
  if (text_.empty()) text_ += '\0';  // so that 0 means none
  packed_at_ = static_cast<std::uint32_t>(text_.size());
  std::uint32_t before = 0;
  for (const std::uint32_t line : places_) {
    const auto step = static_cast<std::int32_t>(line - before);
    append_varint(text_, (static_cast<std::uint32_t>(step) << 1) ^ static_cast<std::uint32_t>(step >> 31));
    before = line;
  }
  places_ = {};
}

std::uint32_t Doc::place(std::uint32_t index) const {
  if (!packed_at_) return index < places_.size() ? places_[index] : 0;
  const char* at = text_.data() + packed_at_;
  std::uint32_t line = 0;
  for (std::uint32_t i = 0; i <= index; ++i) {
    const std::uint32_t step = take_varint(at);
    line += (step >> 1) ^ (0u - (step & 1));
  }
  return line;
}

void DocBuilder::long_key(std::string_view key) {
  key = key.substr(0, 0xffff);
  append_key(doc_.text_, key);
  key_at_ = static_cast<std::uint32_t>(doc_.text_.size() - key.size());
}

void DocBuilder::place(std::uint32_t place) {
  doc_.places_.resize(doc_.records_.size() - 1);
  doc_.places_.push_back(place);
}

bool DocBuilder::close() {
  const Open closed = open_.back();
  open_.pop_back();
  Doc::Record& r = doc_.records_[closed.index];
  r.at = next_index();
  r.size = closed.children & Doc::Record::kSize;
  return !closed.clash || !has_duplicate(closed.index);
}

bool DocBuilder::has_key(std::uint32_t container, std::string_view key) const {
  const auto short_size = static_cast<std::uint32_t>(std::min<std::size_t>(key.size(), Doc::Record::kLongKey));
  for (std::uint32_t i = container + 1; i != next_index(); i = doc_.after(i))
    if (doc_.has_key(doc_.records_[i], key, short_size)) return true;
  return false;
}

bool DocBuilder::has_duplicate(std::uint32_t container) {
  const auto& records = doc_.records_;
  const auto name = [&](std::uint32_t i) { return doc_.key_of(records[i]); };
  std::vector<std::string_view> keys;
  keys.reserve(records[container].size);
  for (std::uint32_t i = container + 1; i != records[container].at; i = doc_.after(i)) keys.push_back(name(i));
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice == keys.end()) return false;
  duplicate_ = *twice;
  return true;
}

void DocBuilder::copy(Node from, bool keep_origin) {
  const auto origin = origin_;
  if (keep_origin) origin_ = from.origin();
  line_ = from.line();
  if (from.type() < Type::Array) {
    scalar(from.type(), from.is_bool() ? std::string_view{} : from.text());
  } else {
    open(from.type());
    for (Node child : from) {
      if (from.is_object()) key(child.key());
      copy(child, keep_origin);
    }
    (void)close();  // the source had no duplicates
  }
  origin_ = origin;
}

void DocBuilder::copy_within(std::uint32_t index) {
  const auto stop = doc_.after(index);
  const auto first = append(doc_.records_[index].type);
  const auto shift = first - index;
  for (auto i = index; i != stop; ++i) {
    Doc::Record r = doc_.records_[i];
    if (Doc::is_container(r)) r.at += shift;
    if (i == index) {
      r.key_at = doc_.records_[first].key_at;
      r.key_size = doc_.records_[first].key_size;
      doc_.records_[first] = r;
    } else {
      doc_.records_.push_back(r);
    }
    if (doc_.places_.empty()) continue;
    doc_.places_.resize(doc_.records_.size());
    doc_.places_.back() = doc_.places_[i];
  }
}

void DocBuilder::refer(Node to, std::uint8_t origin) {
  const auto index = append(Doc::kReference);
  auto& layers = doc_.layers_;
  const auto known = std::find_if(layers.begin(), layers.end(),
                                  [&](const Doc::Layer& l) { return l.doc == to.doc() && l.origin == origin; });
  const auto layer = static_cast<std::uint32_t>(known - layers.begin());
  if (known == layers.end()) layers.push_back({to.doc(), origin});
  doc_.records_[index].at = to.index();
  doc_.records_[index].size = layer & Doc::Record::kSize;
}

bool same(Node a, Node b) {
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (a.is_object()) {
    for (Node child : a) {
      Node other = b[child.key()];
      if (other.doc() == nullptr || !same(child, other)) return false;
    }
    return true;
  }
  if (a.is_array()) {
    auto other = b.begin();
    for (Node child : a) {
      if (!same(child, *other)) return false;
      ++other;
    }
    return true;
  }
  return a.text() == b.text();
}

}  // namespace launchgate
