// Which status is written when: limits, backoff, and no second write of what is under way.
#include "operate/writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace launchgate {
namespace {

using namespace std::chrono_literals;

const Writer::Steady kStart{1000h};
Target bot(const std::string& name = "bot") { return {Target::Kind::Review, "shop", name}; }

class Calls {
 public:
  std::function<Written(const Target&)> giving(Written result) {
    return [this, result](const Target& t) {
      names += t.name + " ";
      return result;
    };
  }
  std::string names;
};

TEST(Writer, WhatIsWantedTwiceIsWrittenOnce) {
  Writer w;
  Calls calls;
  w.want(bot(), "old", "new", kStart);
  w.want(bot(), "old", "newer", kStart);
  w.flush(kStart, 10, calls.giving(Written::Done));
  EXPECT_EQ(calls.names, "bot ");
  EXPECT_EQ(w.counters().writes, 1u);
}

TEST(Writer, WhatHasBeenWrittenIsNotWrittenAgainUntilTheWatchShowsIt) {
  Writer w;
  Calls calls;
  w.want(bot(), "old", "new", kStart);
  w.flush(kStart, 10, calls.giving(Written::Done));
  w.want(bot(), "old", "new", kStart + 1s);  // a snapshot that lags behind
  EXPECT_EQ(w.waiting(), 0u);
  w.want(bot(), "old", "newer", kStart + 1s);  // it has changed again
  EXPECT_EQ(w.waiting(), 1u);
  w.flush(kStart + 1s, 10, calls.giving(Written::Done));
  w.settled(bot());                        // the watch has shown it
  w.want(bot(), "old", "newer", kStart + 2s);  // and somebody has put the old one back
  EXPECT_EQ(w.waiting(), 1u);
}

TEST(Writer, AWriteThatNeverComesBackIsTriedAgainAfterAWhile) {
  Writer w;
  Calls calls;
  w.want(bot(), "old", "new", kStart);
  w.flush(kStart, 10, calls.giving(Written::Done));
  w.want(bot(), "old", "new", kStart + 61s);
  EXPECT_EQ(w.waiting(), 1u);
}

TEST(Writer, AFailureIsTriedAgainAfterLongerAndLongerPauses) {
  Writer w;
  Calls calls;
  w.want(bot(), "old", "new", kStart);
  Writer::Steady now = kStart;
  std::chrono::milliseconds last{0}, sum{0};
  for (int i = 0; i < 12; ++i) {
    w.flush(now, 10, calls.giving(i % 2 ? Written::Failed : Written::Conflict));
    const auto pause = std::chrono::duration_cast<std::chrono::milliseconds>(w.next(now) - now);
    EXPECT_GE(pause, std::min<std::chrono::milliseconds>(500ms * (1 << i), 30s)) << i;
    EXPECT_LE(pause, std::min<std::chrono::milliseconds>(1000ms * (1 << std::min(i, 16)), 60s)) << i;
    w.flush(now + pause - 1ms, 10, calls.giving(Written::Done));
    EXPECT_EQ(w.waiting(), 1u) << "not before its time";
    now += pause;
  }
  EXPECT_EQ(w.counters().failures, 6u);
  EXPECT_EQ(w.counters().conflicts, 6u);
  w.flush(now, 10, calls.giving(Written::Done));
  EXPECT_EQ(w.waiting(), 0u);
}

TEST(Writer, OneThatFailsDoesNotHoldUpTheOthers) {
  Writer w;
  std::string written;
  for (const char* name : {"a", "b", "c"}) w.want(bot(name), "old", "new", kStart);
  const auto write = [&](const Target& t) {
    if (t.name == "a") return Written::Failed;
    written += t.name;
    return Written::Done;
  };
  w.flush(kStart, 10, write);
  EXPECT_EQ(written, "bc");
}

TEST(Writer, LeavesNotFasterThanItsLimit) {
  Writer w{{.per_second = 10, .burst = 20}};
  Calls calls;
  for (int i = 0; i < 1000; ++i) w.want(bot("bot-" + std::to_string(i)), "old", "new", kStart);
  w.flush(kStart, 10'000, calls.giving(Written::Done));
  EXPECT_EQ(w.counters().writes, 20u);
  w.flush(kStart + 1s, 10'000, calls.giving(Written::Done));
  EXPECT_EQ(w.counters().writes, 30u);
  EXPECT_GT(w.next(kStart + 1s), kStart + 1s);
  EXPECT_LE(w.next(kStart + 1s), kStart + 1101ms);
}

TEST(Writer, WhatIsGoneIsForgotten) {
  Writer w;
  Calls calls;
  w.want(bot(), "old", "new", kStart);
  w.flush(kStart, 10, calls.giving(Written::Gone));
  EXPECT_EQ(w.waiting(), 0u);
  EXPECT_EQ(w.next(kStart), Writer::Steady::max());
}

}  // namespace
}  // namespace launchgate
