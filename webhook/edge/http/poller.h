// Poller: says when a descriptor is ready. epoll, level-triggered, for one thread. Watch: a descriptor and its part in it.
//
// A descriptor stays registered for what was last wanted of it, also while nobody waits for that: so a connection that
// reads one request after the other asks the kernel for nothing but the requests. When it is ready and nobody waits, the
// kernel is told to keep it to itself until somebody does.
#pragma once

#include <cstddef>
#include <cstdint>

namespace launchgate::http {

// Whoever waits for a descriptor.
class Watched {
 public:
  // Something that was wanted can be done, or the peer has gone; wanting is over with it. May destroy the Watch.
  virtual void ready() = 0;

 protected:
  ~Watched() = default;
};

// What a call into the kernel has returned. Throws std::system_error, which names the call, where that is below zero.
int checked(int result, const char* call);

class Poller {
 public:
  Poller();  // throws std::system_error: no descriptor left
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  // Tells all that became ready within the time (0: look only). What one of them throws ends the round; the others are
  // told in the next.
  void wait(int milliseconds);

 private:
  friend class Watch;
  static constexpr std::size_t kEvents = 128;
  const int fd_;
};

// Owns `fd`. While one is told, it may be closed or destroyed, and none but it.
class Watch {
 public:
  Watch(Poller& poller, int fd, Watched& watched) : poller_(poller), watched_(watched), fd_(fd) {}
  ~Watch() { close(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  int fd() const { return fd_; }
  bool open() const { return fd_ >= 0; }
  // Until ready() says so. False: the kernel can't watch one more.
  [[nodiscard]] bool want_read();
  [[nodiscard]] bool want_write();
  void close();  // nothing is told any more

 private:
  friend class Poller;
  bool want(std::uint32_t what);
  void tell(std::uint32_t happened);
  bool ask(std::uint32_t what);

  Poller& poller_;
  Watched& watched_;
  int fd_;
  std::uint32_t wanted_ = 0;  // by whom watches
  std::uint32_t asked_ = 0;   // of the kernel
};

}  // namespace launchgate::http
