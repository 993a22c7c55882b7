// Lines: cuts a watch's answer into its lines while the bytes come: one event each. One thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace launchgate::kube {

class Lines {
 public:
  explicit Lines(std::size_t most) : most_(most) {}

  // Calls visit(line) for each that is complete; it returns false to end. False: ended, or a line is larger than it may
  // be (overflow() is true).
  template <class Visit>
  bool feed(std::string_view piece, Visit&& visit) {
    while (true) {
      const auto end = piece.find('\n');
      held_.append(piece.substr(0, end));
      if (held_.size() > most_) {
        overflow_ = true;
        return false;
      }
      if (end == std::string_view::npos) return true;
      const bool more = held_.empty() || visit(held_);
      held_.clear();
      if (!more) return false;
      piece.remove_prefix(end + 1);
    }
  }
  bool overflow() const { return overflow_; }

 private:
  const std::size_t most_;
  std::string held_;
  bool overflow_ = false;
};

}  // namespace launchgate::kube
