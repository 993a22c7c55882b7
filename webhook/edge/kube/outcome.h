// Outcome<T>: a value, or why the API server did not give it. An Error (base/result.h) is for people; a Failure also
// says what a program has to know to go on: may it be tried again, was it a conflict, is the object simply not there.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace launchgate::kube {

struct Failure {
  // The HTTP status; 0: nobody answered, and `reason` is Unreachable, Tls, Timeout, Malformed, TooLarge, Credentials or
  // Stopped.
  unsigned status = 0;
  std::string reason = {};  // metav1.Status reason: NotFound, AlreadyExists, Conflict, Forbidden, Expired, Invalid, …
  std::string message = {};  // one sentence with the request in it: "GET …/readinessreviews: 403 Forbidden: …"
  std::optional<std::chrono::seconds> retry_after = {};  // as the server asked

  bool not_found() const { return status == 404; }
  bool conflict() const { return status == 409 && reason != "AlreadyExists"; }
  bool already_exists() const { return status == 409 && reason == "AlreadyExists"; }
  bool gone() const { return status == 410; }  // the resourceVersion is compacted: list again
  bool forbidden() const { return status == 403 || status == 401; }
  Error error() const { return Error{message}; }
};

template <class T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : value_(std::move(value)) {}              // NOLINT: implicit by design, like Result
  Outcome(Failure failure) : failure_(std::move(failure)) {}  // NOLINT
  explicit operator bool() const { return value_.has_value(); }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }
  const Failure& failure() const { return failure_; }

 private:
  std::optional<T> value_;
  Failure failure_;
};

}  // namespace launchgate::kube
