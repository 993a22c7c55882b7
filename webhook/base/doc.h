// Doc: a JSON value as two flat buffers; Node: a view of one place in it.
//
// Everything that launchgate reads (requests, manifests, reviews, policies) becomes a Doc, so that one set of
// gates, paths, digests and messages serves them all. A Doc is written once by a DocBuilder and then only read;
// any number of threads may read it. It costs 12 bytes a value plus its text, and building one into reused
// buffers allocates nothing. One that is kept is compacted: texts that many Docs share stand once in the process
// (base/words.h). One that is merged refers to places in others and does not repeat them; one that is read for a
// moment may refer to the text that it was read from.
//
//   Node amount = doc.root()["spec"]["cost"]["budget"]["amount"];
//   if (!amount) ...                      // absent and null are the same: Kubernetes drops nulls
//   amount.text()                         // numbers keep their text: money is never rounded
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.h"

namespace launchgate {

enum class Type : std::uint8_t { Null, False, True, Number, String, Array, Object };
std::string_view to_string(Type type);

class Doc;

// A place in a Doc, or nowhere. Copy freely; valid while its Doc lives and is not rebuilt. The children of a merged Doc's
// Node may stand in another Doc: doc() and index() say where.
class Node {
 public:
  Node() = default;
  Node(const Doc* doc, std::uint32_t index, std::uint8_t origin = 0) : doc_(doc), index_(index), origin_(origin) {}

  // Present and not null.
  explicit operator bool() const { return doc_ && type() != Type::Null; }
  Type type() const;  // Null when nowhere
  bool is_object() const { return type() == Type::Object; }
  bool is_array() const { return type() == Type::Array; }
  bool is_string() const { return type() == Type::String; }
  bool is_number() const { return type() == Type::Number; }
  bool is_bool() const { return type() == Type::True || type() == Type::False; }
  bool is_true() const { return type() == Type::True; }

  std::string_view text() const;  // a string's or number's text, "true"/"false"; else empty
  std::string_view key() const;   // its key in the object that holds it; empty in arrays
  std::uint32_t size() const;     // children of an object or array; else 0
  std::uint32_t line() const;     // 1-based line in the file it was read from; 0 = unknown
  std::uint8_t origin() const;    // which layer of a merge set it (see verdict/resolve)

  Node operator[](std::string_view key) const;  // nowhere when this is not an object or lacks the key
  Node at(std::uint32_t position) const;        // child by position; nowhere when out of range

  // Iteration over the children of an object or array, in the order of the text.
  class iterator {
   public:
    iterator(const Doc* doc, std::uint32_t index, std::uint8_t origin) : doc_(doc), index_(index), origin_(origin) {}
    Node operator*() const;
    iterator& operator++();
    bool operator!=(const iterator& other) const { return index_ != other.index_; }

   private:
    const Doc* doc_;
    std::uint32_t index_;
    std::uint8_t origin_;
  };
  iterator begin() const;
  iterator end() const;

  const Doc* doc() const { return doc_; }
  std::uint32_t index() const { return index_; }

 private:
  const Doc* doc_ = nullptr;
  std::uint32_t index_ = 0;
  std::uint8_t origin_ = 0;  // of the reference that led here
};

class Doc {
 public:
  Node root() const { return records_.empty() ? Node{} : Node{this, 0}; }
  std::size_t bytes() const {  // what it holds besides itself
    return records_.capacity() * sizeof(Record) + text_.capacity() + places_.capacity() * sizeof(std::uint32_t) +
           layers_.capacity() * sizeof(Layer);
  }
  void shrink();
  void compact();  // for keeping: shared texts go to the Words; Nodes into it stay valid, their texts do not

 private:
  friend class Node;
  friend class DocBuilder;
  struct Record {
    static constexpr std::uint32_t kSize = (1u << 24) - 1, kLongKey = 31;
    std::uint32_t key_at = 0;  // where the key's bytes begin, see text_at(); of kLongKey or more, its size is before
    std::uint32_t at =
        0;  // scalars: where the text begins; containers: index after the last descendant; references: index there
    std::uint32_t size : 24 = 0;     // scalars: bytes; containers: number of children; references: which layer
    std::uint32_t key_size : 5 = 0;  // kLongKey: that or more
    std::uint32_t type : 3 = 0;      // a Type, or kReference
  };
  static_assert(sizeof(Record) == 12);
  static constexpr std::uint32_t kReference = 7;        // a value that stands in another Doc
  static constexpr std::uint32_t kShared = 1u << 31;    // an offset into the Words, not into text_
  static constexpr std::uint32_t kBorrowed = 1u << 30;  // an offset into what it was read from
  struct Layer {
    const Doc* doc;
    std::uint8_t origin;
  };
  static bool is_container(const Record& r) { return r.type - static_cast<std::uint32_t>(Type::Array) < 2u; }

  const char* text_at(std::uint32_t at) const {
    return at & kShared     ? WordPool::at(at & ~kShared)
           : at & kBorrowed ? borrowed_ + (at & ~kBorrowed)
                            : text_.data() + at;
  }
  std::string_view key_of(const Record& r) const {
    const char* key = text_at(r.key_at);
    if (r.key_size < Record::kLongKey) return {key, r.key_size};
    return {key, WordPool::size_before(key)};
  }
  bool has_key(const Record& r, std::string_view key, std::uint32_t short_size) const {
    if (r.key_size != short_size) return false;
    return short_size == Record::kLongKey ? key_of(r) == key : same_bytes(text_at(r.key_at), key.data(), key.size());
  }
  // Keys are short: without a call.
  static bool same_bytes(const char* a, const char* b, std::size_t size) {
    const auto same = [&](auto word, std::size_t at) {
      auto other = word;
      std::memcpy(&word, a + at, sizeof word);
      std::memcpy(&other, b + at, sizeof other);
      return word == other;
    };
    constexpr std::uint64_t eight = 0;
    constexpr std::uint32_t four = 0;
    if (size > 16) return std::memcmp(a, b, size) == 0;
    if (size >= 8) return same(eight, 0) && same(eight, size - 8);
    if (size >= 4) return same(four, 0) && same(four, size - 4);
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
  }
  std::uint32_t after(std::uint32_t index) const {
    const Record& r = records_[index];
    return is_container(r) ? r.at : index + 1;
  }
  Node node(std::uint32_t index, std::uint8_t origin) const {
    const Record& r = records_[index];
    if (r.type != kReference) return {this, index, origin};
    const Layer& to = layers_[r.size];
    return {to.doc, r.at, to.origin};
  }
  std::uint32_t place(std::uint32_t index) const;  // its line, and above kLineBits its origin
  void pack_lines();

  static constexpr unsigned kLineBits = 24;
  std::vector<Record> records_;  // preorder
  std::string text_;
  const char* borrowed_ = nullptr;
  std::uint32_t packed_at_ = 0;        // in text_: the steps from line to line of a compacted Doc; 0: none
  std::vector<std::uint32_t> places_;  // by record, while not packed; empty: no lines, no origins
  std::vector<Layer> layers_;          // into which references lead
};

// ---- Inline: these few are most of what a judgement does. ----

inline Type Node::type() const { return doc_ ? static_cast<Type>(doc_->records_[index_].type) : Type::Null; }

inline std::string_view Node::key() const { return doc_ ? doc_->key_of(doc_->records_[index_]) : std::string_view{}; }

inline std::string_view Node::text() const {
  if (!doc_) return {};
  const auto& r = doc_->records_[index_];
  switch (static_cast<Type>(r.type)) {
    case Type::True: return "true";
    case Type::False: return "false";
    case Type::Number:
    case Type::String: return {doc_->text_at(r.at), r.size};
    default: return {};
  }
}

inline std::uint32_t Node::size() const { return type() >= Type::Array ? doc_->records_[index_].size : 0; }

inline Node Node::operator[](std::string_view key) const {
  if (type() != Type::Object) return {};
  const std::uint32_t stop = doc_->records_[index_].at;
  const auto short_size =
      static_cast<std::uint32_t>(key.size() < Doc::Record::kLongKey ? key.size() : Doc::Record::kLongKey);
  for (std::uint32_t i = index_ + 1; i != stop; i = doc_->after(i))
    if (doc_->has_key(doc_->records_[i], key, short_size)) return doc_->node(i, origin_);
  return {};
}

inline Node Node::iterator::operator*() const { return doc_->node(index_, origin_); }

inline Node::iterator& Node::iterator::operator++() {
  index_ = doc_->after(index_);
  return *this;
}

inline Node::iterator Node::begin() const {
  return size() ? iterator{doc_, index_ + 1, origin_} : iterator{doc_, 0, 0};
}

inline Node::iterator Node::end() const {
  return size() ? iterator{doc_, doc_->after(index_), origin_} : iterator{doc_, 0, 0};
}

// Writes a Doc front to back. Not for concurrent use. Duplicate keys are refused at close().
class DocBuilder {
 public:
  // Keys and texts that stand in `source` are referred to and not copied: it has to outlive the Doc.
  explicit DocBuilder(Doc& doc, std::string_view source = {}) : doc_(doc), source_(source) {
    if (source_.size() >= Doc::kBorrowed) source_ = {};
    doc_.records_.clear();
    doc_.text_.clear();
    doc_.borrowed_ = source_.data();
    doc_.packed_at_ = 0;
    doc_.places_.clear();
    doc_.layers_.clear();
    open_.reserve(16);  // few go deeper
  }

  void key(std::string_view key);                         // before each value inside an object
  void line(std::uint32_t line) { line_ = line; }         // of the values that follow
  void origin(std::uint8_t origin) { origin_ = origin; }  // of the values that follow
  void scalar(Type type, std::string_view text = {});     // of 16 MiB at most; no reader takes that much
  void string(std::string_view text) { scalar(Type::String, text); }
  void boolean(bool value) { scalar(value ? Type::True : Type::False); }
  void open(Type type);  // Array or Object
  // Ends the innermost container. False: it has the key `duplicate()` twice.
  [[nodiscard]] bool close();
  void copy(Node from, bool keep_origin = false);  // a whole subtree of any Doc
  void copy_within(std::uint32_t index);           // a subtree of the Doc being built (YAML alias)
  void refer(Node to, std::uint8_t origin);        // a value of another Doc, which has to outlive this one

  std::string_view duplicate() const { return duplicate_; }
  std::size_t values() const { return doc_.records_.size(); }
  std::size_t text_bytes() const { return doc_.text_.size(); }
  std::size_t depth() const { return open_.size(); }
  std::uint32_t next_index() const { return static_cast<std::uint32_t>(doc_.records_.size()); }

 private:
  std::uint32_t append(std::uint32_t type, std::uint32_t at = 0, std::uint32_t size = 0);
  std::uint32_t keep(std::string_view text);  // where it stands from now on
  void see(std::string_view key);
  void long_key(std::string_view key);
  void place(std::uint32_t place);  // of the value that was appended last
  bool has_key(std::uint32_t container, std::string_view key) const;
  bool has_duplicate(std::uint32_t container);
  Doc& doc_;
  std::string_view source_;
  // A container that is open. `seen`: a filter over its keys. A key that may have been seen is looked for among the others
  // at once while they are few, else when it closes; `clash`: it is there twice, or may be.
  struct Open {
    std::uint32_t index, children;
    bool clash;
    std::uint64_t seen;
  };
  std::vector<Open> open_;
  std::uint32_t key_at_ = 0, line_ = 0;
  std::uint32_t key_size_ = 0;  // as a Record has it
  std::uint8_t origin_ = 0;
  std::string duplicate_;
};

// ---- Inline: what each value of a request takes. ----

// `seen` has one of 64 bits for a key, from its size and three of its bytes: that settles nearly every object without
// comparing.
inline void DocBuilder::see(std::string_view key) {
  constexpr std::uint32_t few = 32;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(key[i])); };
  const unsigned hash = key.empty() ? 0
                                    : byte(0) * 7 + byte(key.size() / 2) * 3 + byte(key.size() - 1) * 13 +
                                          static_cast<unsigned>(key.size());
  const auto bit = std::uint64_t{1} << (hash & 63u);
  Open& in = open_.back();
  if (in.seen & bit) in.clash |= in.children > few || has_key(in.index, key);
  in.seen |= bit;
}

inline std::uint32_t DocBuilder::keep(std::string_view text) {
  const auto offset = reinterpret_cast<std::uintptr_t>(text.data()) - reinterpret_cast<std::uintptr_t>(source_.data());
  if (offset < source_.size()) return static_cast<std::uint32_t>(offset) | Doc::kBorrowed;
  const auto at = static_cast<std::uint32_t>(doc_.text_.size());
  doc_.text_.append(text);
  return at;
}

inline void DocBuilder::key(std::string_view key) {
  if (!open_.empty()) see(key);
  if (key.size() < Doc::Record::kLongKey) {
    key_size_ = static_cast<std::uint32_t>(key.size());
    key_at_ = keep(key);
  } else {
    key_size_ = Doc::Record::kLongKey;
    long_key(key);
  }
}

inline std::uint32_t DocBuilder::append(std::uint32_t type, std::uint32_t at, std::uint32_t size) {
  const auto index = next_index();
  doc_.records_.push_back({key_at_, at, size & Doc::Record::kSize, key_size_ & Doc::Record::kLongKey, type & 7u});
  key_size_ = 0;
  if (const std::uint32_t where = line_ | static_cast<std::uint32_t>(origin_) << Doc::kLineBits;
      where || !doc_.places_.empty())
    place(where);
  if (!open_.empty()) ++open_.back().children;
  return index;
}

inline void DocBuilder::scalar(Type type, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size() < Doc::Record::kSize ? text.size() : Doc::Record::kSize);
  append(static_cast<std::uint32_t>(type), size ? keep({text.data(), size}) : 0, size);
}

inline void DocBuilder::open(Type type) { open_.push_back({append(static_cast<std::uint32_t>(type)), 0, false, 0}); }

// a and b hold the same value; the order of keys does not matter.
bool same(Node a, Node b);

}  // namespace launchgate
