#include "edge/http/target.h"

#include <gtest/gtest.h>

namespace launchgate::http {
namespace {

TEST(OriginForm, Table) {
  struct Row { std::string_view target, wanted; };
  const Row rows[] = {
      {"/validate?timeout=5s", "/validate?timeout=5s"},
      {"/", "/"},
      {"*", "*"},
      {"http://host/validate?x=1", "/validate?x=1"},
      {"HTTPS://host:8443/validate", "/validate"},
      {"http://host", "/"},
      {"http://host?x", ""},
      {"http:///validate", ""},
      {"host:443", ""},
      {"ftp://host/x", ""},
      {"validate", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(origin_form(row.target), row.wanted) << row.target;
}

TEST(RequestedTimeout, Table) {
  struct Row { std::string_view target; long ms; };   // 0: none
  const Row rows[] = {
      {"/validate?timeout=5s", 5000},
      {"/validate?a=b&timeout=10s&c", 10000},
      {"/validate?timeout=1m30s", 90000},
      {"/validate?timeout=1.5s", 1500},
      {"/validate?timeout=500ms", 500},
      {"/validate?timeout=2500000us", 2500},
      {"/validate?timeout=1000000000ns", 1000},
      {"/validate?timeout=99999h", 3600000},
      {"/validate?timeout=00000000000000000000000000000000005s", 0},
      {"/validate?timeout=5s&timeout=9s", 5000},
      {"/validate", 0},
      {"/validate?", 0},
      {"/validate?timeout=", 0},
      {"/validate?timeout=0s", 0},
      {"/validate?timeout=-5s", 0},
      {"/validate?timeout=5", 0},
      {"/validate?timeout=5sx", 0},
      {"/validate?timeout=.s", 0},
      {"/validate?timeout=1e9s", 0},
      {"/validate?xtimeout=5s", 0},
      {"/timeout=5s", 0},
  };
  for (const Row& row : rows) {
    const auto found = requested_timeout(row.target);
    EXPECT_EQ(found ? found->count() : 0, row.ms) << row.target;
  }
}

}  // namespace
}  // namespace launchgate::http
