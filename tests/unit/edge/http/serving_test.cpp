// What a well-behaved client may rely on.
#include "support.h"

namespace launchgate::http {
namespace {

TEST(Serving, KeepAlive) {
  TestServer server;
  Client client = server.client();
  for (int i = 0; i < 100; ++i) {
    const Reply reply = client.ask(post("/" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'x')));
    ASSERT_EQ(reply.status, 200u);
    EXPECT_EQ(reply.body, "POST /" + std::to_string(i) + " " + std::to_string(i));
    EXPECT_TRUE(reply.has("Content-Type: text/plain\r\n"));
    EXPECT_TRUE(reply.has("\r\nDate: "));
    EXPECT_FALSE(reply.has("Connection:"));
  }
  const Stats stats = server.server.stats();
  EXPECT_EQ(stats.connections_total, 1u);
  EXPECT_EQ(stats.requests, 100u);
  EXPECT_GT(stats.bytes_in, 4950u);
  EXPECT_GT(stats.bytes_out, 100u);
}

TEST(Serving, ClearText) {
  TestServer server;
  Client client = server.clear_client();
  EXPECT_EQ(client.ask(get("/healthz")).body, "GET /healthz 0");
  EXPECT_EQ(client.ask(get("/metrics")).body, "GET /metrics 0");
}

TEST(Serving, PipelinedRequestsAreAnsweredInOrder) {
  TestServer server;
  Client client = server.client();
  std::string all;
  for (int i = 0; i < 500; ++i) all += post("/" + std::to_string(i), std::string(static_cast<std::size_t>(i * 7), 'x'));
  std::thread writer([&] { EXPECT_TRUE(client.send(all)); });
  writer.join();                                       // 900 KB fit in the sockets and the server's hands
  for (int i = 0; i < 500; ++i) ASSERT_EQ(client.reply().body, "POST /" + std::to_string(i) + " " + std::to_string(i * 7));
}

TEST(Serving, RequestsInPiecesOfEverySize) {
  TestServer server;
  Client client = server.clear_client();
  const std::string request = post("/pieces", "0123456789") + "POST /chunks HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece < 40; ++piece) {
    for (std::size_t at = 0; at < request.size(); at += piece) ASSERT_TRUE(client.send(std::string_view(request).substr(at, piece)));
    EXPECT_EQ(client.reply().body, "POST /pieces 10");
    EXPECT_EQ(client.reply().body, "POST /chunks 7");
  }
}

TEST(Serving, LargeBodiesArriveWhole) {
  std::string wanted;
  TestServer server([&](const Request& request, Response& response) { response.body = request.body == wanted ? "same" : "different"; });
  Client client = server.client();
  for (const std::size_t size : {std::size_t{16} << 10, (std::size_t{32} << 10) - 70, std::size_t{33} << 10, std::size_t{7} << 20}) {
    wanted.clear();
    for (std::size_t i = 0; i < size; ++i) wanted += static_cast<char>('a' + i * 31 % 26);
    EXPECT_EQ(client.ask(post("/", wanted)).body, "same") << size;
    std::string chunked = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < size; at += 5000) {
      const std::size_t part = std::min<std::size_t>(5000, size - at);
      char line[16];
      chunked.append(line, static_cast<std::size_t>(std::snprintf(line, sizeof line, "%zx\r\n", part)));
      chunked.append(wanted, at, part).append("\r\n");
    }
    EXPECT_EQ(client.ask(chunked + "0\r\n\r\n").body, "same") << size << " chunked";
  }
  EXPECT_TRUE(server.eventually([](const Stats& stats) { return stats.buffered_bytes <= 4 * Limits{}.keep_buffer; }));
}

TEST(Serving, TheBodyHasReadableBytesAfterIt) {
  TestServer server([](const Request& request, Response& response) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < 64; ++i) sum += static_cast<unsigned char>(request.body.data()[request.body.size() + i]);
    response.body = std::to_string(sum);               // for the sanitizer; the bytes mean nothing
  });
  Client client = server.client();
  const std::size_t header = post("/", "").size();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, (std::size_t{32} << 10) - header - 4, std::size_t{100'000}})
    EXPECT_EQ(client.ask(post("/", std::string(size, 'x'))).status, 200u);
}

TEST(Serving, ExpectContinue) {
  TestServer server;
  Client client = server.client();
  ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"));
  EXPECT_EQ(client.reply(true).head, "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(client.ask("hello").body, "POST / 5");
  EXPECT_EQ(client.ask(post("/", "hello", "Expect: 100-continue\r\n")).status, 200u);   // the body came unasked
  const Reply refused = client.ask("POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
  EXPECT_EQ(refused.status, 413u);
}

TEST(Serving, HeadHasTheLengthWithoutTheBody) {
  TestServer server;
  Client client = server.client();
  ASSERT_TRUE(client.send(get("/readyz", "", "HEAD")));
  const Reply reply = client.reply(true);
  EXPECT_TRUE(reply.has("Content-Length: 14\r\n"));    // "HEAD /readyz 0"
  EXPECT_EQ(client.ask(get("/next")).body, "GET /next 0");
}

TEST(Serving, HttpOneZero) {
  TestServer server;
  Client kept = server.client();
  EXPECT_TRUE(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").has("Connection: keep-alive\r\n"));
  EXPECT_TRUE(kept.ask("GET / HTTP/1.0\r\n\r\n").has("Connection: close\r\n"));
  EXPECT_TRUE(kept.ended());
}

TEST(Serving, ClosesWhenEitherSideAsks) {
  TestServer server([](const Request& request, Response& response) { response.close = request.target == "/close"; });
  Client client = server.client();
  EXPECT_TRUE(client.ask(get("/", "Connection: close\r\n")).has("Connection: close\r\n"));
  EXPECT_TRUE(client.ended());
  Client other = server.client();
  EXPECT_TRUE(other.ask(get("/close")).has("Connection: close\r\n"));
  EXPECT_TRUE(other.ended());
}

TEST(Serving, AbsoluteTargetsLoseTheirHost) {
  TestServer server;
  EXPECT_EQ(server.client().ask(get("https://gate.example:8443/validate?timeout=5s")).body, "GET /validate?timeout=5s 0");
}

TEST(Serving, TheDeadlineCountsFromTheFirstByte) {
  Clock::time_point deadline;
  const Limits limits;
  TestServer server([&](const Request& request, Response&) { deadline = request.deadline; });
  Client client = server.client();
  const auto check = [&](const std::string& target, std::chrono::milliseconds wanted) {
    const auto before = Clock::now();
    ASSERT_EQ(client.ask(get(target)).status, 200u);
    EXPECT_GE(deadline, before + wanted) << target;
    EXPECT_LE(deadline, Clock::now() + wanted) << target;
  };
  check("/", limits.request);
  check("/?timeout=5s", std::chrono::seconds(5) - limits.margin);
  check("/?timeout=100ms", std::chrono::milliseconds(50));
  check("/?timeout=1h", limits.request);
  check("/?timeout=nonsense", limits.request);
}

TEST(Serving, AHandlerThatThrowsIsA500) {
  TestServer server([](const Request&, Response& response) {
    response.body = "half an answer";
    throw std::runtime_error("secret");
  });
  const Reply reply = server.client().ask(get("/"));
  EXPECT_EQ(reply.status, 500u);
  EXPECT_EQ(reply.body, "{\"error\": \"the server failed to answer this request\"}");
  EXPECT_EQ(server.server.stats().error(500), 1u);
}

TEST(Serving, NothingOfAResponseIsLeftForTheNext) {
  TestServer server([](const Request& request, Response& response) {
    if (request.target == "/plain") return;
    response.status = 405;
    response.headers = "Allow: POST\r\n";
    response.body = "long text";
    response.content_type = "text/html";
  });
  Client client = server.client();
  EXPECT_TRUE(client.ask(get("/")).has("Allow: POST\r\n"));
  const Reply plain = client.ask(get("/plain"));
  EXPECT_EQ(plain.status, 200u);
  EXPECT_FALSE(plain.has("Allow"));
  EXPECT_TRUE(plain.has("application/json"));
  EXPECT_EQ(plain.body, "");
}

}  // namespace
}  // namespace launchgate::http
