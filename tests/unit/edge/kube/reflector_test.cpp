#include "edge/kube/reflector.h"

#include <gmock/gmock.h>

#include <map>

#include "unit/edge/kube/support.h"

namespace launchgate::kube {
namespace {

using test::Asked;
using test::Say;
using test::ScriptedServer;
using testing::HasSubstr;

std::string object(const std::string& name, int version) {
  return R"({"kind":"ReadinessReview","metadata":{"name":")" + name + R"(","namespace":"shop","resourceVersion":")" +
         std::to_string(version) + R"("}})";
}
std::string event(const std::string& type, const std::string& name, int version) {
  return R"({"type":")" + type + R"(","object":)" + object(name, version) + "}";
}
std::string bookmark(int version, bool end = false) {
  return R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":")" + std::to_string(version) + "\"" +
         (end ? R"(,"annotations":{"k8s.io/initial-events-end":"true"})" : "") + "}}}";
}
std::string gone() { return R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}})"; }

// What a cache would hold, and every call as a word.
class Cache final : public Sink {
 public:
  void replace_begin() override { add("begin"), named_.clear(); }
  void replace_end() override {
    add("end");
    const std::lock_guard lock(mutex_);
    std::erase_if(held_, [&](const auto& e) { return !named_.contains(e.first); });
  }
  void upsert(Node o) override {
    const std::lock_guard lock(mutex_);
    const std::string name{o["metadata"]["name"].text()};
    held_[name] = o["metadata"]["resourceVersion"].text();
    named_[name] = "";
  }
  void remove(Node o) override {
    const std::lock_guard lock(mutex_);
    held_.erase(std::string{o["metadata"]["name"].text()});
  }
  std::string held() const {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [name, version] : held_) out += name + version + " ";
    return out;
  }
  std::string calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  void add(const std::string& word) {
    const std::lock_guard lock(mutex_);
    calls_ += word + " ";
  }
  mutable std::mutex mutex_;
  std::map<std::string, std::string> held_, named_;
  std::string calls_;
};

ReflectorOptions quick() {
  ReflectorOptions out;
  out.absent = 40ms;
  out.first_backoff = 10ms;
  out.most_backoff = 40ms;
  return out;
}

TEST(Reflector, streams_the_list_and_follows_it) {
  ScriptedServer server{[](const Asked&) {
    return Say::events({event("ADDED", "a", 1), event("ADDED", "b", 2), bookmark(5, true), event("MODIFIED", "a", 6), event("DELETED", "b", 7), bookmark(9)});
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return reflector.state().resource_version == "9"; }));
  EXPECT_EQ(cache.held(), "a6 ");
  EXPECT_EQ(cache.calls(), "begin end ");
  EXPECT_TRUE(reflector.state().synced);
  EXPECT_EQ(reflector.state().error, "");
  const auto target = server.asked()[0].target;
  EXPECT_THAT(target, HasSubstr("watch=true&allowWatchBookmarks=true"));
  EXPECT_THAT(target, HasSubstr("sendInitialEvents=true&resourceVersionMatch=NotOlderThan"));
}

TEST(Reflector, is_not_synced_before_the_list_has_ended) {
  ScriptedServer server{[](const Asked&) { return Say::events({event("ADDED", "a", 1)}); }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return cache.held() == "a1 "; }));
  EXPECT_FALSE(reflector.state().synced);
}

TEST(Reflector, pages_where_the_server_has_no_streaming_list) {
  ScriptedServer server{[](const Asked& asked) {
    if (asked.has("sendInitialEvents")) return Say::status(422, "Invalid");
    if (asked.has("watch=true")) return Say::events({event("ADDED", "b", 12)});
    return Say::json(R"({"metadata":{"resourceVersion":"10"},"items":[)" + object("a", 3) + "]}");
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return cache.held() == "a3 b12 "; })) << cache.held();
  EXPECT_THAT(server.asked()[2].target, HasSubstr("resourceVersion=10"));
}

TEST(Reflector, goes_on_from_the_last_bookmark_when_a_watch_breaks) {
  ScriptedServer server{[](const Asked& asked) {
    if (asked.has("sendInitialEvents"))
      return Say::events({event("ADDED", "a", 1), bookmark(5, true), bookmark(8)}, Say::Then::close);
    return Say::events({event("ADDED", "b", 9)});
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return cache.held() == "a1 b9 "; }));
  EXPECT_THAT(server.asked()[1].target, HasSubstr("resourceVersion=8"));
  EXPECT_EQ(cache.calls(), "begin end ") << "nothing was listed twice";
}

TEST(Reflector, lists_again_after_410_and_forgets_what_went_meanwhile) {
  std::atomic<int> lists{0};
  ScriptedServer server{[&](const Asked& asked) {
    if (!asked.has("sendInitialEvents")) return Say::events({gone()});
    if (lists++ == 0) return Say::events({event("ADDED", "a", 1), event("ADDED", "b", 2), bookmark(5, true)}, Say::Then::keep);
    return Say::events({event("ADDED", "b", 2), bookmark(90, true)});
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return cache.held() == "b2 "; })) << cache.held();
  EXPECT_TRUE(reflector.state().synced);
}

TEST(Reflector, a_list_that_breaks_in_the_middle_loses_nothing) {
  std::atomic<int> lists{0};
  ScriptedServer server{[&](const Asked& asked) {
    if (!asked.has("sendInitialEvents")) return Say::events({gone()});
    if (lists++ == 1) return Say::events({event("ADDED", "a", 1)}, Say::Then::close);
    return Say::events({event("ADDED", "a", 1), event("ADDED", "b", 2), bookmark(5, true)}, Say::Then::keep);
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return lists >= 3; }));
  EXPECT_EQ(cache.held(), "a1 b2 ");
}

TEST(Reflector, a_watch_without_a_word_is_taken_for_dead) {
  ScriptedServer server{[&](const Asked& asked) {
    if (asked.has("sendInitialEvents")) return Say::events({bookmark(5, true)});
    return Say::events({event("ADDED", "a", 6)});
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  ReflectorOptions options = quick();
  options.idle = 100ms;
  Reflector reflector{client, kReviews, options, cache};
  reflector.start();
  EXPECT_TRUE(soon([&] { return cache.held() == "a6 "; }));
}

TEST(Reflector, rubbish_in_a_watch_is_an_error_and_not_the_end) {
  std::atomic<int> watches{0};
  ScriptedServer server{[&](const Asked& asked) {
    if (asked.has("sendInitialEvents")) return Say::events({bookmark(5, true)}, Say::Then::keep);
    if (watches++ < 2) return Say::events({"{\"type\":\"ADD"});
    return Say::events({event("ADDED", "a", 6)});
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  EXPECT_TRUE(soon([&] { return cache.held() == "a6 "; }));
}

TEST(Reflector, a_collection_that_is_not_there_is_absent_until_it_comes) {
  std::atomic<bool> there{false};
  ScriptedServer server{[&](const Asked&) {
    return there ? Say::events({event("ADDED", "a", 1), bookmark(5, true)}) : Say::status(404, "NotFound");
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return reflector.state().absent; }));
  EXPECT_FALSE(reflector.state().synced);
  EXPECT_THAT(reflector.state().error, HasSubstr("404"));
  there = true;
  ASSERT_TRUE(soon([&] { return reflector.state().synced; }));
  EXPECT_FALSE(reflector.state().absent);
}

TEST(Reflector, a_crd_that_was_removed_takes_its_objects_along_but_a_lost_permission_does_not) {
  std::atomic<int> answer{200};
  ScriptedServer server{[&](const Asked& asked) {
    if (answer != 200) return Say::status(answer, "X");
    return asked.has("sendInitialEvents") ? Say::events({event("ADDED", "a", 1), bookmark(5, true)}, Say::Then::keep)
                                          : Say::events({bookmark(6)}, Say::Then::keep);
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  Reflector reflector{client, kReviews, quick(), cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return cache.held() == "a1 "; }));
  answer = 403;
  ASSERT_TRUE(soon([&] { return reflector.state().error.find("403") != std::string::npos; }));
  std::this_thread::sleep_for(150ms);
  EXPECT_EQ(cache.held(), "a1 ");
  answer = 404;
  EXPECT_TRUE(soon([&] { return cache.held().empty(); }));
}

TEST(Reflector, a_server_that_has_just_started_and_forbids_everything_makes_nothing_absent) {
  std::atomic<int> answer{200};
  ScriptedServer server{[&](const Asked& asked) {
    if (answer != 200) return Say::status(answer, "Forbidden");
    return asked.has("sendInitialEvents") ? Say::events({event("ADDED", "a", 1), bookmark(5, true)}, Say::Then::keep)
                                          : Say::events({bookmark(6)}, Say::Then::keep);
  }};
  Client client{cluster_at(server.port())};
  Cache cache;
  auto options = quick();
  options.absent = std::chrono::hours{1};  // so long it would have been away
  Reflector reflector{client, kReviews, options, cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return reflector.state().synced; }));
  answer = 403;
  ASSERT_TRUE(soon([&] { return reflector.state().error.find("403") != std::string::npos; }));
  EXPECT_FALSE(reflector.state().absent);
  answer = 200;
  EXPECT_TRUE(soon([&] { return reflector.state().error.empty(); }));
  EXPECT_EQ(cache.held(), "a1 ");
}

TEST(Reflector, asks_for_metadata_only) {
  ScriptedServer server{[](const Asked&) { return Say::events({bookmark(5, true)}); }};
  Client client{cluster_at(server.port())};
  Cache cache;
  ReflectorOptions options = quick();
  options.metadata_only = true;
  Reflector reflector{client, kReviews, options, cache};
  reflector.start();
  ASSERT_TRUE(soon([&] { return reflector.state().synced; }));
  EXPECT_THAT(server.asked()[0].head, HasSubstr("as=PartialObjectMetadata;"));
}

}  // namespace
}  // namespace launchgate::kube
