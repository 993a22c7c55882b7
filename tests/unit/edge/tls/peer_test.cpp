#include "edge/tls/peer.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace launchgate::tls {
namespace {

using std::chrono::milliseconds;

// A port of the loopback that says one thing to whoever connects first.
class Says {
 public:
  explicit Says(std::string text) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(fd_, 1), 0);
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this, text = std::move(text)] {
      const int client = ::accept(fd_, nullptr, nullptr);
      char hello[2048];
      (void)!::read(client, hello, sizeof hello);
      (void)!::write(client, text.data(), text.size());
      if (text.empty()) std::this_thread::sleep_for(milliseconds{600});
      ::close(client);
    });
  }
  ~Says() {
    thread_.join();
    ::close(fd_);
  }
  std::uint16_t port = 0;

 private:
  int fd_;
  std::thread thread_;
};

TEST(Peer, NamesThePhaseThatFails) {
  EXPECT_EQ(peer("no-such-host.invalid", 443, "x", milliseconds{500}).failed, Phase::dns);
  const Peer refused = peer("127.0.0.1", 1, "x", milliseconds{500});
  EXPECT_EQ(refused.failed, Phase::tcp);
  EXPECT_EQ(refused.error, "Connection refused");
  EXPECT_EQ(refused.address, "127.0.0.1:1");
  const Says plain("HTTP/1.1 400 Bad Request\r\n\r\n");
  const Peer not_tls = peer("127.0.0.1", plain.port, "x", milliseconds{2000});
  EXPECT_EQ(not_tls.failed, Phase::tls);
  EXPECT_EQ(not_tls.error, "wrong version number");
  EXPECT_TRUE(not_tls.chain.empty());
}

TEST(Peer, DoesNotWaitForEver) {
  const Says nothing("");
  const auto from = std::chrono::steady_clock::now();
  const Peer silent = peer("127.0.0.1", nothing.port, "x", milliseconds{200});
  EXPECT_EQ(silent.failed, Phase::tls);
  EXPECT_EQ(silent.error, "no answer to the handshake");
  EXPECT_LT(std::chrono::steady_clock::now() - from, milliseconds{2000});
}

}  // namespace
}  // namespace launchgate::tls
