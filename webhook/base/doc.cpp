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

std::string_view Node::text() const {
  switch (type()) {
    case Type::True: return "true";
    case Type::False: return "false";
    case Type::Number:
    case Type::String: {
      const auto& r = doc_->records_[index_];
      return {doc_->text_.data() + r.at, r.size};
    }
    default: return {};
  }
}

std::uint32_t Node::line() const { return doc_ ? doc_->records_[index_].line : 0; }
std::uint8_t Node::origin() const { return doc_ ? doc_->records_[index_].origin : 0; }

Node Node::at(std::uint32_t position) const {
  if (position >= size()) return {};
  std::uint32_t i = index_ + 1;
  while (position--) i = doc_->after(i);
  return {doc_, i};
}

void Doc::compact() {
  std::unordered_map<std::string_view, std::uint32_t> known;  // into the old text, which lives until the end
  std::string fresh;
  const auto moved = [&](std::uint32_t at, std::uint32_t size) {
    const std::string_view text{text_.data() + at, size};
    const auto [found, added] = known.emplace(text, static_cast<std::uint32_t>(fresh.size()));
    if (added) fresh += text;
    return found->second;
  };
  for (Record& r : records_) {
    if (r.key_size) r.key_at = moved(r.key_at, r.key_size);
    if (r.type < Type::Array && r.size) r.at = moved(r.at, r.size);
  }
  text_ = std::move(fresh);
  shrink();
}

void DocBuilder::key(std::string_view key) {
  key_at_ = static_cast<std::uint32_t>(doc_.text_.size());
  key_size_ = static_cast<std::uint16_t>(std::min<std::size_t>(key.size(), 0xffff));
  doc_.text_.append(key.data(), key_size_);
}

std::uint32_t DocBuilder::append(Type type) {
  const auto index = next_index();
  doc_.records_.push_back({key_at_, key_size_, type, origin_, 0, 0, line_});
  key_size_ = 0;
  if (!open_.empty()) ++doc_.records_[open_.back()].size;
  return index;
}

void DocBuilder::scalar(Type type, std::string_view text) {
  const auto index = append(type);
  if (text.empty()) return;
  doc_.records_[index].at = static_cast<std::uint32_t>(doc_.text_.size());
  doc_.records_[index].size = static_cast<std::uint32_t>(text.size());
  doc_.text_.append(text);
}

void DocBuilder::open(Type type) { open_.push_back(append(type)); }

bool DocBuilder::close() {
  const auto container = open_.back();
  open_.pop_back();
  doc_.records_[container].at = next_index();
  return doc_.records_[container].type != Type::Object || !has_duplicate(container);
}

// A 64-bit filter over (first byte, last byte, size) settles nearly every object; only a possible clash compares.
bool DocBuilder::has_duplicate(std::uint32_t container) {
  const auto& records = doc_.records_;
  const char* text = doc_.text_.data();
  const auto name = [&](std::uint32_t i) { return std::string_view{text + records[i].key_at, records[i].key_size}; };
  std::uint64_t seen = 0;
  bool clash = false;
  for (std::uint32_t i = container + 1; i != records[container].at; i = doc_.after(i)) {
    const auto k = name(i);
    const unsigned hash = k.empty() ? 0
                                    : static_cast<unsigned char>(k.front()) * 7u +
                                          static_cast<unsigned char>(k[k.size() / 2]) * 3u +
                                          static_cast<unsigned char>(k.back()) * 13u + static_cast<unsigned>(k.size());
    const std::uint64_t bit = 1ULL << (hash & 63u);
    clash |= (seen & bit) != 0;
    seen |= bit;
  }
  if (!clash) return false;
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
  const auto fix = [&](Doc::Record r) {
    if (r.type >= Type::Array) r.at += shift;
    return r;
  };
  const auto own_key = doc_.records_[first];
  auto root = fix(doc_.records_[index]);
  root.key_at = own_key.key_at;
  root.key_size = own_key.key_size;
  doc_.records_[first] = root;
  for (auto i = index + 1; i != stop; ++i) doc_.records_.push_back(fix(doc_.records_[i]));
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
