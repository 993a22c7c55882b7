#include "edge/kube/client.h"

#include <gmock/gmock.h>

#include "unit/edge/kube/support.h"

namespace launchgate::kube {
namespace {

using test::Asked;
using test::Say;
using test::ScriptedServer;
using testing::HasSubstr;
using testing::Not;

const std::string kReview = R"({"apiVersion":"launchgate.dev/v1alpha1","kind":"ReadinessReview","metadata":{"name":"a",)"
                            R"("namespace":"shop","resourceVersion":"7","managedFields":[{"manager":"x"}]}})";

TEST(Client, gets_an_object_by_its_path_and_leaves_managed_fields_behind) {
  ScriptedServer server{[](const Asked&) { return Say::json(kReview); }};
  Client client{cluster_at(server.port())};
  const auto got = client.get(kReviews, "shop", "faq bot", 5s);
  ASSERT_TRUE(got) << got.failure().message;
  EXPECT_EQ(got->root()["metadata"]["name"].text(), "a");
  EXPECT_FALSE(got->root()["metadata"]["managedFields"]);
  EXPECT_EQ(server.asked()[0].target, "/apis/launchgate.dev/v1alpha1/namespaces/shop/readinessreviews/faq%20bot");
}

TEST(Client, keeps_its_connection) {
  ScriptedServer server{[](const Asked&) { return Say::json("{}"); }};
  Client client{cluster_at(server.port())};
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(client.get(kReviews, "shop", "a", 5s));
  EXPECT_EQ(server.connections(), 1u);
}

TEST(Client, a_kept_connection_that_the_server_has_closed_is_no_failure) {
  ScriptedServer server{[](const Asked&) {
    Say say = Say::json("{}");
    say.then = Say::Then::close;  // though it promised to keep it
    return say;
  }};
  Client client{cluster_at(server.port())};
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(client.get(kReviews, "shop", "a", 5s));
    std::this_thread::sleep_for(20ms);  // the end has come by then, and is seen before a write is sent
    EXPECT_TRUE(client.update(kReviews, "shop", "a", "{}", 5s)) << "a write is not refused for it either";
    std::this_thread::sleep_for(20ms);
  }
}

struct Failing {
  const char* name;
  Say say;
  unsigned status;
  const char* reason;
  const char* message;
};
std::ostream& operator<<(std::ostream& out, const Failing& f) { return out << f.name; }

class ClientFailure : public testing::TestWithParam<Failing> {};

TEST_P(ClientFailure, says_what_and_why) {
  ScriptedServer server{[](const Asked&) { return GetParam().say; }};
  Client client{cluster_at(server.port()), {.max_object = 4096}};
  const auto got = client.get(kReviews, "shop", "a", 400ms);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.failure().status, GetParam().status);
  EXPECT_EQ(got.failure().reason, GetParam().reason);
  EXPECT_THAT(got.failure().message, HasSubstr(GetParam().message));
  EXPECT_THAT(got.failure().message, HasSubstr("GET /apis/launchgate.dev/v1alpha1/namespaces/shop/readinessreviews/a"));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ClientFailure,
    testing::Values(
        Failing{"not_found", Say::status(404, "NotFound"), 404, "NotFound", "404 NotFound: scripted"},
        Failing{"forbidden", Say::status(403, "Forbidden"), 403, "Forbidden", "scripted"},
        Failing{"error_without_a_status", {{"HTTP/1.1 403 No\r\nContent-Length: 9\r\n\r\n<html>403"}}, 403, "", "403"},
        Failing{"no_http", {{"SSH-2.0-OpenSSH_9.2\r\n"}, Say::Then::hang}, 0, "Malformed", "is not HTTP"},
        Failing{"no_json", Say::json("{\"a\":"), 0, "Malformed", "is not JSON"},
        Failing{"two_lengths", {{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"}}, 0, "Malformed", "is not HTTP"},
        Failing{"too_large", Say::json("\"" + std::string(5000, 'x') + "\""), 0, "TooLarge", "larger than 4096 bytes"},
        Failing{"endless_head", {std::vector<std::string>(40, "HTTP/1.1 200 OK\r\nX: " + std::string(4000, 'y')), Say::Then::hang}, 0, "Malformed", "HTTP"},
        Failing{"silence", {{}, Say::Then::hang}, 0, "Timeout", "no answer in time"},
        Failing{"half_an_answer", {{"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{"}, Say::Then::hang}, 0, "Timeout", "no answer in time"}),
    [](const auto& row) { return row.param.name; });

TEST(Client, a_read_is_tried_again_after_500_and_429_but_not_after_404) {
  ScriptedServer server{[](const Asked& asked) {
    if (asked.number == 0) return Say::status(500, "InternalError");
    if (asked.number == 1) return Say::status(429, "TooManyRequests");
    return Say::json("{}");
  }};
  Client client{cluster_at(server.port())};
  EXPECT_TRUE(client.get(kReviews, "shop", "a", 5s));
  EXPECT_EQ(server.asked().size(), 3u);
  EXPECT_EQ(client.counters().retries, 2u);
}

TEST(Client, a_write_is_not_tried_again_where_the_server_may_have_taken_it) {
  ScriptedServer server{[](const Asked& asked) {
    return asked.number == 0 ? Say::status(500, "InternalError") : Say{{}, Say::Then::close};
  }};
  Client client{cluster_at(server.port())};
  EXPECT_FALSE(client.create(kReviews, "shop", "{}", 5s)) << "a 500 says nothing about what was done";
  EXPECT_FALSE(client.create(kReviews, "shop", "{}", 5s)) << "nor does a connection that breaks";
  EXPECT_EQ(server.asked().size(), 2u);
}

TEST(Client, a_write_is_tried_again_after_429_because_it_was_not_taken) {
  ScriptedServer server{[](const Asked& asked) {
    return asked.number == 0 ? Say::status(429, "TooManyRequests", "Retry-After: 0\r\n") : Say::json("{}");
  }};
  Client client{cluster_at(server.port())};
  EXPECT_TRUE(client.create(kReviews, "shop", R"({"a":1})", 5s));
  EXPECT_EQ(server.asked()[1].body, R"({"a":1})");
}

TEST(Client, the_time_of_a_call_bounds_all_of_its_tries) {
  ScriptedServer server{[](const Asked&) { return Say::status(503, "ServiceUnavailable", "Retry-After: 3600\r\n"); }};
  Client client{cluster_at(server.port())};
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_FALSE(client.get(kReviews, "shop", "a", 300ms));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s) << "it does not sit out the hour that the server asks for";
}

TEST(Client, stop_ends_a_call_that_waits) {
  ScriptedServer server{[](const Asked&) { return Say{{}, Say::Then::hang}; }};
  Client client{cluster_at(server.port())};
  std::thread stopper([&] {
    soon([&] { return !server.asked().empty(); });
    client.stop();
  });
  const auto got = client.get(kReviews, "shop", "a", 60s);
  stopper.join();
  ASSERT_FALSE(got);
  EXPECT_EQ(got.failure().reason, "Stopped");
}

TEST(Client, nobody_there) {
  std::uint16_t port;
  { port = ScriptedServer{[](const Asked&) { return Say{}; }}.port(); }
  Client client{cluster_at(port)};
  const auto got = client.get(kReviews, "shop", "a", 300ms);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.failure().reason, "Unreachable");
  EXPECT_THAT(got.failure().message, HasSubstr("cannot connect to 127.0.0.1:"));
}

TEST(Client, lists_page_by_page_and_item_by_item) {
  ScriptedServer server{[](const Asked& asked) {
    if (asked.has("continue=next%2Fone"))
      return Say::json(R"({"kind":"List","metadata":{"resourceVersion":"42"},"items":[{"metadata":{"name":"c"}}]})");
    return Say::json(R"({"kind":"List","metadata":{"resourceVersion":"41","continue":"next/one"},"items":[)"
                     R"({"metadata":{"name":"a"},"x":"\"]}{"},{"metadata":{"name":"b"},"items":[{"items":[]}]}]})");
  }};
  Client client{cluster_at(server.port())};
  std::string names;
  const auto version = client.list(kReviews, {.label_selector = "a in (b,c)", .page = 2},
                                   [&](Node item) { names += item["metadata"]["name"].text(); }, 5s);
  ASSERT_TRUE(version) << version.failure().message;
  EXPECT_EQ(*version, "42");
  EXPECT_EQ(names, "abc");
  EXPECT_THAT(server.asked()[0].target, HasSubstr("?labelSelector=a%20in%20%28b%2Cc%29&limit=2"));
}

TEST(Client, a_list_that_breaks_in_the_middle_fails_and_is_not_read_twice) {
  ScriptedServer server{[](const Asked&) {
    return Say{{"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"items\":[{\"metadata\":{\"name\":\"a\"}},"}, Say::Then::close};
  }};
  Client client{cluster_at(server.port())};
  int visited = 0;
  EXPECT_FALSE(client.list(kReviews, {}, [&](Node) { ++visited; }, 2s));
  EXPECT_EQ(visited, 1);
}

TEST(Client, server_side_apply_says_who_and_how) {
  ScriptedServer server{[](const Asked&) { return Say::json("{}"); }};
  Client client{cluster_at(server.port()), {.user_agent = "launchgate/9"}};
  EXPECT_TRUE(client.apply(kReviews, "shop", "a", "{}", "launchgate", true, 5s, "status"));
  const Asked asked = server.asked()[0];
  EXPECT_EQ(asked.method, "PATCH");
  EXPECT_THAT(asked.target, HasSubstr("/readinessreviews/a/status?fieldManager=launchgate&force=true"));
  EXPECT_THAT(asked.head, HasSubstr("Content-Type: application/apply-patch+yaml\r\n"));
  EXPECT_THAT(asked.head, HasSubstr("User-Agent: launchgate/9\r\n"));
}

TEST(Client, what_is_gone_already_is_removed) {
  ScriptedServer server{[](const Asked&) { return Say::status(404, "NotFound"); }};
  Client client{cluster_at(server.port())};
  EXPECT_TRUE(client.remove(kReviews, "shop", "a", 5s));
}

class Tokens final : public Credentials {
 public:
  Result<Now> get() override { return Now{refusals ? "new" : "old", {}, {}}; }
  void refused() override { ++refusals; }
  std::atomic<int> refusals{0};
};

TEST(Client, a_refused_token_is_fetched_anew_once) {
  ScriptedServer server{[](const Asked& asked) {
    return asked.head.find("Bearer new") == std::string::npos ? Say::status(401, "Unauthorized") : Say::json("{}");
  }};
  Cluster cluster = cluster_at(server.port());
  const auto tokens = std::make_shared<Tokens>();
  cluster.credentials = tokens;
  Client client{cluster};
  EXPECT_TRUE(client.create(kReviews, "shop", "{}", 5s));
  EXPECT_EQ(tokens->refusals, 1);
}

}  // namespace
}  // namespace launchgate::kube
