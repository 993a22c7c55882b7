// What a handler sees and fills: one Request in, one Response out. No socket, no TLS, no Kubernetes.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace launchgate::http {

using Clock = std::chrono::steady_clock;

// Views into the connection's buffer: valid until the handler returns, never longer.
struct Request {
  std::string_view method;        // as sent, e.g. "POST"
  std::string_view target;        // origin form, e.g. "/validate?timeout=5s"; an absolute URL has lost its host; or "*"
  std::string_view content_type;  // empty when absent
  std::string_view body;          // at least 64 readable bytes follow its end (their content means nothing)
  Clock::time_point deadline;     // from the first byte of the request; the handler keeps it, nothing interrupts it
};

// Handed to the handler empty. `body` and `headers` keep their capacity from one request to the next.
struct Response {
  static constexpr std::size_t kMostKept = 256u << 10;  // of the body's capacity: a rare huge answer must not stay

  unsigned status = 200;
  std::string_view content_type = "application/json";  // must outlive the handler: a literal
  std::string
      headers;       // further complete lines, each ended by \r\n, e.g. "Allow: POST\r\n"; the handler's own text only
  std::string body;  // left out of the answer to HEAD, with 204 and with 304
  bool close = false;  // close the connection after this answer

  void reset() {
    status = 200;
    content_type = "application/json";
    headers.clear();
    if (body.capacity() > kMostKept) std::string{}.swap(body);
    body.clear();
    close = false;
  }
};

// Answers one request, on the connection's thread: it may be called from every server thread at once, and while it
// runs the other connections of its thread wait. A handler that throws is answered with 500.
using Handler = std::function<void(const Request&, Response&)>;

// Shapes the answers that the server gives by itself (400, 408, 413, 417, 431, 500, 501, 503, 505): fills body and
// content type. `what` is one English sentence. Same threads as Handler. Without one: {"error": "<what>"}.
using ErrorShape = std::function<void(unsigned status, std::string_view what, Response&)>;

}  // namespace launchgate::http
