#include "serve/options.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

std::string said(std::string_view text) {
  const auto endpoint = parse_endpoint(text);
  return endpoint ? endpoint->address + "|" + std::to_string(endpoint->port) : endpoint.error().text();
}

TEST(ParseEndpoint, Forms) {
  EXPECT_EQ(said(":8443"), "|8443");
  EXPECT_EQ(said("8443"), "|8443");
  EXPECT_EQ(said("127.0.0.1:0"), "127.0.0.1|0");
  EXPECT_EQ(said("[::1]:65535"), "::1|65535");
  for (const char* bad : {"", ":", "localhost", ":65536", ":-1", ":80 ", "[::1]"})
    EXPECT_EQ(said(bad), "\"" + std::string{bad} + "\" is no address to listen on: expected ADDRESS:PORT, such as 0.0.0.0:8443, [::]:8443 or :8443");
}

}  // namespace
}  // namespace launchgate
