#include "edge/http/poller.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace launchgate::http {
namespace {

constexpr std::uint32_t kRead = EPOLLIN, kWrite = EPOLLOUT, kGone = EPOLLERR | EPOLLHUP;

}  // namespace

int checked(int result, const char* call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
  return result;
}

Poller::Poller() : fd_(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

Poller::~Poller() { ::close(fd_); }

void Poller::wait(int milliseconds) {
  std::array<epoll_event, kEvents> events;
  const int count = ::epoll_wait(fd_, events.data(), static_cast<int>(events.size()), milliseconds);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    static_cast<Watch*>(event.data.ptr)->tell(event.events);
  }
}

bool Watch::want_read() { return want(kRead); }
bool Watch::want_write() { return want(kWrite); }

bool Watch::want(std::uint32_t what) {
  wanted_ |= what;
  return (asked_ & wanted_) == wanted_ || ask(asked_ | wanted_);
}

// A peer that has gone is news for whoever waits, whatever for.
void Watch::tell(std::uint32_t happened) {
  if (happened & kGone) happened |= kRead | kWrite;
  const std::uint32_t unwanted = happened & ~wanted_;
  if (wanted_ == 0 || (asked_ & unwanted) != 0) (void)ask(asked_ & wanted_);
  const bool awaited = (happened & wanted_) != 0;
  wanted_ &= ~happened;
  if (awaited) watched_.ready();
}

// What is asked for nothing is not registered: the kernel would still tell of a peer that has gone, again and again.
bool Watch::ask(std::uint32_t what) {
  epoll_event event{};
  event.events = what;
  event.data.ptr = this;
  const int operation = asked_ == 0 ? EPOLL_CTL_ADD : what == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
  if (::epoll_ctl(poller_.fd_, operation, fd_, &event) != 0) return false;
  asked_ = what;
  return true;
}

void Watch::close() {
  if (fd_ < 0) return;
  // Closing ends its registration only where no other process, between fork and exec, holds a copy of it.
  if (asked_ != 0) (void)ask(0);
  ::close(fd_);
  fd_ = -1;
  wanted_ = asked_ = 0;
}

}  // namespace launchgate::http
