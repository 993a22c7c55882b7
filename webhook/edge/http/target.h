// Request targets: what RFC 9112 allows in the request line, and the ?timeout= that API servers add. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace launchgate::http {

// The origin form of a target, as a view into it: "/a?b" of "/a?b" and of "http://host/a?b", "/" of "http://host",
// "*" of "*". Empty: a form that no origin server answers (CONNECT's authority, or nonsense).
std::string_view origin_form(std::string_view target);

// The duration of the first `timeout` in the target's query, as Go prints durations: "5s", "1m30s", "1.5s", "500ms".
// Nothing when there is none, it is zero, or it cannot be read; at most an hour.
std::optional<std::chrono::milliseconds> requested_timeout(std::string_view target);

}  // namespace launchgate::http
