#include "edge/files/directory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

namespace launchgate {
namespace {

std::string config_map(const std::string& name, const std::string& value = "1") {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: shop}\ndata: {value: \"" + value + "\"}\n";
}

// "a=1 b=2": every object by name, with its value.
std::string content(const Load& load) {
  std::string out;
  for (const SourceObject& o : load.objects) {
    const Node root = o.object->root();
    out += (out.empty() ? "" : " ") + std::string{root["metadata"]["name"].text()} + "=" + std::string{root["data"]["value"].text()};
  }
  return out;
}

std::string problems(const Load& load) {
  std::string out;
  for (const Error& e : load.problems) out += e.text() + "\n";
  return out;
}

constexpr const char* kBroken = "apiVersion: v1\nkind: [\n";

TEST(Directory, ReadsAllAndThenOnlyWhatChanged) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a") + "---\n" + config_map("b"));
  dir.write("sub/c.json", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"value":"3"}})");
  Directory directory{{dir.path()}};
  Load load = directory.load();
  EXPECT_EQ(content(load), "a=1 b=1 c=3");
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(load.files, 2u);
  const auto* before = load.objects[0].object.get();
  load = directory.load();
  EXPECT_FALSE(load.changed);
  EXPECT_EQ(content(load), "a=1 b=1 c=3");
  EXPECT_EQ(load.objects[0].object.get(), before);
  dir.write("sub/c.json", R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"},"data":{"value":"4"}})");
  load = directory.load();
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(content(load), "a=1 b=1 c=4");
  EXPECT_EQ(load.objects[0].object.get(), before);
}

TEST(Directory, ABrokenFileKeepsWhatItSaid) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a"));
  dir.write("b.yaml", config_map("b"));
  Directory directory{{dir.path()}};
  directory.load();
  dir.write("a.yaml", kBroken);
  Load load = directory.load();
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(content(load), "a=1 b=1");
  ASSERT_EQ(load.problems.size(), 1u);
  EXPECT_EQ(load.problems[0].file, dir.path("a.yaml"));
  EXPECT_GT(load.problems[0].line, 0u);
  EXPECT_TRUE(load.problems[0].message.ends_with("; what it held last stays in force")) << load.problems[0].message;
  EXPECT_FALSE(directory.load().changed);              // still broken: still a problem, no news
  EXPECT_EQ(directory.load().problems.size(), 1u);
  dir.write("a.yaml", config_map("a", "2"));
  load = directory.load();
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(content(load), "a=2 b=1");
  EXPECT_TRUE(load.problems.empty());
}

TEST(Directory, AFileThatWasNeverGoodIsLeftOut) {
  const TempDir dir;
  dir.write("a.yaml", kBroken);
  dir.write("b.yaml", config_map("b"));
  Directory directory{{dir.path()}};
  const Load load = directory.load();
  EXPECT_EQ(content(load), "b=1");
  EXPECT_EQ(load.problems.size(), 1u);
  EXPECT_EQ(load.problems[0].message.find("stays in force"), std::string::npos);
}

TEST(Directory, ARemovedFileTakesItsObjectsAlong) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a"));
  dir.write("sub/b.yaml", config_map("b"));
  Directory directory{{dir.path()}};
  directory.load();
  dir.remove("sub");
  const Load load = directory.load();
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(content(load), "a=1");
  EXPECT_TRUE(load.problems.empty());
}

TEST(Directory, AConfigMapMountChangesAsAWhole) {
  const TempDir dir;
  dir.write("..1/a.yaml", config_map("a"));
  dir.write("..1/b.yaml", config_map("b"));
  dir.link("..data", "..1");
  dir.link("a.yaml", "..data/a.yaml");
  dir.link("b.yaml", "..data/b.yaml");
  Directory directory{{dir.path()}};
  EXPECT_EQ(content(directory.load()), "a=1 b=1");
  dir.write("..2/a.yaml", config_map("a", "2"));
  dir.write("..2/b.yaml", config_map("b"));
  dir.relink("..data", "..2");
  dir.remove("..1");
  const Load load = directory.load();
  EXPECT_TRUE(load.changed);
  EXPECT_EQ(content(load), "a=2 b=1");
  EXPECT_EQ(load.objects[0].file, dir.path("a.yaml"));
  dir.write("..3/a.yaml", config_map("a", "2"));
  dir.write("..3/b.yaml", config_map("b"));
  dir.relink("..data", "..3");
  EXPECT_FALSE(directory.load().changed);              // other files, the same bytes
}

TEST(Directory, AVanishedDirectoryTakesNothingAlong) {
  const TempDir dir;
  dir.write("in/a.yaml", config_map("a"));
  dir.write("too/b.yaml", config_map("b"));
  Directory directory{{dir.path("in"), dir.path("too")}};
  directory.load();
  dir.move("in", "away");
  Load load = directory.load();
  EXPECT_TRUE(load.vanished);
  EXPECT_EQ(content(load), "a=1 b=1");
  EXPECT_EQ(problems(load), dir.path("in") + ": cannot be read: No such file or directory; what it held last stays in force\n");
  const auto since = load.vanished_since;
  ASSERT_TRUE(since);
  load = directory.load();
  EXPECT_FALSE(load.changed);
  EXPECT_EQ(load.vanished_since, since);
  dir.move("away", "in");
  dir.write("in/a.yaml", config_map("a", "2"));
  load = directory.load();
  EXPECT_FALSE(load.vanished);
  EXPECT_FALSE(load.vanished_since);
  EXPECT_EQ(content(load), "a=2 b=1");
  EXPECT_TRUE(load.problems.empty());
}

TEST(Directory, ALinkThatLeadsNowhereKeepsWhatItSaid) {
  const TempDir dir;
  dir.write(".store/a.yaml", config_map("a"));
  dir.link("a.yaml", ".store/a.yaml");
  Directory directory{{dir.path()}};
  directory.load();
  dir.remove(".store");
  const Load load = directory.load();
  EXPECT_EQ(content(load), "a=1");
  EXPECT_EQ(problems(load), dir.path("a.yaml") + ": cannot be read: No such file or directory; what it held last stays in force\n");
}

// Two writes within one tick of the file system's clock, to a text of the same size.
TEST(Directory, NoticesASecondChangeThatLooksLikeTheFirst) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a", "1"));
  Directory directory{{dir.path()}};
  EXPECT_EQ(content(directory.load()), "a=1");
  struct stat status{};
  ASSERT_EQ(::stat(dir.path("a.yaml").c_str(), &status), 0);
  dir.write("a.yaml", config_map("a", "2"));
  const timespec times[2] = {status.st_atim, status.st_mtim};
  ASSERT_EQ(::utimensat(AT_FDCWD, dir.path("a.yaml").c_str(), times, 0), 0);
  EXPECT_EQ(content(directory.load()), "a=2");
}

// `generate >a.yaml`: the shell empties the file long before the first line comes, and half a file may be valid.
TEST(Directory, AFileThatIsBeingWrittenKeepsWhatItSaid) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a"));
  DirectoryLimits limits;
  limits.rest = std::chrono::hours(1);
  limits.rest_empty = std::chrono::hours(10);
  Directory directory{{dir.path()}, limits};
  EXPECT_EQ(content(directory.load()), "a=1");         // without a good version there is nothing to wait with
  dir.write("a.yaml", config_map("a", "2"));
  Load load = directory.load();
  EXPECT_TRUE(load.again);
  EXPECT_FALSE(load.changed);
  EXPECT_EQ(content(load), "a=1");
  dir.write("a.yaml", "");
  EXPECT_EQ(content(directory.load()), "a=1");
  const auto written = [&](const std::string& text, int hours) {
    dir.write("a.yaml", text);
    const timespec then{::time(nullptr) + hours * 3600, 0}, times[2] = {then, then};
    ASSERT_EQ(::utimensat(AT_FDCWD, dir.path("a.yaml").c_str(), times, 0), 0);
  };
  written(config_map("a", "3"), -2);
  EXPECT_EQ(content(directory.load()), "a=3");
  written("", -2);
  EXPECT_EQ(content(directory.load()), "a=3");
  written(config_map("a", "4"), 2);                    // a clock that is ahead
  EXPECT_EQ(content(directory.load()), "a=4");
  written("", -11);
  load = directory.load();
  EXPECT_EQ(content(load), "");                        // emptied on purpose
  EXPECT_FALSE(load.again);
}

TEST(Directory, PipesAndDevicesAreNotTouched) {
  const TempDir dir;
  ASSERT_EQ(::mkfifo(dir.path("pipe.yaml").c_str(), 0600), 0);
  dir.link("zero.yaml", "/dev/zero");
  dir.write("a.yaml", config_map("a"));
  Directory directory{{dir.path()}};
  const Load load = directory.load();
  EXPECT_EQ(content(load), "a=1");
  EXPECT_TRUE(load.problems.empty());
}

TEST(Directory, HugeFilesAndHugeDirectoriesAreBounded) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a"));
  dir.write("b.yaml", config_map("b"));
  dir.write("huge.yaml", "");
  std::filesystem::resize_file(dir.path("huge.yaml"), std::uintmax_t{1} << 33);
  DirectoryLimits limits;
  limits.total_bytes = config_map("a").size();
  Directory directory{{dir.path()}, limits};
  const Load load = directory.load();
  EXPECT_EQ(content(load), "a=1");
  EXPECT_EQ(load.problems.size(), 2u) << problems(load);
  Directory usual{{dir.path()}};
  EXPECT_EQ(problems(usual.load()), dir.path("huge.yaml") + ": is larger than 7 MiB, which is the limit; split it\n");
}

TEST(Directory, ALimitTakesNothingAwayThatWasThere) {
  const TempDir dir;
  dir.write("b.yaml", config_map("b"));
  dir.write("c.yaml", config_map("c"));
  DirectoryLimits limits;
  limits.walk.files = 2;
  Directory directory{{dir.path()}, limits};
  EXPECT_EQ(content(directory.load()), "b=1 c=1");
  dir.write("a.yaml", config_map("a"));
  const Load load = directory.load();
  EXPECT_EQ(content(load), "a=1 b=1 c=1");
  EXPECT_EQ(load.problems.size(), 1u);
}

TEST(Directory, TheSameObjectInTwoFilesIsUsedByNeither) {
  const TempDir dir;
  dir.write("a.yaml", config_map("a"));
  dir.write("b.yaml", config_map("a", "2"));
  dir.write("c.yaml", config_map("c"));
  Directory directory{{dir.path()}};
  const World world = assemble(directory.load().objects);
  ASSERT_EQ(world.objects.size(), 1u);
  EXPECT_EQ(world.objects[0]->name, "c");
  ASSERT_EQ(world.problems.size(), 1u);
  EXPECT_NE(world.problems[0].text().find("b.yaml"), std::string::npos);
}

TEST(Directory, OneFileMayBeTheRoot) {
  const TempDir dir;
  dir.write("a.txt", config_map("a"));
  Directory directory{{dir.path("a.txt")}};
  EXPECT_EQ(content(directory.load()), "a=1");
  dir.remove("a.txt");
  const Load load = directory.load();
  EXPECT_TRUE(load.vanished);
  EXPECT_EQ(content(load), "a=1");
}

TEST(Directory, SecretsAndStrangersAreNotKept) {
  const TempDir dir;
  dir.write("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {key: sk-0123456789}\n---\njust: text\n");
  Directory directory{{dir.path()}};
  const Load load = directory.load();
  EXPECT_TRUE(load.objects.empty());
  EXPECT_TRUE(load.problems.empty());
}

TEST(Directory, AnEmptyDirectoryIsFine) {
  const TempDir dir;
  Directory directory{{dir.path()}};
  const Load load = directory.load();
  EXPECT_FALSE(load.vanished);
  EXPECT_TRUE(load.problems.empty());
  EXPECT_EQ(load.files, 0u);
}

}  // namespace
}  // namespace launchgate
