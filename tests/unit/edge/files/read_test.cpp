#include "edge/files/read.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "support/temp_dir.h"

namespace launchgate {
namespace {

TEST(ReadFile, ReadsUpToTheLimitAndNoFurther) {
  const TempDir dir;
  dir.write("four", "1234");
  EXPECT_EQ(*read_file(dir.path("four"), 4), "1234");
  const auto beyond = read_file(dir.path("four"), 3);
  ASSERT_FALSE(beyond);
  EXPECT_EQ(beyond.error().text(), dir.path("four") + ": is larger than 3 bytes, which is the limit; split it");
  dir.write("empty", "");
  EXPECT_EQ(*read_file(dir.path("empty"), 0), "");
}

TEST(ReadFile, NamesWhatCannotBeRead) {
  const TempDir dir;
  EXPECT_EQ(read_file(dir.path("none"), 9).error().text(), dir.path("none") + ": cannot be read: No such file or directory");
  EXPECT_EQ(read_file(dir.path(), 9).error().text(), dir.path() + ": is a directory, a file was expected");
}

TEST(ReadFile, ReadsAPipeToItsEnd) {
  const TempDir dir;
  ASSERT_EQ(::mkfifo(dir.path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { dir.write("pipe", std::string(100'000, 'x')); });
  EXPECT_EQ(read_file(dir.path("pipe"), 1 << 20)->size(), 100'000u);
  writer.join();
}

TEST(ReadFile, BoundsADeviceWithoutEnd) {
  EXPECT_EQ(read_file("/dev/zero", 1 << 20).error().text(), "/dev/zero: is larger than 1 MiB, which is the limit; split it");
}

TEST(ReadRegular, NeverWaitsForAPipe) {
  const TempDir dir;
  ASSERT_EQ(::mkfifo(dir.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_regular(dir.path("pipe"), 9).error().message, "is not a regular file");
  EXPECT_EQ(read_regular("/dev/zero", 9).error().message, "is not a regular file");
}

TEST(ReadRegular, AHugeFileIsRefusedUnread) {
  const TempDir dir;
  dir.write("huge", "");
  std::filesystem::resize_file(dir.path("huge"), std::uintmax_t{1} << 40);   // sparse
  EXPECT_EQ(read_regular(dir.path("huge"), 7u << 20).error().message, "is larger than 7 MiB, which is the limit; split it");
}

TEST(ReadRegular, TellsVersionsApart) {
  const TempDir dir;
  dir.write("a", "one");
  const auto first = read_regular(dir.path("a"), 99), again = read_regular(dir.path("a"), 99);
  EXPECT_EQ(first->bytes, "one");
  EXPECT_FALSE(first->torn);
  EXPECT_EQ(first->id, again->id);
  dir.write("b", "two");
  dir.move("b", "a");
  EXPECT_NE(read_regular(dir.path("a"), 99)->id, first->id);
}

}  // namespace
}  // namespace launchgate
