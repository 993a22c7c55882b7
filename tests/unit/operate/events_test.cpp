// Events: what they say, that they are said once, and that no storm of them leaves here.
#include "operate/events.h"

#include <gtest/gtest.h>

#include "support/api_server.h"

namespace launchgate {
namespace {

using namespace std::chrono_literals;
using testing::ApiServer;
using testing::Json;

const Events::Date kDate{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h + 345ms};
const Events::Steady kStart{1000h};

Happening expired(const std::string& name = "bot", const std::string& note = "it ended at 2026-11-01T00:00:00Z") {
  return {"launchgate.dev/v1alpha1", "ReadinessReview", "shop", name, "uid-" + name, "ReviewExpired", "Judged", note};
}

TEST(Events, CarryWhatTheEventsApiAsksFor) {
  ApiServer api;
  Events events{api, "launchgate-7d9f-abc"};
  events.tell(expired(), kStart, kDate);
  EXPECT_EQ(api.writes().size(), 0u) << "telling makes no call";
  events.flush(kStart, 10);
  ASSERT_EQ(api.all("Event").size(), 1u);
  Json e = api.all("Event").front();
  EXPECT_EQ(e["metadata"]["name"].get<std::string>().substr(0, 4), "bot.");
  EXPECT_EQ(e["metadata"]["namespace"], "shop");
  e.erase("metadata");
  EXPECT_EQ(e.dump(),
            R"({"apiVersion":"events.k8s.io/v1","kind":"Event","eventTime":"2026-11-24T12:00:00.345000Z","type":"Warning","reason":"ReviewExpired","action":"Judged",)"
            R"("note":"it ended at 2026-11-01T00:00:00Z","reportingController":"launchgate.dev/operator","reportingInstance":"launchgate-7d9f-abc",)"
            R"("regarding":{"apiVersion":"launchgate.dev/v1alpha1","kind":"ReadinessReview","namespace":"shop","name":"bot","uid":"uid-bot"}})");
}

TEST(Events, OfAClusterScopedObjectStandInDefault) {
  ApiServer api;
  Events events{api, "i"};
  Happening h = expired();
  h.ns.clear();
  events.tell(h, kStart, kDate);
  events.flush(kStart, 10);
  EXPECT_EQ(api.all("Event").front()["metadata"]["namespace"], "default");
  EXPECT_FALSE(api.all("Event").front()["regarding"].contains("namespace"));
}

TEST(Events, TheSameAgainIsOneSeriesWrittenEveryFewMinutes) {
  ApiServer api;
  Events events{api, "i"};
  for (int i = 0; i < 100; ++i) {
    events.tell(expired(), kStart + i * 1s, kDate + i * 1s);
    events.flush(kStart + i * 1s, 10);
  }
  EXPECT_EQ(api.writes().size(), 1u);
  EXPECT_EQ(events.next(kStart + 100s), kStart + 300s);
  events.flush(kStart + 300s, 10);
  ASSERT_EQ(api.all("Event").size(), 1u);
  EXPECT_EQ(api.all("Event").front()["series"].dump(), R"({"count":100,"lastObservedTime":"2026-11-24T12:01:39.345000Z"})");
  EXPECT_EQ(events.next(kStart + 301s), Events::Steady::max());
}

TEST(Events, AnEventThatHasBeenCleanedUpBeginsAnew) {
  ApiServer api;
  Events events{api, "i"};
  events.tell(expired(), kStart, kDate);
  events.flush(kStart, 10);
  const auto name = api.all("Event").front()["metadata"]["name"].get<std::string>();
  api.erase("Event", "shop", name);
  events.tell(expired(), kStart + 1h, kDate + 1h);
  events.flush(kStart + 1h, 10);
  events.tell(expired(), kStart + 2h, kDate + 2h);
  events.flush(kStart + 2h, 10);
  EXPECT_EQ(api.all("Event").size(), 1u);
}

TEST(Events, AnotherReplicaDoesNotSayThemAgain) {
  ApiServer api;
  Events first{api, "one"}, second{api, "two"};
  first.tell(expired(), kStart, kDate);
  first.flush(kStart, 10);
  second.tell(expired(), kStart + 30s, kDate + 30s);
  second.flush(kStart + 30s, 10);
  EXPECT_EQ(api.all("Event").size(), 1u);
  EXPECT_EQ(second.counters().sent, 0u);
  EXPECT_EQ(second.counters().repeated, 1u);
}

TEST(Events, AnObjectThatWillNotRestHasABucketOfItsOwn) {
  ApiServer api;
  Events events{api, "i"};
  for (int i = 0; i < 50; ++i) events.tell(expired("loud", "reason " + std::to_string(i)), kStart, kDate);
  events.tell(expired("quiet"), kStart, kDate);
  for (int i = 0; i < 10; ++i) events.flush(kStart, 100);
  EXPECT_EQ(api.all("Event").size(), 6u) << "five of the loud one, and the quiet one";
  EXPECT_EQ(events.counters().dropped, 45u);
  events.tell(expired("loud", "later"), kStart + 301s, kDate);
  events.flush(kStart + 301s, 100);
  EXPECT_EQ(api.all("Event").size(), 7u);
}

TEST(Events, AStormIsSlowedDownAndThenDropped) {
  ApiServer api;
  Events events{api, "i"};
  for (int i = 0; i < 20'000; ++i) events.tell(expired("bot-" + std::to_string(i)), kStart, kDate);
  EXPECT_EQ(events.counters().dropped, 19'000u);
  events.flush(kStart, 100'000);
  EXPECT_EQ(api.all("Event").size(), 50u) << "the burst";
  EXPECT_GT(events.next(kStart), kStart);
  for (int second = 1; second <= 10; ++second) events.flush(kStart + second * 1s, 100'000);
  EXPECT_EQ(api.all("Event").size(), 100u) << "and five a second";
}

TEST(Events, ACallIsNotMadeMoreOftenThanAsked) {
  ApiServer api;
  Events events{api, "i"};
  for (int i = 0; i < 20; ++i) events.tell(expired("bot-" + std::to_string(i)), kStart, kDate);
  events.flush(kStart, 3);
  EXPECT_EQ(api.writes().size(), 3u);
}

TEST(Events, AnApiServerThatRefusesThemHoldsNothingUp) {
  ApiServer api;
  api.refuse = [](const std::string&) { return std::optional{kube::Failure{403, "Forbidden", "no", {}}}; };
  Events events{api, "i"};
  events.tell(expired(), kStart, kDate);
  events.flush(kStart, 10);
  EXPECT_EQ(events.counters().failed, 1u);
  EXPECT_EQ(events.next(kStart), Events::Steady::max());
}

TEST(Events, NeverCarryWhatLooksLikeACredential) {
  ApiServer api;
  Events events{api, "i"};
  events.tell(expired("bot", "budget is sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD"), kStart, kDate);
  events.flush(kStart, 10);
  const auto text = api.all("Event").front().dump();
  EXPECT_EQ(text.find("sk-proj"), std::string::npos) << text;
}

TEST(Events, ALongNoteIsCutAtACharacter) {
  ApiServer api;
  Events events{api, "i"};
  std::string note = "x";
  while (note.size() < 3000) note += "ä";
  events.tell(expired("bot", note), kStart, kDate);
  events.flush(kStart, 10);
  const auto cut = api.all("Event").front()["note"].get<std::string>();
  EXPECT_EQ(cut.size(), 1023u);
  EXPECT_EQ(cut.substr(1021), "ä");
}

}  // namespace
}  // namespace launchgate
