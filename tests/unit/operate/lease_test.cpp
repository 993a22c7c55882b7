// The election: one leader at a time, whatever the clocks and the network do.
#include "operate/lease.h"

#include <gtest/gtest.h>

#include <atomic>

#include "support/api_server.h"

namespace launchgate {
namespace {

using namespace std::chrono_literals;
using testing::ApiServer;
using testing::Json;

// A candidate with clocks of its own.
class Candidate {
 public:
  Candidate(ApiServer& api, const std::string& name, LeaseTimes times = {})
      : election{api, {name, "ops", "launchgate", times}, [this] { return steady; }, [this] { return date; }} {}
  bool attempt(std::chrono::milliseconds after = 0ms) {
    steady += after;
    date += after;
    election.attempt();
    return election.leading();
  }
  bool leading(std::chrono::milliseconds after = 0ms) {
    steady += after;
    return election.leading();
  }
  Steady steady{100h};
  std::chrono::system_clock::time_point date{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
  Election election;
};

Json lease(const ApiServer& api) { return api.at("Lease", "ops", "launchgate"); }

TEST(Election, TheFirstCreatesTheLeaseAndLeads) {
  ApiServer api;
  Candidate a{api, "a"};
  EXPECT_TRUE(a.attempt());
  EXPECT_EQ(lease(api)["spec"].dump(),
            R"({"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"2026-11-24T00:00:00.000000Z","renewTime":"2026-11-24T00:00:00.000000Z","leaseTransitions":0})");
  EXPECT_EQ(a.election.transitions(), 1u);
}

TEST(Election, ARenewalKeepsTheTimeOfAcquisitionAndWhatOthersWroteIntoTheMetadata) {
  ApiServer api;
  Candidate a{api, "a"};
  a.attempt();
  Json labelled = lease(api);
  labelled["metadata"]["labels"]["team"] = "ops";
  api.put(labelled);
  EXPECT_TRUE(a.attempt(2s)) << "a conflict is read and tried again at once";
  EXPECT_EQ(lease(api)["metadata"]["labels"]["team"], "ops");
  EXPECT_EQ(lease(api)["spec"]["acquireTime"], "2026-11-24T00:00:00.000000Z");
  EXPECT_EQ(lease(api)["spec"]["renewTime"], "2026-11-24T00:00:02.000000Z");
  EXPECT_EQ(lease(api)["spec"]["leaseTransitions"], 0);
  EXPECT_EQ(a.election.transitions(), 1u);
}

TEST(Election, TheSecondWaitsUntilItHasNotSeenTheLeaseChangeForItsDuration) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"};
  a.attempt();
  EXPECT_FALSE(b.attempt());
  EXPECT_FALSE(b.attempt(14s));
  a.attempt(5s);  // it lives
  EXPECT_FALSE(b.attempt(2s));
  EXPECT_FALSE(b.attempt(14s));
  EXPECT_TRUE(b.attempt(1s)) << "fifteen seconds after it saw the last change";
  EXPECT_EQ(lease(api)["spec"]["holderIdentity"], "b");
  EXPECT_EQ(lease(api)["spec"]["leaseTransitions"], 1);
  EXPECT_FALSE(a.attempt(1s)) << "and the old one sees that it has lost";
  EXPECT_FALSE(a.leading());
}

TEST(Election, AClockThatIsAYearAheadTakesNothing) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"};
  b.date += 24h * 365;
  b.steady += 1000h;
  a.attempt();
  EXPECT_FALSE(b.attempt());
  EXPECT_FALSE(b.attempt(10s));
}

TEST(Election, ALeaderThatCannotRenewStopsBeforeAnybodyElseMayBegin) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"};
  a.attempt();
  b.attempt();
  api.refuse = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call.find("update") == 0) return kube::Failure{0, "Timeout", "nobody answered", {}};
    return {};
  };
  for (int second = 0; second < 20; second += 2) {
    a.attempt(2s);
    b.attempt(2s);
    EXPECT_FALSE(a.leading() && b.leading());
    EXPECT_EQ(a.leading(), second + 2 < 10) << second;
  }
  api.refuse = nullptr;
  EXPECT_TRUE(b.attempt(2s));
  EXPECT_FALSE(a.attempt(0s));
}

TEST(Election, ARenewalCountsFromItsBeginningHoweverLongItTook) {
  ApiServer api;
  Candidate a{api, "a"};
  a.attempt();
  api.refuse = [&](const std::string&) -> std::optional<kube::Failure> {
    a.steady += 4s;  // the call hangs
    return {};
  };
  a.election.attempt();
  EXPECT_TRUE(a.leading(5s));
  EXPECT_FALSE(a.leading(1s)) << "ten seconds after the renewal began";
}

TEST(Election, AConflictMeansThatAnotherWasFaster) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"}, c{api, "c"};
  a.attempt();
  b.attempt();
  c.attempt();
  b.steady += 16s;
  c.steady += 16s;
  bool first = true;
  api.refuse = [&](const std::string& call) -> std::optional<kube::Failure> {
    if (call.find("update") != 0 || !std::exchange(first, false)) return {};
    EXPECT_TRUE(c.attempt());  // between b's read and b's write
    return {};
  };
  EXPECT_FALSE(b.attempt());
  EXPECT_TRUE(c.leading());
  EXPECT_EQ(lease(api)["spec"]["holderIdentity"], "c");
}

TEST(Election, ReleasedIsTakenAtOnce) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"};
  a.attempt();
  b.attempt();
  a.election.release();
  EXPECT_FALSE(a.leading());
  EXPECT_FALSE(lease(api)["spec"].contains("holderIdentity"));
  EXPECT_TRUE(b.attempt(1s));
}

TEST(Election, WhoDoesNotHoldItReleasesNothing) {
  ApiServer api;
  Candidate a{api, "a"}, b{api, "b"};
  a.attempt();
  b.attempt();
  b.election.release();
  EXPECT_EQ(lease(api)["spec"]["holderIdentity"], "a");
}

TEST(Election, ADeletedLeaseIsMadeAgain) {
  ApiServer api;
  Candidate a{api, "a"};
  a.attempt();
  api.erase("Lease", "ops", "launchgate");
  EXPECT_TRUE(a.attempt(2s));
  EXPECT_EQ(lease(api)["spec"]["holderIdentity"], "a");
}

TEST(Election, ARestartUnderTheSameIdentityGoesOn) {
  ApiServer api;
  Candidate a{api, "a"};
  a.attempt();
  Candidate again{api, "a"};
  EXPECT_TRUE(again.attempt());
}

TEST(Lease, OfTwoExactlyOneLeadsAndTheOtherTakesOverWhenItStops) {
  ApiServer api;
  const LeaseTimes quick{600ms, 400ms, 20ms};
  std::atomic<int> told{0};
  auto a = std::make_unique<Lease>(api, LeaseOptions{"a", "ops", "launchgate", quick}, [&] { ++told; });
  Lease b{api, {"b", "ops", "launchgate", quick}, [&] { ++told; }};
  a->start();
  const auto eventually = [](auto condition) {
    for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(10ms);
    return condition();
  };
  ASSERT_TRUE(eventually([&] { return a->leading(); }));
  b.start();
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(a->leading() && b.leading());
    std::this_thread::sleep_for(5ms);
  }
  const auto begun = std::chrono::steady_clock::now();
  a->stop();
  ASSERT_TRUE(eventually([&] { return b.leading(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 500ms) << "it was released, so nobody waits for it to run out";
  b.stop();
  EXPECT_FALSE(b.leading());
  EXPECT_GE(told, 3);
}

}  // namespace
}  // namespace launchgate
