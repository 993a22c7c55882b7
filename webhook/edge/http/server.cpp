#include "edge/http/server.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

#include "edge/http/acceptor.h"
#include "edge/http/loop.h"

namespace launchgate::http {
namespace {

// The cores this process is allowed, not those of the machine: containers and taskset narrow them.
unsigned usable_cores() {
  cpu_set_t set;
  const int count = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return static_cast<unsigned>(std::clamp(count, 1, 8));
}

constexpr std::chrono::milliseconds kAsked{50};  // between two times that a drain asks whether it is hastened

// Each connection takes a descriptor. The soft limit is often 1,024, which the clients of one port could use up.
void take_descriptors_allowed() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)::setrlimit(RLIMIT_NOFILE, &limit);
}

// Signals are the main thread's. SIGPIPE above all: OpenSSL writes without MSG_NOSIGNAL, and blocked it is only an EPIPE.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPROF}) sigdelset(&all, own);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

}  // namespace

struct Server::Parts {
  explicit Parts(const Options& options) : shared(options.limits) {
    const unsigned count = options.threads ? options.threads : usable_cores();
    for (unsigned i = 0; i < count; ++i) loops.push_back(std::make_unique<Loop>(shared));
  }

  // Runs `task` on the loop that owns the acceptors and waits for it.
  template <class F>
  void at_home(F task) {
    if (threads.empty()) return task();
    std::promise<void> done;
    loops.front()->post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  void end() {
    for (const auto& loop : loops) loop->stop();
    for (std::thread& thread : threads) thread.join();
    threads.clear();
    acceptors.clear();
  }

  Shared shared;
  std::vector<std::unique_ptr<OpenSite>> sites;
  std::vector<std::unique_ptr<Loop>> loops;
  std::vector<std::unique_ptr<Acceptor>> acceptors;  // after the loops: they go first
  std::vector<std::thread> threads;
};

Server::Server(Options options) : parts_(std::make_unique<Parts>(options)) { take_descriptors_allowed(); }

Server::~Server() { parts_->end(); }

Result<std::uint16_t> Server::listen(Site site) {
  std::uint16_t port = site.port;
  const Result<int> fd = open_listener(site.address, port);
  if (!fd) return fd.error();
  parts_->sites.push_back(std::make_unique<OpenSite>(std::move(site)));
  parts_->acceptors.push_back(std::make_unique<Acceptor>(parts_->shared, parts_->loops, *parts_->sites.back(), *fd));
  return port;
}

void Server::start() {
  const SignalsBlocked during_creation;
  for (const auto& acceptor : parts_->acceptors) acceptor->start();
  for (std::size_t i = 0; i < parts_->loops.size(); ++i) {
    parts_->threads.emplace_back([loop = parts_->loops[i].get()] { loop->run(); });
    pthread_setname_np(parts_->threads.back().native_handle(), ("http-" + std::to_string(i)).c_str());
  }
}

void Server::retire() { parts_->shared.retiring = true; }

void Server::stop_accepting() {
  retire();
  parts_->at_home([this] {
    for (const auto& acceptor : parts_->acceptors) acceptor->stop();
  });
}

unsigned Server::drain(std::chrono::milliseconds grace, const std::function<bool()>& hastened) {
  stop_accepting();
  for (const auto& loop : parts_->loops) loop->drain();
  Shared& shared = parts_->shared;
  const auto end = Clock::now() + grace;
  {
    std::unique_lock lock(shared.mutex);
    const auto none_open = [&] { return shared.open.load() == 0; };
    while (Clock::now() < end && !(hastened && hastened()) &&
           !shared.empty.wait_until(lock, std::min(end, Clock::now() + kAsked), none_open)) {}
  }
  const unsigned cut = shared.open.load();
  parts_->end();
  return cut;
}

Stats Server::stats() const {
  Stats sum;
  for (const auto& loop : parts_->loops) loop->counters().add_to(sum);
  sum.connections_open = parts_->shared.open.load();
  sum.buffered_bytes = parts_->shared.budget.used();
  return sum;
}

}  // namespace launchgate::http
