// What becomes of clients that are wrong, slow or hostile: an answer or a closed connection, and a server that goes on.
#include <sys/resource.h>

#include <random>

#include "support.h"

namespace launchgate::http {
namespace {

using std::chrono::milliseconds;

void expect_serving(TestServer& server) { EXPECT_EQ(server.client().ask(get("/still")).body, "GET /still 0"); }

TEST(Refusals, EachWithItsStatusAndJson) {
  TestServer server;
  struct Row { std::string request; unsigned status; };
  const Row rows[] = {
      {"nonsense\r\n\r\n", 400},
      {post("/", "", "Transfer-Encoding: chunked\r\n"), 400},
      {"POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 7340033\r\n\r\n", 413},
      {"GET / HTTP/1.1\r\nHost: t\r\nExpect: x\r\n\r\n", 417},
      {get("/" + std::string(20'000, 'a')), 431},
      {get("/", "Cookie: " + std::string(20'000, 'a') + "\r\n"), 431},
      {post("/", "", "Transfer-Encoding: gzip\r\n"), 501},
      {"GET / HTTP/3.0\r\n\r\n", 505},
  };
  for (const Row& row : rows) {
    const std::uint64_t before = server.server.stats().error(row.status);
    Client client = server.client();
    const Reply reply = client.ask(row.request);
    EXPECT_EQ(reply.status, row.status) << row.request.substr(0, 60);
    EXPECT_EQ(reply.body.substr(0, 11), "{\"error\": \"");
    EXPECT_TRUE(reply.has("Connection: close\r\n"));
    EXPECT_TRUE(client.ended());
    EXPECT_EQ(server.server.stats().error(row.status), before + 1);
  }
  EXPECT_EQ(server.server.stats().requests, 0u);
}

TEST(Refusals, TheRoomMayShapeThem) {
  TestServer server(describe, {}, 1, [](unsigned status, std::string_view what, Response& response) {
    response.content_type = "text/plain";
    response.body = std::to_string(status) + ": " + std::string(what);
  });
  const Reply reply = server.client().ask("GET / HTTP/9.9\r\n\r\n");
  EXPECT_EQ(reply.body, "505: only HTTP/1.1 and HTTP/1.0 are spoken here");
  EXPECT_TRUE(reply.has("text/plain"));
}

// The client is still sending when the answer leaves: it must arrive all the same.
TEST(Refusals, A413ReachesAClientThatKeepsSending) {
  TestServer server;
  for (const bool clear : {false, true}) {
    Client client = clear ? server.clear_client() : server.client();
    EXPECT_EQ(client.ask(post("/", std::string(8 << 20, 'x'))).status, 413u);
    Client chunked = clear ? server.clear_client() : server.client();
    std::string request = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 8; ++i) request += "100000\r\n" + std::string(1 << 20, 'x') + "\r\n";
    EXPECT_EQ(chunked.ask(request + "0\r\n\r\n").status, 413u);
  }
  expect_serving(server);
}

TEST(Refusals, SlowHeadersAndBodiesAre408) {
  Limits limits;
  limits.header_time = limits.body_time = milliseconds(50);
  TestServer server(describe, limits);
  for (const std::string& part : {std::string("G"), std::string("GET / HTTP/1.1\r\nHost:"), post("/", "body").substr(0, 52),
                                  std::string("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")}) {
    Client client = server.client();
    EXPECT_EQ(client.ask(part).status, 408u) << part;
    EXPECT_TRUE(client.ended());
  }
  EXPECT_EQ(server.server.stats().timeouts, 4u);
  expect_serving(server);
}

TEST(Refusals, ABodyThatMissesTheAskedDeadlineIs408) {
  TestServer server;
  Client client = server.client();
  EXPECT_EQ(client.ask("POST /validate?timeout=100ms HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf").status, 408u);
}

TEST(Refusals, SilentClientsAreClosed) {
  Limits limits;
  limits.handshake = milliseconds(50);
  TestServer hasty(describe, limits);
  Client never(hasty.port, Client::Kind::clear);       // opened to the TLS port, says nothing
  EXPECT_TRUE(never.ended());
  EXPECT_TRUE(hasty.eventually([](const Stats& stats) { return stats.handshake_failures == 1; }));

  limits = {};
  limits.header_time = limits.linger = milliseconds(50);
  TestServer silent(describe, limits);
  Client tls = silent.client(), clear = silent.clear_client();
  EXPECT_TRUE(tls.ended());
  EXPECT_TRUE(clear.ended());

  limits = {};
  limits.idle = limits.linger = milliseconds(50);
  TestServer server(describe, limits);
  Client idle = server.client();
  EXPECT_EQ(idle.ask(get("/")).status, 200u);
  EXPECT_TRUE(idle.ended());
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.connections_open == 0; }));   // without our closing
}

TEST(Refusals, BytesThatAreNotTls) {
  TestServer server;
  std::mt19937 random(1);
  for (int i = 0; i < 50; ++i) {
    Client client(server.port, Client::Kind::clear);
    std::string bytes;
    for (int k = 0; k < 2000; ++k) bytes += static_cast<char>(random());
    if (i % 2) bytes = "\x16\x03\x01" + bytes;          // looks like the beginning of a handshake
    client.send(bytes);
    client.half_close();
    while (!client.ended() && client.reply().status != 0) {
    }
  }
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.handshake_failures == 50; }));
  expect_serving(server);
}

TEST(Refusals, ClearTextOnTheTlsPortIsToldSo) {
  TestServer server;
  Client client(server.port, Client::Kind::clear);
  const Reply reply = client.ask(get("/healthz"));
  EXPECT_EQ(reply.status, 400u);
  EXPECT_EQ(reply.body, "{\"error\": \"this port speaks only TLS\"}");
}

TEST(Refusals, GarbageInsideTls) {
  TestServer server;
  std::mt19937 random(2);
  for (int i = 0; i < 100; ++i) {
    Client client = server.client();
    std::string bytes = i % 2 ? post("/", "some body") : "";
    for (int k = 0; k < 500; ++k) bytes += static_cast<char>(random());
    client.send(bytes);
    client.half_close();
    while (client.reply().status != 0) {
    }
  }
  expect_serving(server);
}

TEST(Refusals, TenMegabytesOfGarbageHoldNoMemory) {
  TestServer server;
  const std::string garbage(10 << 20, 'A');            // one endless method name
  Client client = server.client();
  client.send(garbage);
  EXPECT_EQ(client.reply().status, 431u);
  Client clear(server.port, Client::Kind::clear);
  clear.send(garbage);
  Client lines = server.client();
  std::string folded = "GET / HTTP/1.1\r\n";
  while (folded.size() < garbage.size()) folded += "A: b\r\n";
  lines.send(folded);
  EXPECT_EQ(lines.reply().status, 431u);
  EXPECT_EQ(server.server.stats().buffered_bytes, 0u);
  expect_serving(server);
}

TEST(Refusals, LargeRequestsShareABudget) {
  Limits limits;
  limits.buffered = 2 << 20;
  TestServer server(describe, limits);
  std::vector<Client> holders;
  for (int i = 0; i < 3; ++i) {
    holders.push_back(server.client());
    holders.back().send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n" + std::string(900'000, 'x'));
  }
  // Two of them fit, one was told to come again; the two are answered when they go on.
  ASSERT_TRUE(server.eventually([](const Stats& stats) { return stats.error(503) == 1; }));
  int served = 0, refused = 0;
  for (Client& holder : holders) {
    holder.send(std::string(100'000, 'x'));
    const unsigned status = holder.reply().status;
    served += status == 200;
    refused += status == 503;
  }
  EXPECT_EQ(served, 2);
  EXPECT_EQ(refused, 1);
  for (Client& holder : holders) holder = Client(1);
  // What is left is kept for the next requests: a few buffers of moderate size.
  EXPECT_TRUE(server.eventually([&](const Stats& stats) { return stats.buffered_bytes <= 4 * limits.keep_buffer; }));
}

TEST(Refusals, OutOfDescriptorsIsWaitedOut) {
  TestServer server;
  // The sanitizer looks at a type's first virtual call through a pipe, and takes it for a bad object where there is no
  // descriptor left for that. So `kept` is told of something before: the one thread, done with `other`, waits for it.
  Client kept = server.clear_client(), other = server.clear_client();
  ASSERT_EQ(other.ask(get("/")).status, 200u);
  ASSERT_EQ(kept.ask(get("/")).status, 200u);
  const int waiting = ::socket(AF_INET, SOCK_STREAM, 0);
  const int lowest = ::dup(waiting);
  ::close(lowest);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{static_cast<rlim_t>(lowest), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(server.clear_port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(waiting, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);   // the kernel accepts, the server can't
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.accept_errors > 0; }));
  EXPECT_EQ(kept.ask(get("/")).status, 200u);
  ::setrlimit(RLIMIT_NOFILE, &before);
  const std::string request = get("/late");
  EXPECT_EQ(::send(waiting, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
  char answer[32];
  EXPECT_GT(::recv(waiting, answer, sizeof answer, 0), 0);
  EXPECT_LT(server.server.stats().accept_errors, 200u);   // one for each pause, not one for each turn of a spinning loop
  ::close(waiting);
}

}  // namespace
}  // namespace launchgate::http
