// Many clients, slow readers, and the end of a server.
#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <vector>

#include "support.h"

namespace launchgate::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Lifecycle, ListeningTwiceOnAPortSaysWhy) {
  Server server({.threads = 1});
  const auto port = server.listen({.address = "127.0.0.1", .port = 0, .tls = nullptr, .handler = describe});
  ASSERT_TRUE(port);
  const auto again = server.listen({.address = "127.0.0.1", .port = *port, .tls = nullptr, .handler = describe});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().text(), "cannot listen on 127.0.0.1:" + std::to_string(*port) + ": Address already in use");
  EXPECT_FALSE(server.listen({.address = "not an address", .port = 0, .tls = nullptr, .handler = describe}));
  EXPECT_TRUE(server.listen({.address = "", .port = 0, .tls = nullptr, .handler = describe}));
}

TEST(Lifecycle, ManyConnectionsOnTwoThreads) {
  TestServer server(describe, {}, 2);
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      std::vector<Client> clients;
      for (int i = 0; i < 50; ++i) clients.push_back(i % 5 ? server.client() : server.clear_client());
      for (int round = 0; round < 5; ++round)
        for (Client& client : clients) answered += client.ask(post("/x", "hello")).body == "POST /x 5";
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(answered, 4 * 50 * 5);
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.connections_open == 0; }));
  EXPECT_EQ(server.server.stats().connections_total, 200u);
}

TEST(Lifecycle, ConnectionsAboveTheLimitAreRefusedAndComeBackLater) {
  Limits limits;
  limits.connections = 2;
  TestServer server(describe, limits);
  Client first = server.client();
  {
    Client second = server.client();
    EXPECT_EQ(second.ask(get("/")).status, 200u);
    EXPECT_FALSE(server.client().connected());
    const Client clear = server.clear_client(), another = server.clear_client();
    const Reply refused = server.clear_client().reply();
    EXPECT_EQ(refused.status, 503u);
    EXPECT_EQ(refused.body, "{\"error\": \"too many connections\"}");
    EXPECT_EQ(server.server.stats().connections_refused, 2u);
  }
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.connections_open == 1; }));
  EXPECT_EQ(server.client().ask(get("/")).status, 200u);
  EXPECT_EQ(first.ask(get("/")).status, 200u);
}

// More than the sockets' buffers hold: the answer leaves in parts, and the requests behind it wait their turn.
TEST(Lifecycle, PartialWritesToAClientThatReadsLate) {
  const std::string big(8 << 20, 'b');
  TestServer server([&](const Request& request, Response& response) { response.body = request.target == "/big" ? big : "small"; });
  for (const bool clear : {false, true}) {
    Client client = clear ? server.clear_client() : server.client();
    ASSERT_TRUE(client.send(get("/big") + get("/small") + get("/big")));
    EXPECT_EQ(server.client().ask(get("/small")).body, "small");   // the others are served meanwhile
    EXPECT_EQ(client.reply().body, big);
    EXPECT_EQ(client.reply().body, "small");
    EXPECT_EQ(client.reply().body, big);
  }
}

// An answer waits for others only as long as that is worth it.
TEST(Lifecycle, AnAnswerDoesNotWaitForAConnectionThatAlwaysHasMoreToAsk) {
  constexpr int many = 400;
  std::atomic<int> answered{0};
  TestServer server([&](const Request& request, Response&) {
    if (request.target != "/many") return;
    std::this_thread::sleep_for(milliseconds(1));
    ++answered;
  });
  Client greedy = server.clear_client(), modest = server.clear_client();
  std::string all;
  for (int i = 0; i < many; ++i) all += get("/many");
  ASSERT_TRUE(greedy.send(all));
  while (answered == 0) std::this_thread::yield();
  EXPECT_EQ(modest.ask(get("/one")).status, 200u);
  EXPECT_LT(answered, many);
  for (int i = 0; i < many; ++i) ASSERT_EQ(greedy.reply().status, 200u);
}

TEST(Lifecycle, AClientThatNeverReadsIsCutAndHoldsNothing) {
  Limits limits;
  limits.write = milliseconds(50);
  TestServer server([](const Request& request, Response& response) {
    response.body.assign(request.target == "/big" ? 8 << 20 : 2, 'b');
  }, limits);
  Client client = server.client();
  std::string requests;
  for (int i = 0; i < 100; ++i) requests += get("/big");
  client.send(requests);
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.timeouts == 1 && stats.connections_open == 0; }));
  EXPECT_LT(server.server.stats().requests, 5u);       // it was not answered a hundred times into memory
  EXPECT_EQ(server.server.stats().buffered_bytes, 0u);
  EXPECT_EQ(server.client().ask(get("/")).body, "bb");
}

TEST(Lifecycle, AHalfClosedClientIsStillAnswered) {
  TestServer server;
  for (const bool clear : {false, true}) {
    Client client = clear ? server.clear_client() : server.client();
    ASSERT_TRUE(client.send(get("/1") + get("/2")));
    client.half_close();
    EXPECT_EQ(client.reply().body, "GET /1 0");
    EXPECT_EQ(client.reply().body, "GET /2 0");
    EXPECT_TRUE(client.ended());
  }
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.connections_open == 0; }));
}

TEST(Lifecycle, RetiringMovesClientsAwayOneAnswerAtATime) {
  TestServer server;
  Client old = server.client();
  EXPECT_FALSE(old.ask(get("/")).has("Connection: close"));
  server.server.retire();
  EXPECT_TRUE(old.ask(get("/")).has("Connection: close"));
  EXPECT_TRUE(old.ended());
  const Reply fresh = server.client().ask(get("/"));   // new ones are still served
  EXPECT_EQ(fresh.status, 200u);
  EXPECT_TRUE(fresh.has("Connection: close"));
}

TEST(Lifecycle, DrainAnswersWhatIsInFlightAndClosesTheRest) {
  std::promise<void> entered, go;
  TestServer server([&](const Request& request, Response& response) {
    if (request.target == "/slow") {
      entered.set_value();
      go.get_future().wait();
    }
    response.body = "done";
  }, {}, 2);
  Client idle = server.client(), slow = server.client(), half = server.client(), unused = server.client();
  ASSERT_EQ(idle.ask(get("/")).status, 200u);
  ASSERT_TRUE(half.send("POST /half HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha"));
  ASSERT_TRUE(slow.send(get("/slow")));
  entered.get_future().wait();
  server.server.retire();                              // as drain() does: from here on every answer closes
  auto cut = std::async(std::launch::async, [&] { return server.server.drain(seconds(20)); });
  EXPECT_TRUE(half.send("lf"));
  go.set_value();
  const Reply answered = slow.reply(), finished = half.reply();
  EXPECT_EQ(answered.body, "done");
  EXPECT_TRUE(answered.has("Connection: close\r\n"));
  EXPECT_EQ(finished.body, "done");
  EXPECT_TRUE(idle.ended());
  EXPECT_TRUE(slow.ended());
  EXPECT_TRUE(half.ended());
  EXPECT_TRUE(unused.ended());
  for (Client* client : {&idle, &slow, &half, &unused}) *client = Client(1);   // closed by us too
  EXPECT_EQ(cut.get(), 0u);
  EXPECT_FALSE(server.client().connected());
}

TEST(Lifecycle, DrainCutsWhatOutlastsTheGrace) {
  TestServer server;
  Client half = server.client();
  ASSERT_TRUE(half.send("POST /half HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha"));
  ASSERT_TRUE(server.eventually([](const Stats& stats) { return stats.bytes_in > 50; }));
  EXPECT_EQ(server.server.drain(milliseconds(1)), 1u);
}

TEST(Lifecycle, AGraceEndsWhenItIsHastened) {
  TestServer server;
  Client half = server.client();
  ASSERT_TRUE(half.send("POST /half HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha"));
  ASSERT_TRUE(server.eventually([](const Stats& stats) { return stats.bytes_in > 50; }));
  const auto from = Clock::now();
  int asked = 0;
  EXPECT_EQ(server.server.drain(seconds(20), [&] { return ++asked == 3; }), 1u);
  EXPECT_LT(Clock::now() - from, seconds(10));
}

// What the kernel has accepted for us when the listener closes is served, not reset.
TEST(Lifecycle, StopAcceptingTakesTheQueueAlong) {
  TestServer server;
  std::vector<Client> queued;
  for (int i = 0; i < 20; ++i) queued.push_back(server.clear_client());
  server.server.stop_accepting();
  for (Client& client : queued) EXPECT_EQ(client.ask(get("/")).status, 200u);
  EXPECT_FALSE(server.clear_client().connected());
}

TEST(Lifecycle, EndsWithoutDrainAndWithoutStart) {
  { Server never_started({.threads = 2}); }
  Server unstarted({.threads = 1});
  ASSERT_TRUE(unstarted.listen({.address = "127.0.0.1", .port = 0, .tls = nullptr, .handler = describe}));
  EXPECT_EQ(unstarted.drain(milliseconds(1)), 0u);
  TestServer cut;
  Client client = cut.client();
  ASSERT_TRUE(client.send("GET /unfin"));
}

TEST(Lifecycle, NothingFailsWhileOneServerHandsOverToAnother) {
  auto old = std::make_unique<TestServer>(describe, Limits{}, 2);
  TestServer next(describe, {}, 2);
  std::atomic<bool> moved{false}, stop{false};
  std::atomic<int> failed{0}, asked{0};
  std::vector<std::thread> clients;
  for (int t = 0; t < 3; ++t)
    clients.emplace_back([&] {
      std::uint16_t port = old->port;
      Client client(port);
      while (!stop) {
        const Reply reply = client.ask(post("/x", "hello"));
        failed += reply.status != 200;
        ++asked;
        if (reply.has("Connection: close")) client = Client(moved ? next.port : port);
      }
    });
  while (asked < 100) std::this_thread::yield();
  moved = true;                                        // as the endpoints do, before the old one stops
  old->server.retire();
  const int then = asked;
  while (asked < then + 100) std::this_thread::yield();
  old->server.drain(seconds(20));
  old.reset();
  const int later = asked;
  while (asked < later + 100) std::this_thread::yield();
  stop = true;
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(failed, 0);
}

}  // namespace
}  // namespace launchgate::http
