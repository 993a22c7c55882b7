// A file is replaced whole or not at all.
#include "edge/files/replace.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/temp_dir.h"

namespace launchgate {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in{path};
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}
std::size_t files_in(const fs::path& folder) { return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, {})); }

TEST(ReplaceFile, NewAndOld) {
  const TempDir temp;
  const fs::path dir = temp.path();
  const auto file = dir / "report.html";
  EXPECT_FALSE(replace_file(file, "one"));
  EXPECT_EQ(slurp(file), "one");
  EXPECT_FALSE(replace_file(file, std::string(1 << 20, 'x')));
  EXPECT_EQ(slurp(file).size(), std::size_t{1} << 20);
  EXPECT_EQ(files_in(dir), 1u) << "something was left beside it";
}

TEST(ReplaceFile, KeepsPermissionsAndFollowsLinks) {
  const TempDir temp;
  const fs::path dir = temp.path();
  const auto file = dir / "real", link = dir / "link";
  EXPECT_FALSE(replace_file(file, "one"));
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  fs::create_symlink("real", link);
  EXPECT_FALSE(replace_file(link, "two"));
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(slurp(file), "two");
  EXPECT_EQ(static_cast<unsigned>(fs::status(file).permissions()), 0640u);
}

TEST(ReplaceFile, WhatCannotBeWritten) {
  const TempDir temp;
  const fs::path dir = temp.path();
  const auto nowhere = replace_file(dir / "no" / "such", "x");
  ASSERT_TRUE(nowhere);
  EXPECT_EQ(nowhere->text(), (dir / "no" / "such").string() + ": cannot be written: No such file or directory");
  const auto folder = replace_file(dir.string(), "x");
  ASSERT_TRUE(folder);
  EXPECT_EQ(folder->message, "is a directory: name a file");
  EXPECT_FALSE(replace_file("/dev/null", "x"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace launchgate
