// ItemCutter: cuts the objects out of a list while its bytes come, so that the list never stands in memory.
//
//   ItemCutter cut{limit, [&](std::string_view item) { … }};
//   while (…) if (!cut.feed(piece)) …cut.error()
//   cut.rest()      // the list without its items: {"kind":"…List","metadata":{"resourceVersion":"…"},"items":[]}
//
// It follows strings and brackets only; what it cuts out is read by the strict reader afterwards. One thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace launchgate::kube {

class ItemCutter {
 public:
  // `most`: bytes of one item, and of the rest.
  ItemCutter(std::size_t most, std::function<void(std::string_view item)> visit)
      : most_(most), visit_(std::move(visit)) {}

  // False: it is no list, or larger than it may be.
  bool feed(std::string_view piece);
  const std::string& rest() const { return rest_; }
  const char* error() const { return error_; }

 private:
  bool fail(const char* why) {
    error_ = why;
    return false;
  }
  bool step(char c);
  void structure(char c);

  const std::size_t most_;
  const std::function<void(std::string_view)> visit_;
  std::string rest_, item_;
  std::string word_;  // the last string at depth 1: a key, perhaps
  const char* error_ = nullptr;
  unsigned depth_ = 0;
  bool in_string_ = false, escaped_ = false;
  bool items_ = false;    // inside "items": […]
  bool in_item_ = false;  // inside one of them
};

}  // namespace launchgate::kube
