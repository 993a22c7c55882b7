#include "serve/readiness.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

using std::chrono::seconds;
const Readiness::Clock::time_point kNow = Readiness::Clock::time_point{} + seconds(1000);

TEST(Readiness, LoadingThenReadyThenDraining) {
  Readiness readiness{seconds(60)};
  EXPECT_EQ(readiness.json(kNow), "{\"ready\":false,\"reasons\":[\"loading: reviews and policies have not been read yet\"],\"problems\":[],\"problemCount\":0}\n");
  readiness.synced();
  EXPECT_EQ(readiness.json(kNow), "{\"ready\":true,\"reasons\":[],\"problems\":[],\"problemCount\":0}\n");
  readiness.drain();
  EXPECT_EQ(readiness.reasons(kNow), std::vector<std::string>{"draining: the process is ending"});
}

TEST(Readiness, ABrokenFileIsNamedAndChangesNothing) {
  Readiness readiness{seconds(60)};
  readiness.synced();
  readiness.looked({}, {{"expected a number", "spec.cost", "web.yaml", 7}});
  EXPECT_EQ(readiness.json(kNow), "{\"ready\":true,\"reasons\":[],\"problems\":[\"web.yaml:7: spec.cost: expected a number\"],\"problemCount\":1}\n");
  readiness.looked({}, {});
  EXPECT_EQ(readiness.json(kNow), "{\"ready\":true,\"reasons\":[],\"problems\":[],\"problemCount\":0}\n");
}

TEST(Readiness, ADirectoryMayBeAwayForAMinute) {
  Readiness readiness{seconds(60)};
  readiness.synced();
  readiness.looked(kNow, {});
  EXPECT_TRUE(readiness.reasons(kNow + seconds(59)).empty());
  EXPECT_EQ(readiness.reasons(kNow + seconds(60)),
            std::vector<std::string>{"vanished: the directory has not been readable for 60 s; its last good objects are in use"});
  readiness.looked({}, {});
  EXPECT_TRUE(readiness.reasons(kNow + seconds(100)).empty());
}

TEST(Readiness, ManyProblemsAreCountedAndFiftyShown) {
  Readiness readiness{seconds(60)};
  readiness.looked({}, std::vector<Error>(70, Error{std::string(5000, 'x')}));
  const std::string json = readiness.json(kNow);
  EXPECT_NE(json.find("\"problemCount\":70}"), std::string::npos);
  EXPECT_LT(json.size(), 60'000u);
}

}  // namespace
}  // namespace launchgate
