// Golden files: what is said, whole, in tests/golden. UPDATE_GOLDEN=1 in the environment rewrites them.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/world.h"

namespace launchgate::testing {

inline void expect_golden(const std::string& name, const std::string& text) {
  const auto path = in_source("tests/golden") / name;
  if (std::getenv("UPDATE_GOLDEN")) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " is missing: run this test with UPDATE_GOLDEN=1 and read what it wrote";
  EXPECT_EQ(slurp(path), text) << path << " differs: if the new one is right, run this test with UPDATE_GOLDEN=1";
}

}  // namespace launchgate::testing
