#include "edge/kube/cutter.h"

namespace launchgate::kube {
namespace {

constexpr unsigned kDeepest = 200;  // the strict reader's bound is lower

}  // namespace

bool ItemCutter::feed(std::string_view piece) {
  for (const char c : piece)
    if (!step(c)) return false;
  return true;
}

bool ItemCutter::step(char c) {
  const bool was_item = in_item_;
  if (in_string_) {
    if (escaped_) escaped_ = false;
    else if (c == '\\') escaped_ = true;
    else if (c == '"') in_string_ = false;
    if (in_string_ && depth_ == 1 && word_.size() < 8) word_ += c;
  } else if (c == '"') {
    in_string_ = true;
    if (depth_ == 1) word_.clear();
  } else {
    structure(c);
    if (depth_ > kDeepest) return fail("it is nested deeper than 200");
  }
  if (was_item || in_item_) item_ += c;
  else if (!items_ || c == '[' || c == ']') rest_ += c;
  else if (c != ',' && c != ' ' && c != '\n' && c != '\r' && c != '\t') return fail("its items are no objects");
  if (item_.size() > most_) return fail("one of its items is larger than it may be");
  if (rest_.size() > most_) return fail("it is larger than it may be");
  if (was_item && !in_item_) {
    visit_(item_);
    item_.clear();
  }
  return true;
}

void ItemCutter::structure(char c) {
  if (c == '{' || c == '[') {
    ++depth_;
    if (c == '[' && depth_ == 2 && word_ == "items") items_ = true;
    if (c == '{' && depth_ == 3 && items_) in_item_ = true;
  } else if (c == '}' || c == ']') {
    if (depth_) --depth_;
    if (depth_ == 2) in_item_ = false;
    if (depth_ == 1) {
      items_ = false;
      word_.clear();
    }
  }
}

}  // namespace launchgate::kube
