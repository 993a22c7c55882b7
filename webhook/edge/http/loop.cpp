#include "edge/http/loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>

#include "edge/http/answer.h"

namespace launchgate::http {

namespace {
constexpr std::chrono::milliseconds kSweep{250};
}  // namespace

unsigned Shared::came(OpenSite& site) {
  open.fetch_add(1);
  return site.open.fetch_add(1);
}

void Shared::left(OpenSite& site) {
  site.open.fetch_sub(1);
  if (open.fetch_sub(1) != 1 || !retiring.load()) return;
  const std::lock_guard lock(mutex);  // so that the one who waits is not between its look and its wait
  empty.notify_all();
}

Loop::Loop(Shared& shared)
    : shared_(shared),
      buffers_(shared.budget, shared.limits.keep_buffer),
      bell_(poller_, checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"), *this) {
  checked(bell_.want_read() ? 0 : -1, "epoll_ctl");
}

Loop::~Loop() = default;

void Loop::run() {
  sweep();
  while (!stopped_) {
    try {
      round();
    } catch (const std::exception&) {
      // Out of memory, in practice. The connection it happened on is ended by its time limit; the others go on.
    }
  }
}

void Loop::round() {
  poller_.wait(turns_.empty() && to_send_.empty() ? until_sweep() : 0);
  if (std::exchange(rung_, false)) run_posted();
  const bool nothing_else = turns_.empty();
  take_turns(turns_);
  if (!to_send_.empty() && (nothing_else || to_send_.size() >= kCompany || Clock::now() - first_to_send_ >= kSoon))
    take_turns(to_send_);
  if (Clock::now() >= next_sweep_) sweep();
}

// Who asks for another meanwhile has it in the next round: what became ready is told before.
void Loop::take_turns(std::deque<Connection*>& queue) {
  for (std::size_t now = queue.size(); now > 0; --now) {
    Connection& next = *queue.front();
    queue.pop_front();
    next.turn();
  }
}

void Loop::turn_to_send(Connection& connection) {
  if (to_send_.empty()) first_to_send_ = Clock::now();
  to_send_.push_back(&connection);
}

int Loop::until_sweep() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_sweep_ - Clock::now());
  return static_cast<int>(std::clamp(left, std::chrono::milliseconds{0}, kSweep).count());
}

void Loop::stop() {
  stopped_ = true;
  ring();
}

void Loop::post(Task task) {
  const std::lock_guard lock(mutex_);
  posted_.push_back(std::move(task));
  ring();
}

void Loop::ring() {
  const std::uint64_t once = 1;
  (void)!::write(bell_.fd(), &once, sizeof once);
}

// Empty: there is none, and the bell is silent.
Loop::Task Loop::take_posted() {
  const std::lock_guard lock(mutex_);
  if (posted_.empty()) {
    std::uint64_t rung = 0;
    (void)!::read(bell_.fd(), &rung, sizeof rung);
    return {};
  }
  Task task = std::move(posted_.front());
  posted_.pop_front();
  return task;
}

// What was posted may end any connection, so it has to wait until all that are ready have been told. Where it throws, the
// bell goes on ringing.
void Loop::ready() {
  (void)bell_.want_read();  // it is registered
  rung_ = true;
}

void Loop::run_posted() {
  while (const Task task = take_posted()) task();
}

void Loop::adopt(int fd, OpenSite& site) {
  post([this, fd, &site] {
    counters_.accepted.add();
    try {
      connections_.emplace_back(*this, fd, site);
    } catch (const std::exception&) {  // no memory
      ::close(fd);
      shared_.left(site);
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
  OpenSite& site = connection->site();
  connections_.erase(connection);
  shared_.left(site);
}

void Loop::sweep() {
  const auto now = Clock::now();
  next_sweep_ = now + kSweep;
  const std::time_t second = std::time(nullptr);
  if (second != date_second_) {
    date_second_ = second;
    date_ = date_line(second);
  }
  for (auto next = connections_.begin(); next != connections_.end();) (next++)->sweep(now);
  // A handler's rare huge answer must not stay for ever.
  if (response_.body.capacity() > shared_.limits.keep_buffer) std::string{}.swap(response_.body);
  for (const Task& task : std::exchange(later_, {})) task();
}

}  // namespace launchgate::http
