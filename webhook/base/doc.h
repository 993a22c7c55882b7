// Doc: a JSON value as two flat buffers; Node: a view of one place in it.
//
// Everything that launchgate reads (requests, manifests, reviews, policies) becomes a Doc, so that one set of
// gates, paths, digests and messages serves them all. A Doc is written once by a DocBuilder and then only read;
// any number of threads may read it. It costs 20 bytes a value plus its text, and building one into reused
// buffers allocates nothing.
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

namespace launchgate {

enum class Type : std::uint8_t { Null, False, True, Number, String, Array, Object };
std::string_view to_string(Type type);

class Doc;

// A place in a Doc, or nowhere. Copy freely; valid while its Doc lives and is not rebuilt.
class Node {
 public:
  Node() = default;
  Node(const Doc* doc, std::uint32_t index) : doc_(doc), index_(index) {}

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
    iterator(const Doc* doc, std::uint32_t index) : doc_(doc), index_(index) {}
    Node operator*() const { return {doc_, index_}; }
    iterator& operator++();
    bool operator!=(const iterator& other) const { return index_ != other.index_; }

   private:
    const Doc* doc_;
    std::uint32_t index_;
  };
  iterator begin() const;
  iterator end() const;

  const Doc* doc() const { return doc_; }
  std::uint32_t index() const { return index_; }

 private:
  const Doc* doc_ = nullptr;
  std::uint32_t index_ = 0;
};

class Doc {
 public:
  Node root() const { return records_.empty() ? Node{} : Node{this, 0}; }
  std::size_t bytes() const { return records_.capacity() * sizeof(Record) + text_.capacity(); }
  void shrink() {
    records_.shrink_to_fit();
    text_.shrink_to_fit();
  }
  void compact();  // for keeping: equal keys and texts are stored once; Nodes into it stay valid, their texts do not

 private:
  friend class Node;
  friend class DocBuilder;
  struct Record {
    std::uint32_t key_at;  // offset of the key in text_
    std::uint16_t key_size;
    Type type;
    std::uint8_t origin;
    std::uint32_t at;    // scalars: offset in text_; containers: index after the last descendant
    std::uint32_t size;  // scalars: bytes; containers: number of children
    std::uint32_t line;
  };
  std::uint32_t after(std::uint32_t index) const {
    const Record& r = records_[index];
    return r.type >= Type::Array ? r.at : index + 1;
  }
  std::vector<Record> records_;  // preorder
  std::string text_;
};

// ---- Inline: these few are most of what a judgement does. ----

inline Type Node::type() const { return doc_ ? doc_->records_[index_].type : Type::Null; }

inline std::string_view Node::key() const {
  if (!doc_) return {};
  const auto& r = doc_->records_[index_];
  return {doc_->text_.data() + r.key_at, r.key_size};
}

inline std::uint32_t Node::size() const { return type() >= Type::Array ? doc_->records_[index_].size : 0; }

inline Node Node::operator[](std::string_view key) const {
  if (type() != Type::Object) return {};
  const char* text = doc_->text_.data();
  const std::uint32_t stop = doc_->records_[index_].at;
  for (std::uint32_t i = index_ + 1; i != stop; i = doc_->after(i)) {
    const auto& r = doc_->records_[i];
    if (r.key_size == key.size() && std::memcmp(text + r.key_at, key.data(), key.size()) == 0) return {doc_, i};
  }
  return {};
}

inline Node::iterator& Node::iterator::operator++() {
  index_ = doc_->after(index_);
  return *this;
}

inline Node::iterator Node::begin() const { return size() ? iterator{doc_, index_ + 1} : iterator{doc_, 0}; }

inline Node::iterator Node::end() const { return size() ? iterator{doc_, doc_->after(index_)} : iterator{doc_, 0}; }

// Writes a Doc front to back. Not for concurrent use. Duplicate keys are refused at close().
class DocBuilder {
 public:
  explicit DocBuilder(Doc& doc) : doc_(doc) {
    doc_.records_.clear();
    doc_.text_.clear();
  }

  void key(std::string_view key);                         // before each value inside an object
  void line(std::uint32_t line) { line_ = line; }         // of the values that follow
  void origin(std::uint8_t origin) { origin_ = origin; }  // of the values that follow
  void scalar(Type type, std::string_view text = {});
  void string(std::string_view text) { scalar(Type::String, text); }
  void boolean(bool value) { scalar(value ? Type::True : Type::False); }
  void open(Type type);  // Array or Object
  // Ends the innermost container. False: it has the key `duplicate()` twice.
  [[nodiscard]] bool close();
  void copy(Node from, bool keep_origin = false);  // a whole subtree of any Doc
  void copy_within(std::uint32_t index);           // a subtree of the Doc being built (YAML alias)

  std::string_view duplicate() const { return duplicate_; }
  std::size_t values() const { return doc_.records_.size(); }
  std::size_t text_bytes() const { return doc_.text_.size(); }
  std::size_t depth() const { return open_.size(); }
  std::uint32_t next_index() const { return static_cast<std::uint32_t>(doc_.records_.size()); }

 private:
  std::uint32_t append(Type type);
  bool has_duplicate(std::uint32_t container);
  Doc& doc_;
  std::vector<std::uint32_t> open_;
  std::uint32_t key_at_ = 0, line_ = 0;
  std::uint16_t key_size_ = 0;
  std::uint8_t origin_ = 0;
  std::string duplicate_;
};

// a and b hold the same value; the order of keys does not matter.
bool same(Node a, Node b);

}  // namespace launchgate
