// Docs from and to text, for tests: so that an expectation is one string.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/json_read.h"
#include "base/json_write.h"

namespace launchgate::testing {

inline Doc doc(std::string_view json) {
  auto read = read_json(json);
  EXPECT_TRUE(read) << json << ": " << read.error().text();
  return read ? std::move(*read) : Doc{};
}

inline std::string text(Node node) {
  std::string out;
  append_json(out, node);
  return out;
}

inline std::string canonical(Node node, KeyRule leave_out = nullptr) {
  std::string out;
  append_canonical_json(out, node, leave_out);
  return out;
}

}  // namespace launchgate::testing
