#include "edge/files/watcher.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

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

// git-sync: what is served lies behind a link that is swapped, and nothing in the old directory changes.
TEST(Watcher, HearsOfALinkInTheMiddleOfThePathThatIsSwapped) {
  const TempDir dir, elsewhere;
  for (const char* version : {"worktrees/v1", "worktrees/v2", "worktrees/v3"}) dir.write(std::string{version} + "/reviews/a.yaml", version);
  dir.link("current", "worktrees/v1");
  dir.link("stable", dir.path("current"));             // a link to a link
  elsewhere.link("a.yaml", dir.path("current/reviews/a.yaml"));
  elsewhere.link("all", dir.path("current/reviews"));
  Watcher direct{{dir.path("current/reviews")}, quick()}, twice{{dir.path("stable/reviews/")}, quick()}, file{{dir.path("current/reviews/a.yaml")}, quick()},
      within{{elsewhere.path()}, quick()};
  for (Watcher* watcher : {&direct, &twice, &file, &within}) {
    EXPECT_FALSE(watcher->polling());
    EXPECT_FALSE(watcher->wait(kShort));
  }
  for (const char* next : {"worktrees/v2", "worktrees/v3"}) {
    dir.relink("current", next);
    for (Watcher* watcher : {&direct, &twice, &file, &within}) {
      EXPECT_TRUE(watcher->wait(kLong)) << next;
      EXPECT_FALSE(watcher->wait(kShort)) << next << ": heard twice";
    }
  }
}

TEST(Watcher, ALinkThatLeadsToItselfHoldsNobodyUp) {
  const TempDir dir;
  dir.link("self", "self/self");
  Watcher watcher{{dir.path("self/reviews")}, quick()};
  EXPECT_TRUE(watcher.polling());
}

// That a directory can be opened again is no event of it.
TEST(Watcher, LooksAgainAtWhatCouldNotBeOpenedForWantOfDescriptors) {
  const TempDir dir;
  dir.write("sub/a.yaml", "1");
  Watcher watcher{{dir.path()}, quick()};
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const rlimit none{static_cast<rlim_t>(next), before.rlim_max};
  ::close(next);
  ::setrlimit(RLIMIT_NOFILE, &none);
  watcher.poke();
  const bool poked = watcher.wait(kLong), polls = watcher.polling();
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(poked && polls);
  EXPECT_TRUE(watcher.wait(kLong));
  EXPECT_FALSE(watcher.polling());
  dir.write("sub/a.yaml", "2");
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
