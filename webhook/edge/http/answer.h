// The bytes of an answer: status line, header fields, body. Pure; the caller owns the buffer.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "edge/http/buffer.h"
#include "edge/http/message.h"

namespace launchgate::http {

// How one answer is framed. `date` is a whole field line, see date_line().
struct Framing {
  std::string_view date;
  bool close = false;       // "Connection: close"
  bool keep_alive = false;  // "Connection: keep-alive", which HTTP/1.0 clients must be told
  bool head = false;        // the answer to HEAD: the length of the body, and no body
};

// Appends head and body to `out`, so that small answers leave in one write. False: no memory.
[[nodiscard]] bool append_answer(Buffer& out, const Response& response, const Framing& framing);

// Fills `response` with {"error": "<what>"}: what ErrorShape does where there is none.
void plain_error(unsigned status, std::string_view what, Response& response);

// "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", whatever the locale.
std::string date_line(std::time_t now);

// Answers that are complete as they stand.
inline constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
inline constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 33\r\nRetry-After: 1\r\n"
    "Connection: close\r\n\r\n{\"error\": \"too many connections\"}";
inline constexpr std::string_view kClearTextOnTls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: 38\r\nConnection: close\r\n\r\n"
    "{\"error\": \"this port speaks only TLS\"}";

}  // namespace launchgate::http
