// How an answer of a review is put in words: items with a label, each one line made of what stands in the spec.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secretlike.h"
#include "wire/fleet_review.h"

namespace launchgate::fleet_items {

using Item = FleetAnswer::Item;

// Words of one line, comma separated; what is absent leaves no trace.
class Line {
 public:
  Line& add(std::string_view before, std::string text, std::string_view after = "") {
    if (text.empty()) return *this;
    if (!text_.empty() && text_.back() == '.') text_.pop_back();  // of a whole sentence of theirs
    text_.append(text_.empty() ? "" : ", ").append(before).append(text).append(after);
    return *this;
  }
  Line& add(std::string_view before, Node value, std::string_view after = "") {
    return add(before, told(value), after);
  }
  std::string text() const { return text_; }

 private:
  std::string text_;
};

inline std::string list(Node items) {
  Line out;
  for (Node item : items) out.add("", item);
  return out.text();
}

// An address that may stand in a link as it is, without a name or a key in it.
inline bool is_https(std::string_view text) {
  constexpr std::string_view plain = "-._~:/?#!$&*+,;=%()";
  return text.substr(0, 8) == "https://" && text.size() > 8 && std::all_of(text.begin(), text.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  plain.find(c) != std::string_view::npos;
         });
}

class Items {
 public:
  void add(std::string label, std::string text, std::string_view url = {}) {
    if (text.empty()) return;
    const bool link = is_https(url) && secret_kind(url).empty();
    out_.push_back({std::move(label), std::move(text), link ? std::string{url} : std::string{}});
  }
  void add(std::string label, const Line& line, std::string_view url = {}) { add(std::move(label), line.text(), url); }
  void value(std::string label, Node value) { add(std::move(label), told(value), value.text()); }
  std::vector<Item> take() { return std::move(out_); }

 private:
  std::vector<Item> out_;
};

}  // namespace launchgate::fleet_items
