#include "edge/files/walk.h"

#include <sys/stat.h>

#include "support/temp_dir.h"

namespace launchgate {
namespace {

// "a.yaml sub/b.json", relative to the directory.
std::string names(const TempDir& dir, const Walk& walk) {
  std::string out;
  for (const Walk::File& file : walk.files) out += (out.empty() ? "" : " ") + file.path.substr(dir.path().size() + 1);
  return out;
}

Walk walk(const TempDir& dir, const WalkLimits& limits = {}) { return walk_manifests({dir.path()}, limits); }

TEST(Walk, FindsManifestsInOrder) {
  const TempDir dir;
  for (const char* name : {"z.yaml", "a.yml", "m.json", "sub/deep/b.yaml", "README.md", "yaml", "c.yaml.bak", ".hidden.yaml", ".git/x.yaml"})
    dir.write(name, "{}");
  EXPECT_EQ(names(dir, walk(dir)), "a.yml m.json sub/deep/b.yaml z.yaml");
  EXPECT_TRUE(walk(dir).problems.empty());
}

TEST(Walk, SeesAConfigMapMountOnce) {
  const TempDir dir;
  dir.write("..2026_11_24/web.yaml", "{}");
  dir.link("..data", "..2026_11_24");
  dir.link("web.yaml", "..data/web.yaml");
  const Walk found = walk(dir);
  EXPECT_EQ(names(dir, found), "web.yaml");
  // The directory behind the links is worth watching too.
  EXPECT_EQ(found.directories, (std::vector{dir.path(), dir.path("..2026_11_24")}));
}

TEST(Walk, FollowsLinksButWalksNothingTwice) {
  const TempDir dir, other;
  other.write("o.yaml", "{}");
  dir.write("sub/a.yaml", "{}");
  dir.link("again.yaml", "sub/a.yaml");
  dir.link("elsewhere", other.path());
  dir.link("loop", ".");
  dir.link("sub/up", "..");
  EXPECT_EQ(names(dir, walk(dir)), "again.yaml elsewhere/o.yaml");
  EXPECT_EQ(names(dir, walk_manifests({dir.path(), dir.path("sub"), dir.path()})), "again.yaml elsewhere/o.yaml");
}

TEST(Walk, PassesOverWhatIsNoFile) {
  const TempDir dir;
  ASSERT_EQ(::mkfifo(dir.path("pipe.yaml").c_str(), 0600), 0);
  dir.link("zero.yaml", "/dev/zero");
  dir.write("a.yaml", "{}");
  EXPECT_EQ(names(dir, walk(dir)), "a.yaml");
  EXPECT_TRUE(walk(dir).problems.empty());
}

TEST(Walk, NamesLinksThatLeadNowhere) {
  const TempDir dir;
  dir.link("gone.yaml", "nothing");
  dir.link("self.yaml", "self.yaml");
  dir.link("gone", "nothing");   // not by its name a manifest: nobody misses it
  const Walk found = walk(dir);
  ASSERT_EQ(found.problems.size(), 2u);
  EXPECT_EQ(found.problems[0].text(), dir.path("gone.yaml") + ": cannot be read: No such file or directory");
  EXPECT_EQ(found.problems[1].text(), dir.path("self.yaml") + ": cannot be read: Too many levels of symbolic links");
  EXPECT_EQ(found.unseen.size(), 2u);
}

TEST(Walk, IsBounded) {
  const TempDir dir;
  dir.write("a/b/c/deep.yaml", "{}");
  for (int i = 0; i < 5; ++i) dir.write("f" + std::to_string(i) + ".yaml", "{}");
  WalkLimits limits;
  limits.depth = 2;
  EXPECT_EQ(walk(dir, limits).problems.at(0).text(), dir.path("a/b/c") + ": is nested deeper than 2 directories; it is left out");
  limits = {};
  limits.files = 3;
  const Walk few = walk(dir, limits);
  EXPECT_EQ(names(dir, few), "a/b/c/deep.yaml f0.yaml f1.yaml");
  EXPECT_EQ(few.problems.at(0).text(), dir.path("f2.yaml") + ": is one more than 3 files, which is the limit; it and the rest are left out");
  EXPECT_EQ(few.unseen.back(), "");
  limits = {};
  limits.entries = 3;
  EXPECT_EQ(walk(dir, limits).problems.size(), 1u);
}

TEST(Walk, RootsMayBeFilesAndMayBeMissing) {
  const TempDir dir;
  dir.write("policy.txt", "{}");
  const Walk found = walk_manifests({dir.path("policy.txt"), dir.path("none"), "-"});
  EXPECT_EQ(names(dir, found), "policy.txt");
  ASSERT_EQ(found.vanished.size(), 1u);
  EXPECT_EQ(found.vanished[0].text(), dir.path("none") + ": cannot be read: No such file or directory");
  EXPECT_EQ(found.streams, std::vector<std::string>{"-"});
}

TEST(Walk, BelowMeansWholeNames) {
  EXPECT_TRUE(is_below("/a/b", "/a"));
  EXPECT_TRUE(is_below("/a", "/a"));
  EXPECT_TRUE(is_below("/a/b", "/a/"));
  EXPECT_TRUE(is_below("/a", ""));
  EXPECT_FALSE(is_below("/ab", "/a"));
}

}  // namespace
}  // namespace launchgate
