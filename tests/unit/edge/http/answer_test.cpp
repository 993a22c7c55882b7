#include "edge/http/answer.h"

#include <gtest/gtest.h>

namespace launchgate::http {
namespace {

std::string bytes_of(const Response& response, const Framing& framing) {
  Budget budget(1 << 20);
  Buffer out(budget);
  EXPECT_TRUE(append_answer(out, response, framing));
  return {out.data(), out.size()};
}

TEST(Answer, HeadAndBody) {
  Response response;
  response.body = "{}";
  EXPECT_EQ(bytes_of(response, {.date = "Date: x\r\n"}),
            "HTTP/1.1 200 OK\r\nDate: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(bytes_of(response, {.date = "", .close = true, .head = true}),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(bytes_of(response, {.date = "", .keep_alive = true}),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\n{}");
}

TEST(Answer, StatusesWithoutBodyWithoutNameAndWithoutSense) {
  Response response;
  response.body = "{}";
  response.status = 204;
  EXPECT_EQ(bytes_of(response, {}), "HTTP/1.1 204 No Content\r\n\r\n");
  response.body.clear();
  response.status = 299;
  EXPECT_EQ(bytes_of(response, {}).substr(0, 15), "HTTP/1.1 299 \r\n");
  response.status = 7;
  EXPECT_EQ(bytes_of(response, {}).substr(0, 12), "HTTP/1.1 500");
}

TEST(Answer, HeadersOfTheHandler) {
  Response response;
  response.status = 405;
  response.headers = "Allow: POST\r\n";
  EXPECT_EQ(bytes_of(response, {}),
            "HTTP/1.1 405 Method Not Allowed\r\nContent-Type: application/json\r\nContent-Length: 0\r\nAllow: POST\r\n\r\n");
}

TEST(Answer, PlainErrorIsJson) {
  Response response;
  plain_error(400, "a \"quoted\\\" thing\n", response);
  EXPECT_EQ(response.body, R"({"error": "a \"quoted\\\" thing "})");
}

TEST(Answer, FixedAnswersGiveTheirOwnLength) {
  for (const std::string_view fixed : {kTooManyConnections, kClearTextOnTls}) {
    const std::size_t body = fixed.size() - (fixed.find("\r\n\r\n") + 4);
    EXPECT_NE(fixed.find("Content-Length: " + std::to_string(body) + "\r\n"), std::string_view::npos) << fixed;
  }
}

TEST(Answer, DateLine) { EXPECT_EQ(date_line(784111777), "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"); }

}  // namespace
}  // namespace launchgate::http
