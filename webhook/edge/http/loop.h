// Loop: one thread's connections, with everything that they share: buffers, a Response, the clock's date, counters.
//
// A round: who is ready is told, then those have their turn who asked for one, then answers are sent, unless there is more
// to judge first: a client that is woken once for several answers costs less than one that is woken for each. Run by
// exactly one thread, so that nothing of a request takes a lock. Only post(), adopt(), drain(), stop() and counters() may
// be called from other threads.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <vector>

#include "edge/http/buffer.h"
#include "edge/http/connection.h"
#include "edge/http/counters.h"
#include "edge/http/limits.h"
#include "edge/http/message.h"
#include "edge/http/poller.h"
#include "edge/http/site.h"

namespace launchgate::http {

// What the loops of one server share.
struct Shared {
  explicit Shared(const Limits& wanted) : limits(wanted), budget(wanted.buffered) {}

  const Limits limits;
  Budget budget;
  std::atomic<bool> retiring{false};  // every answer closes its connection
  std::atomic<unsigned> open{0};      // connections to all sites, from accept to the end of the goodbye
  std::mutex mutex;
  std::condition_variable empty;  // `open` became 0 while retiring

  unsigned came(OpenSite& site);  // one connection more; how many the site had before
  void left(OpenSite& site);      // one less
};

class Loop final : private Watched {
 public:
  using Task = std::function<void()>;

  explicit Loop(Shared& shared);  // throws std::system_error: no descriptor left
  ~Loop();

  void run();  // until stop(); the thread's whole body
  void stop();
  void adopt(int fd, OpenSite& site);  // takes over an accepted, non-blocking socket
  void drain();                        // closes idle connections, now and from now on
  void post(Task task);                // the loop's thread runs it
  Counters& counters() { return counters_; }

  // For connections and acceptors, on the loop's thread.
  Poller& poller() { return poller_; }
  // Connection::turn(), once: in this round's turns or the next round's; or when its answer has company, and soon.
  void next_turn(Connection& connection) { turns_.push_back(&connection); }
  void turn_to_send(Connection& connection);
  void at_next_sweep(Task task) { later_.push_back(std::move(task)); }  // within 250 ms
  const Limits& limits() const { return shared_.limits; }
  bool retiring() const { return shared_.retiring.load(std::memory_order_relaxed); }
  bool draining() const { return draining_; }
  BufferPool& buffers() { return buffers_; }
  Response& response() { return response_; }  // one for all: handlers are synchronous
  const std::string& date() const { return date_; }
  void forget(Connection::Place connection);

 private:
  void ready() override;
  Task take_posted();
  void ring();
  void run_posted();
  void round();
  static void take_turns(std::deque<Connection*>& queue);
  int until_sweep() const;
  void sweep();

  static constexpr std::size_t kCompany = 32;             // answers that are worth being sent at once,
  static constexpr std::chrono::microseconds kSoon{500};  // as is one after so long

  Shared& shared_;
  Poller poller_;
  BufferPool buffers_;
  Response response_;
  std::string date_;
  std::time_t date_second_ = 0;
  Clock::time_point next_sweep_;
  Counters counters_;
  bool draining_ = false, rung_ = false;
  std::deque<Connection*> turns_, to_send_;
  Clock::time_point first_to_send_;
  std::vector<Task> later_;

  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::deque<Task> posted_;  // with the lock held
  Watch bell_;               // an eventfd: something was posted, or the end has come
  std::list<Connection> connections_;
};

}  // namespace launchgate::http
