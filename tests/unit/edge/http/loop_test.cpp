#include "edge/http/loop.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>

namespace launchgate::http {
namespace {

// A client's end of a connection that a loop has adopted.
class Peer {
 public:
  Peer(Shared& shared, Loop& loop, OpenSite& site) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    fd_ = ends[1];
    shared.came(site);                                 // as the acceptor does
    loop.adopt(ends[0], site);
  }
  ~Peer() { leave(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  void ask(const std::string& path) const {
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n";
    EXPECT_EQ(::write(fd_, request.data(), request.size()), static_cast<ssize_t>(request.size()));
  }
  bool is_answered() const {
    pollfd look{fd_, POLLIN, 0};
    char byte;
    return ::poll(&look, 1, 20'000) == 1 && ::read(fd_, &byte, 1) == 1;
  }
  void leave() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

// The end of all idle connections and one's own end, both waiting while the loop is busy: it is told of both at once.
TEST(Loop, AClientThatLeavesAsTheEndBeginsIsForgottenOnce) {
  std::atomic<bool> inside{false}, go_on{false};
  OpenSite site{Site{}};
  site.handler = [&](const Request& request, Response&) {
    if (request.target != "/long") return;
    inside = true;
    while (!go_on) std::this_thread::yield();
  };
  const Limits limits;
  Shared shared{limits};
  Loop loop{shared};
  std::thread thread{[&] { loop.run(); }};
  {
    Peer idle{shared, loop, site}, busy{shared, loop, site};
    idle.ask("/");
    EXPECT_TRUE(idle.is_answered());
    busy.ask("/long");
    while (!inside) std::this_thread::yield();
    loop.drain();
    idle.leave();
    go_on = true;
    EXPECT_TRUE(busy.is_answered());
  }
  while (shared.open != 0) std::this_thread::yield();
  loop.stop();
  thread.join();
}

}  // namespace
}  // namespace launchgate::http
