#include "edge/http/loop.h"

#include <unistd.h>

#include <chrono>
#include <ctime>

#include "edge/http/answer.h"

namespace launchgate::http {

namespace {
constexpr std::chrono::milliseconds kSweep{250};
}  // namespace

void Shared::left() {
  if (open.fetch_sub(1) != 1 || !retiring.load()) return;
  const std::lock_guard lock(mutex);  // so that the one who waits is not between its look and its wait
  empty.notify_all();
}

Loop::Loop(Shared& shared) : shared_(shared), buffers_(shared.budget, shared.limits.keep_buffer) {}

Loop::~Loop() = default;

void Loop::run() {
  const auto work = boost::asio::make_work_guard(io_);
  sweep();
  while (!io_.stopped()) {
    try {
      io_.run();
    } catch (const std::exception&) {
      // Out of memory, in practice. The connection it happened on is ended by its time limit; the others go on.
    }
  }
}

void Loop::adopt(int fd, const Site& site) {
  post([this, fd, &site] {
    counters_.accepted.add();
    try {
      connections_.emplace_back(*this, fd, site);
    } catch (const std::exception&) {  // the kernel can't watch one more
      ::close(fd);
      shared_.left();
      return;
    }
    const auto last = std::prev(connections_.end());
    last->start(last);
  });
}

void Loop::drain() {
  post([this] {
    draining_ = true;
    const auto now = Clock::now();
    for (auto next = connections_.begin(); next != connections_.end();) (next++)->drain(now);
  });
}

void Loop::forget(Connection::Place connection) {
  connections_.erase(connection);
  shared_.left();
}

void Loop::sweep() {
  const std::time_t second = std::time(nullptr);
  if (second != date_second_) {
    date_second_ = second;
    date_ = date_line(second);
  }
  const auto now = Clock::now();
  for (auto next = connections_.begin(); next != connections_.end();) (next++)->sweep(now);
  // A handler's rare huge answer must not stay for ever.
  if (response_.body.capacity() > shared_.limits.keep_buffer) response_.body = {};
  schedule_sweep();
}

void Loop::schedule_sweep() {
  timer_.expires_after(kSweep);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) sweep();
  });
}

}  // namespace launchgate::http
