#include "edge/http/poller.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <stdexcept>

namespace launchgate::http {
namespace {

constexpr int kWhileLong = 2'000;  // a round that is told of something ends at once

// One end of a pair of sockets under watch; the other is the peer's.
struct Pair : Watched {
  explicit Pair(Poller& poller) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    peer = ends[1];
    watch = std::make_unique<Watch>(poller, ends[0], *this);
  }
  ~Pair() {
    if (peer >= 0) ::close(peer);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void ready() override {
    ++told;
    if (then) then();
  }
  void say() const { EXPECT_EQ(::write(peer, "x", 1), 1); }
  void hear() const {
    char byte;
    EXPECT_EQ(::read(watch->fd(), &byte, 1), 1);
  }
  void hang_up() {
    ::close(peer);
    peer = -1;
  }

  int peer = -1, told = 0;
  std::function<void()> then;
  std::unique_ptr<Watch> watch;
};

// The kernel has something to say to this thread.
bool is_ready(int epoll) {
  pollfd look{epoll, POLLIN, 0};
  return ::poll(&look, 1, 0) == 1;
}

// There is room in a new socket.
void told_of_room(Poller& poller, Pair& pair) {
  ASSERT_TRUE(pair.watch->want_write());
  poller.wait(kWhileLong);
  EXPECT_EQ(pair.told, 1);
}

TEST(Poller, TellsOnlyWhoWaitsAndOncePerWait) {
  Poller poller;
  Pair a{poller}, b{poller};
  a.say();
  b.say();
  ASSERT_TRUE(a.watch->want_read());
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 1);
  EXPECT_EQ(b.told, 0);
  poller.wait(0);                                      // still to be read, but nobody waits
  EXPECT_EQ(a.told, 1);
  ASSERT_TRUE(a.watch->want_read());
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 2);
}

TEST(Poller, WhatIsReadyAndUnwantedDoesNotKeepItAwake) {
  const int next = ::dup(0);                           // the number that the poller's own descriptor gets
  ::close(next);
  Poller poller;
  Pair a{poller};
  ASSERT_TRUE(a.watch->want_read());
  a.say();
  EXPECT_TRUE(is_ready(next));
  poller.wait(kWhileLong);
  poller.wait(0);
  EXPECT_FALSE(is_ready(next));
  a.hang_up();                                         // which the kernel tells of whether asked or not
  poller.wait(0);
  EXPECT_FALSE(is_ready(next));
  EXPECT_EQ(a.told, 1);
  ASSERT_TRUE(a.watch->want_read());
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 2);
}

TEST(Poller, AWaitForRoomEndsWithRoomOrWithThePeer) {
  Poller poller;
  Pair a{poller};
  told_of_room(poller, a);
  while (::write(a.watch->fd(), "................", 16) > 0) {}
  ASSERT_TRUE(a.watch->want_write());
  poller.wait(0);
  EXPECT_EQ(a.told, 1);
  a.hang_up();
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 2);
}

TEST(Poller, WaitingToReadIsNotDisturbedByRoomToWrite) {
  Poller poller;
  Pair a{poller};
  told_of_room(poller, a);
  ASSERT_TRUE(a.watch->want_read());                   // there is room all the time
  poller.wait(0);
  poller.wait(0);
  EXPECT_EQ(a.told, 1);
  a.say();
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 2);
}

TEST(Poller, OneThatIsToldMayCloseItselfOrCeaseToBe) {
  Poller poller;
  Pair closes{poller}, ends{poller}, reads{poller};
  closes.then = [&] { closes.watch->close(); };
  ends.then = [&] { ends.watch.reset(); };
  reads.then = [&] { reads.hear(); };
  for (Pair* each : {&closes, &ends, &reads}) {
    ASSERT_TRUE(each->watch->want_read());
    each->say();
  }
  poller.wait(kWhileLong);
  EXPECT_EQ(closes.told + ends.told + reads.told, 3);
  EXPECT_FALSE(closes.watch->open());
  closes.watch->close();                               // again: nothing
  poller.wait(0);
  EXPECT_EQ(closes.told + ends.told + reads.told, 3);
}

// As a child between fork and exec has them.
TEST(Poller, ACopyOfAClosedDescriptorTellsNobody) {
  Poller poller;
  Pair a{poller};
  ASSERT_TRUE(a.watch->want_read());
  const int copy = ::dup(a.watch->fd());
  a.watch.reset();
  a.say();
  poller.wait(0);
  EXPECT_EQ(a.told, 0);
  ::close(copy);
}

TEST(Poller, WhatOneThrowsDoesNotLoseTheOthers) {
  Poller poller;
  Pair a{poller}, b{poller};
  int thrown = 0;
  for (Pair* each : {&a, &b}) {
    each->then = [&] {
      if (thrown++ == 0) throw std::runtime_error("no memory");
    };
    ASSERT_TRUE(each->watch->want_read());
    each->say();
  }
  EXPECT_THROW(poller.wait(kWhileLong), std::runtime_error);
  poller.wait(kWhileLong);
  EXPECT_EQ(a.told, 1);
  EXPECT_EQ(b.told, 1);
}

TEST(Poller, ADescriptorThatTheKernelCannotWatchIsRefused) {
  Poller poller;
  struct Nobody : Watched {
    void ready() override {}
  } nobody;
  char name[] = "/tmp/launchgate-poller-XXXXXX";
  Watch file{poller, ::mkstemp(name), nobody};         // epoll takes no regular files
  ::unlink(name);
  EXPECT_FALSE(file.want_read());
}

}  // namespace
}  // namespace launchgate::http
