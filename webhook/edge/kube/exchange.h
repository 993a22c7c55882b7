// exchange(): one request and its answer over a Stream, HTTP/1.1. The body is handed on while it comes, so that neither
// a list nor a watch ever stands in memory as a whole.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "edge/kube/outcome.h"
#include "edge/kube/stream.h"

namespace launchgate::kube {

struct Request {
  std::string method = "GET";
  std::string target;  // path and query, escaped
  std::string content_type = {};
  std::string_view body = {};
  std::string accept = "application/json";
};

// Who says it: the same for every request of a client.
struct Caller {
  std::string host, user_agent, token;
};

struct Response {
  unsigned status = 0;
  bool keep = false;  // the connection can take another request
  std::optional<std::chrono::seconds> retry_after = {};
  std::string error_body = {};  // of a status from 400 on, at most 64 KiB
};

// How long each part may take.
struct Times {
  Deadline head;                                  // until the answer begins
  std::optional<Deadline> whole = {};             // until its end; nothing: as long as it goes on
  std::chrono::milliseconds idle{24 * 3600'000};  // between two pieces of the body
};

// False: enough, the connection is given up.
using OnBody = std::function<bool(std::string_view piece)>;

// `body` gets what a status below 400 comes with.
Outcome<Response> exchange(Stream& stream, const Request& request, const Caller& caller, const OnBody& body,
                           const Times& times, const Stop& stop);

// What an answer from 400 on means: the reason and the message of its metav1.Status.
Failure failure_of(const Request& request, const Response& response);

}  // namespace launchgate::kube
