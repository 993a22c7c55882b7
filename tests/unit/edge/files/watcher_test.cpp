#include "edge/files/watcher.h"

#include <thread>

#include "support/temp_dir.h"

namespace launchgate {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLong{20'000};   // never waited for where the watcher works
constexpr milliseconds kShort{50};

// Settles quickly and never looks by itself.
WatchTimes quick() { return {.quiet = milliseconds{10}, .longest = milliseconds{200}, .poll = milliseconds{20}, .safety = milliseconds{3'600'000}}; }

TEST(Watcher, IsSilentWhileNothingHappens) {
  const TempDir dir;
  dir.write("a.yaml", "1");
  Watcher watcher{{dir.path()}, quick()};
  EXPECT_FALSE(watcher.polling());
  EXPECT_FALSE(watcher.wait(kShort));
}

TEST(Watcher, HearsOfEveryKindOfChange) {
  const TempDir dir;
  dir.write("a.yaml", "1");
  dir.write("sub/b.yaml", "1");
  Watcher watcher{{dir.path()}, quick()};
  const std::vector<std::pair<const char*, std::function<void()>>> changes{
      {"written in place", [&] { dir.write("a.yaml", "2"); }},
      {"written below", [&] { dir.write("sub/b.yaml", "2"); }},
      {"a new directory", [&] { dir.write("new/deep/c.yaml", "1"); }},
      {"in the new directory", [&] { dir.write("new/deep/c.yaml", "2"); }},
      {"moved", [&] { dir.move("a.yaml", "z.yaml"); }},
      {"removed", [&] { dir.remove("z.yaml"); }},
      {"a link", [&] { dir.link("l.yaml", "sub/b.yaml"); }}};
  for (const auto& [what, change] : changes) {
    change();
    EXPECT_TRUE(watcher.wait(kLong)) << what;
    EXPECT_FALSE(watcher.wait(kShort)) << what << ": heard twice";
  }
}

TEST(Watcher, HearsOfAMountThatIsSwapped) {
  const TempDir dir;
  dir.write("..1/tls.crt", "1");
  dir.link("..data", "..1");
  dir.link("tls.crt", "..data/tls.crt");
  Watcher directory{{dir.path()}, quick()}, file{{dir.path("tls.crt")}, quick()};
  for (const std::string next : {"..2", "..3"}) {
    dir.write(next + "/tls.crt", "2");
    dir.relink("..data", next);
    EXPECT_TRUE(directory.wait(kLong));
    EXPECT_TRUE(file.wait(kLong));
  }
}

TEST(Watcher, HearsOfALinksTargetElsewhere) {
  const TempDir dir, other;
  other.write("a.yaml", "1");
  dir.link("a.yaml", other.path("a.yaml"));
  Watcher watcher{{dir.path()}, quick()};
  other.write("a.yaml", "2");
  EXPECT_TRUE(watcher.wait(kLong));
}

TEST(Watcher, HearsOfADirectoryThatGoesAndComesBack) {
  const TempDir dir;
  dir.write("in/a.yaml", "1");
  Watcher watcher{{dir.path("in")}, quick()};
  dir.write("beside/b.yaml", "1");                     // not ours
  EXPECT_FALSE(watcher.wait(kShort));
  dir.move("in", "away");
  EXPECT_TRUE(watcher.wait(kLong));
  dir.move("away", "in");
  EXPECT_TRUE(watcher.wait(kLong));
  EXPECT_FALSE(watcher.polling());
  dir.write("in/a.yaml", "2");
  EXPECT_TRUE(watcher.wait(kLong));
}

TEST(Watcher, LooksFromTimeToTimeAtWhatCannotBeWatched) {
  const TempDir dir;
  Watcher watcher{{dir.path("no/such/place")}, quick()};
  EXPECT_TRUE(watcher.polling());
  EXPECT_TRUE(watcher.wait(kLong));
  EXPECT_TRUE(watcher.wait(kLong));
}

TEST(Watcher, LooksInAnyCaseOnceInAWhile) {
  const TempDir dir;
  WatchTimes times = quick();
  times.safety = kShort;
  Watcher watcher{{dir.path()}, times};
  EXPECT_TRUE(watcher.wait(kLong));
  EXPECT_TRUE(watcher.wait(kLong));
}

TEST(Watcher, ADirectoryThatNeverRestsIsLookedAtAllTheSame) {
  const TempDir dir;
  Watcher watcher{{dir.path()}, quick()};
  std::atomic<bool> stop{false};
  std::thread busy([&] {
    while (!stop) dir.write("a.yaml", "x");
  });
  EXPECT_TRUE(watcher.wait(kLong));
  EXPECT_TRUE(watcher.wait(kLong));
  stop = true;
  busy.join();
}

TEST(Watcher, IsPokedAndStoppedFromOtherThreads) {
  const TempDir dir;
  Watcher watcher{{dir.path()}, quick()};
  watcher.poke();
  EXPECT_TRUE(watcher.wait(kLong));
  std::thread other([&] { watcher.poke(); });
  EXPECT_TRUE(watcher.wait(kLong));
  other.join();
  other = std::thread([&] { watcher.stop(); });
  EXPECT_FALSE(watcher.wait(kLong));
  other.join();
  EXPECT_FALSE(watcher.wait(kLong));
  EXPECT_TRUE(watcher.stopped());
}

}  // namespace
}  // namespace launchgate
