#include "edge/http/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace launchgate::http {
namespace {

struct Status {
  unsigned code;
  std::string_view line;
};
constexpr std::array kStatuses{
    Status{200, "HTTP/1.1 200 OK\r\n"},
    Status{204, "HTTP/1.1 204 No Content\r\n"},
    Status{301, "HTTP/1.1 301 Moved Permanently\r\n"},
    Status{302, "HTTP/1.1 302 Found\r\n"},
    Status{304, "HTTP/1.1 304 Not Modified\r\n"},
    Status{400, "HTTP/1.1 400 Bad Request\r\n"},
    Status{401, "HTTP/1.1 401 Unauthorized\r\n"},
    Status{403, "HTTP/1.1 403 Forbidden\r\n"},
    Status{404, "HTTP/1.1 404 Not Found\r\n"},
    Status{405, "HTTP/1.1 405 Method Not Allowed\r\n"},
    Status{406, "HTTP/1.1 406 Not Acceptable\r\n"},
    Status{408, "HTTP/1.1 408 Request Timeout\r\n"},
    Status{409, "HTTP/1.1 409 Conflict\r\n"},
    Status{413, "HTTP/1.1 413 Content Too Large\r\n"},
    Status{415, "HTTP/1.1 415 Unsupported Media Type\r\n"},
    Status{417, "HTTP/1.1 417 Expectation Failed\r\n"},
    Status{422, "HTTP/1.1 422 Unprocessable Content\r\n"},
    Status{429, "HTTP/1.1 429 Too Many Requests\r\n"},
    Status{431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
    Status{500, "HTTP/1.1 500 Internal Server Error\r\n"},
    Status{501, "HTTP/1.1 501 Not Implemented\r\n"},
    Status{503, "HTTP/1.1 503 Service Unavailable\r\n"},
    Status{504, "HTTP/1.1 504 Gateway Timeout\r\n"},
    Status{505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
};

// The reason phrase means nothing to a client, so a status that is missing above may go without.
std::string_view status_line(unsigned code, std::array<char, 32>& scratch) {
  const auto known = std::ranges::find(kStatuses, code, &Status::code);
  if (known != kStatuses.end()) return known->line;
  const int size = std::snprintf(scratch.data(), scratch.size(), "HTTP/1.1 %u \r\n", code);
  return {scratch.data(), static_cast<std::size_t>(size)};
}

}  // namespace

bool append_answer(Buffer& out, const Response& response, const Framing& framing) {
  const unsigned status = response.status >= 200 && response.status <= 999 ? response.status : 500;
  const bool bodiless = status == 204 || status == 304;
  std::array<char, 32> scratch;
  bool fits = out.append(status_line(status, scratch)) && out.append(framing.date);
  if (!bodiless) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), response.body.size()).ptr;
    fits = fits && out.append("Content-Type: ") && out.append(response.content_type) &&
           out.append("\r\nContent-Length: ") &&
           out.append({digits.data(), static_cast<std::size_t>(end - digits.data())}) && out.append("\r\n");
  }
  if (framing.close) fits = fits && out.append("Connection: close\r\n");
  else if (framing.keep_alive) fits = fits && out.append("Connection: keep-alive\r\n");
  fits = fits && out.append(response.headers) && out.append("\r\n");
  if (!bodiless && !framing.head) fits = fits && out.append(response.body);
  return fits;
}

void plain_error(unsigned status, std::string_view what, Response& response) {
  response.status = status;
  response.body = "{\"error\": \"";
  for (const char c : what)
    if (c == '"' || c == '\\') (response.body += '\\') += c;
    else response.body += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  response.body += "\"}";
}

std::string date_line(std::time_t now) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&now, &utc);
  char line[64];
  const int size =
      std::snprintf(line, sizeof line, "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n", kDays[utc.tm_wday], utc.tm_mday,
                    kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return {line, static_cast<std::size_t>(size)};
}

}  // namespace launchgate::http
