// Result<T>: a value or the Error that prevented it (a subset of std::expected, which gcc 12 lacks).
//
// Two channels of failure run through launchgate: a broken machine or unreadable input is an Error and
// propagates; an unmet gate is a Finding and is a value like any other. Nothing below the doors throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace launchgate {

// What went wrong, where, and what was expected. `file` and `line` are empty/0 where there is none.
struct Error {
  std::string message;     // one sentence: what was found, what was expected, what to do
  std::string field = {};  // the path in the object, e.g. "spec.cost.budget.amount"
  std::string file = {};   // as the user named it
  std::uint32_t line = 0;  // 1-based; 0 = unknown

  // "file:line: field: message", leaving out what is not known.
  std::string text() const {
    std::string out;
    if (!file.empty()) out += file + (line ? ":" + std::to_string(line) : std::string{}) + ": ";
    else if (line) out += "line " + std::to_string(line) + ": ";
    if (!field.empty()) out += field + ": ";
    return out + message;
  }
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}      // NOLINT: implicit by design, like std::expected
  Result(Error error) : error_(std::move(error)) {}  // NOLINT
  explicit operator bool() const { return value_.has_value(); }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const Error& error() const { return error_; }
  Error& error() { return error_; }

 private:
  std::optional<T> value_;
  Error error_;
};

}  // namespace launchgate
