// A client that takes much, on purpose or not, and those beside it.
#include <sys/resource.h>

#include <atomic>
#include <cerrno>
#include <vector>

#include "support.h"

namespace launchgate::http {
namespace {

using std::chrono::milliseconds;

// Keeps the server's only thread inside the handler from the request until it is let go.
struct Gate {
  std::atomic<bool> inside{false}, open{false};
  void pass() {
    inside = true;
    while (!open) std::this_thread::yield();
  }
  void wait_inside() const {
    while (!inside) std::this_thread::yield();
  }
};

// Its last bytes came while the thread was busy with another, and stand in the kernel when its time is over.
TEST(Greedy, ARequestThatCameInTimeIsAnsweredThoughTheThreadWasBusy) {
  Limits limits;
  limits.body_time = milliseconds(1000);
  Gate gate;
  TestServer server([&](const Request& request, Response& response) {
    if (request.target == "/busy") gate.pass();
    response.body = request.body;
  }, limits);
  Client punctual = server.client(), busy = server.client();
  ASSERT_TRUE(punctual.send("POST /punctual HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhe"));
  ASSERT_TRUE(server.eventually([](const Stats& stats) { return stats.bytes_in > 50; }));
  ASSERT_TRUE(busy.send(get("/busy")));
  gate.wait_inside();
  ASSERT_TRUE(punctual.send("llo"));
  std::this_thread::sleep_for(limits.body_time + milliseconds(300));   // and one look at the time limits
  gate.open = true;
  const Reply reply = punctual.reply();
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(server.server.stats().timeouts, 0u);
}

// Beneath HTTP nothing has come as long as the record is not there as a whole.
TEST(Greedy, ATlsRecordThatTricklesInDoesNotKeepAConnection) {
  Limits limits;
  limits.header_time = limits.idle = limits.linger = milliseconds(200);
  TestServer server(describe, limits);
  for (const bool served : {false, true}) {
    Client client = server.client();
    if (served) {
      ASSERT_EQ(client.ask(get("/")).status, 200u);
    }
    BIO* wire = BIO_new(BIO_s_mem());
    SSL_set0_wbio(client.ssl(), wire);
    ASSERT_TRUE(client.send(post("/", std::string(8000, 'x'))));   // one record, into memory
    const char* bytes = nullptr;
    const long size = BIO_get_mem_data(wire, &bytes);
    bool ended = false;
    long sent = 0;
    for (; sent < std::min(size, 1000L) && !ended; ++sent) {
      (void)::send(client.fd(), bytes + sent, 1, MSG_NOSIGNAL);
      std::this_thread::sleep_for(milliseconds(20));
      char seen[1024];
      while (!ended) {
        const ssize_t got = ::recv(client.fd(), seen, sizeof seen, MSG_DONTWAIT);
        if (got < 0 && errno == EAGAIN) break;
        ended = got <= 0;
      }
    }
    EXPECT_TRUE(ended) << (served ? "after an answer" : "before any request") << ": still open after " << sent << " bytes";
  }
}

// The body was answered; only its answer waits for a client that does not read.
TEST(Greedy, WhatWasAnsweredIsNotHeldForAClientThatDoesNotRead) {
  Limits limits;
  limits.buffered = 14 << 20;
  const std::string large(6 << 20, 'x');
  const std::string chunked = "POST /large HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n600000\r\n" + large + "\r\n0\r\n\r\n";
  for (const std::string& requests : {post("/large", large), chunked + get("/next")}) {
    TestServer server([](const Request& request, Response& response) {
      response.body.assign(request.target == "/large" ? 9 << 20 : 2, 'b');
    }, limits);
    Client idler = server.client();
    ASSERT_TRUE(idler.send(requests));
    ASSERT_TRUE(server.eventually([](const Stats& stats) { return stats.bytes_out > 0; }));
    EXPECT_EQ(server.client().ask(post("/", std::string(100'000, 'x'))).status, 200u);
    EXPECT_EQ(idler.reply().body.size(), std::size_t{9} << 20);
    if (requests.ends_with(get("/next"))) {
      EXPECT_EQ(idler.reply().body, "bb");
    }
  }
}

// Each of its answers takes longer than a turn may: the others' requests come after one of them, not after all.
TEST(Greedy, AClientThatPipelinesWaitsForTheOthersAfterEachLongAnswer) {
  constexpr int many = 40;
  Gate gate;
  std::atomic<int> answered{0};
  std::atomic<int> before_modest{many};
  TestServer server([&](const Request& request, Response&) {
    if (request.target == "/modest") before_modest = answered.load();
    if (request.target != "/many") return;
    if (answered == 0) gate.pass();
    std::this_thread::sleep_for(milliseconds(5));
    ++answered;
  });
  Client greedy = server.clear_client(), modest = server.clear_client();
  std::string all;
  for (int i = 0; i < many; ++i) all += get("/many");
  ASSERT_TRUE(greedy.send(all));
  gate.wait_inside();
  ASSERT_TRUE(modest.send(get("/modest")));
  gate.open = true;
  EXPECT_EQ(modest.reply().status, 200u);
  EXPECT_LE(before_modest, 3);
  for (int i = 0; i < many; ++i) ASSERT_EQ(greedy.reply().status, 200u);
}

// Probes come in clear text: however many TLS connections one client holds, they are let in.
TEST(Greedy, ConnectionsToOnePortLeaveTheOthersPortItsOwn) {
  Limits limits;
  limits.connections = 2;
  TestServer server(describe, limits);
  std::vector<Client> holders;
  for (int i = 0; i < 2; ++i) holders.push_back(server.client());
  for (Client& holder : holders) ASSERT_EQ(holder.ask(get("/")).status, 200u);
  EXPECT_FALSE(server.client().connected());
  EXPECT_EQ(server.clear_client().ask(get("/healthz")).status, 200u);
  EXPECT_EQ(server.server.stats().connections_refused, 1u);
}

// What a process starts with is often 1,024: fewer than the connections of one port.
TEST(Greedy, AServerTakesAllDescriptorsThatItIsAllowed) {
  rlimit before{}, after{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{std::min<rlim_t>(256, before.rlim_max), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  const Server server({.threads = 1});
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &after), 0);
  EXPECT_EQ(after.rlim_cur, before.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

}  // namespace
}  // namespace launchgate::http
