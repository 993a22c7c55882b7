// Loop: one thread's connections, with everything that they share: buffers, a Response, the clock's date, counters.
//
// An io_context of its own, run by exactly one thread, so nothing in a loop takes a lock. Only post(), adopt(), drain(),
// stop() and counters() may be called from other threads.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <utility>

#include "edge/http/buffer.h"
#include "edge/http/connection.h"
#include "edge/http/counters.h"
#include "edge/http/limits.h"
#include "edge/http/message.h"
#include "edge/http/readiness.h"
#include "edge/http/site.h"

namespace launchgate::http {

// What the loops of one server share.
struct Shared {
  explicit Shared(const Limits& wanted) : limits(wanted), budget(wanted.buffered) {}

  const Limits limits;
  Budget budget;
  std::atomic<bool> retiring{false};  // every answer closes its connection
  std::atomic<unsigned> open{0};      // connections, from accept to the end of the goodbye
  std::mutex mutex;
  std::condition_variable empty;  // `open` became 0 while retiring

  void left();  // one connection less
};

class Loop {
 public:
  explicit Loop(Shared& shared);
  ~Loop();

  void run();  // until stop(); the thread's whole body
  void stop() { io_.stop(); }
  void adopt(int fd, const Site& site);  // takes over an accepted, non-blocking socket
  void drain();                          // closes idle connections, now and from now on
  template <class F>
  void post(F&& task) {
    boost::asio::post(io_, std::forward<F>(task));
  }
  Counters& counters() { return counters_; }

  // For connections and acceptors, on the loop's thread.
  boost::asio::io_context& io() { return io_; }
  const Limits& limits() const { return shared_.limits; }
  bool retiring() const { return shared_.retiring.load(std::memory_order_relaxed); }
  bool draining() const { return draining_; }
  BufferPool& buffers() { return buffers_; }
  Response& response() { return response_; }  // one for all: handlers are synchronous
  const std::string& date() const { return date_; }
  void forget(Connection::Place connection);

 private:
  void sweep();
  void schedule_sweep();

  Shared& shared_;
  // The reactor is only touched by the loop's thread; the queue that post() uses is locked.
  boost::asio::io_context io_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};
  Timer timer_{io_};
  BufferPool buffers_;
  Response response_;
  std::string date_;
  std::time_t date_second_ = 0;
  Counters counters_;
  bool draining_ = false;
  std::list<Connection> connections_;
};

}  // namespace launchgate::http
