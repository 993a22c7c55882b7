// The small path language of the kinds table: ".key" steps, "[]" every element of a list, "{*}" every value of a
// map, "" the object itself. Example: "spec.workerGroupSpecs[].template".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/doc.h"

namespace launchgate {

// Calls `visit` for every place in `root` that `path` names. Absent places are passed over.
template <class Visit>
void walk(Node root, std::string_view path, Visit&& visit) {
  if (!root) return;
  if (path.empty()) return visit(root);
  if (path[0] == '.') path.remove_prefix(1);
  if (path.substr(0, 2) == "[]" || path.substr(0, 3) == "{*}") {
    if (path[0] == '[' ? !root.is_array() : !root.is_object()) return;
    for (Node child : root) walk(child, path.substr(path[0] == '[' ? 2 : 3), visit);
    return;
  }
  std::size_t end = 0;
  while (end < path.size() && path[end] != '.' && path[end] != '[' && path[end] != '{') ++end;
  walk(root[path.substr(0, end)], path.substr(end), visit);
}

// True if `path` is written in the language.
bool is_valid_path(std::string_view path);

// Several words in one text, with blanks between them: "spec.template spec.worker". "." stands for "", the object itself.
class Words {
 public:
  constexpr Words() = default;
  constexpr Words(const char* text) : text_(text) {}  // NOLINT: a list is written as one text
  constexpr explicit Words(std::string_view text) : text_(text) {}

  class iterator {
   public:
    constexpr iterator(const char* at, const char* end) : at_(at), end_(end) { next(); }
    constexpr std::string_view operator*() const {
      const std::string_view word{at_, size_};
      return word == "." ? std::string_view{} : word;
    }
    constexpr iterator& operator++() {
      at_ += size_;
      next();
      return *this;
    }
    constexpr bool operator!=(const iterator& other) const { return at_ != other.at_; }

   private:
    constexpr void next() {
      while (at_ != end_ && *at_ == ' ') ++at_;
      for (size_ = 0; at_ + size_ != end_ && at_[size_] != ' ';) ++size_;
    }
    const char *at_, *end_;
    std::size_t size_ = 0;
  };
  constexpr iterator begin() const { return {text_.data(), text_.data() + text_.size()}; }
  constexpr iterator end() const { return {text_.data() + text_.size(), text_.data() + text_.size()}; }
  constexpr bool empty() const { return !(begin() != end()); }
  constexpr std::string_view front() const { return *begin(); }  // not of an empty one
  constexpr std::string_view text() const { return text_; }
  std::vector<std::string_view> list() const {
    std::vector<std::string_view> out;
    for (std::string_view w : *this) out.push_back(w);
    return out;
  }
  constexpr bool holds(std::string_view word) const {
    for (std::string_view w : *this)
      if (w == word) return true;
    return false;
  }

 private:
  std::string_view text_;
};
using Paths = Words;

}  // namespace launchgate
