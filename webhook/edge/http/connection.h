// Connection: one client, as a state machine that its loop drives: handshake, requests, goodbye.
//
// run() does what can be done without waiting: it sends what is owed, answers what has arrived, reads more, and when
// neither is possible waits for readiness. No coroutine, no timer and, once warm, no allocation for each request. Everything here belongs to the loop's thread. The loop owns the object; the object asks to be
// forgotten once it is closed and nothing waits for it any more.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string_view>

#include "edge/http/buffer.h"
#include "edge/http/message.h"
#include "edge/http/parser.h"
#include "edge/http/poller.h"
#include "edge/http/site.h"
#include "edge/http/stream.h"

namespace launchgate::http {

class Loop;

class Connection final : private Watched {
 public:
  using Place = std::list<Connection>::iterator;

  Connection(Loop& loop, int fd, OpenSite& site);  // takes fd over
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Each may end in the destruction of this object: nothing of it is touched afterwards.
  void start(Place self);
  void sweep(Clock::time_point now);  // ends what has taken too long
  void drain(Clock::time_point now);  // closes it if it is idle; else its next answer does
  void turn();                        // that it has asked the loop for

  OpenSite& site() const { return site_; }

 private:
  enum class Phase : std::uint8_t { handshake, serving, goodbye, closed };
  enum class Next : std::uint8_t { read, send, judge };
  enum class Turn : std::uint8_t { any, send };
  static constexpr int kTurns = 64;                    // reads and answers before the other connections have their turn
  static constexpr std::size_t kCoalesce = 32u << 10;  // pipelined answers leave together up to this size
  static constexpr std::size_t kSmallRead = 4u << 10;
  static constexpr std::chrono::microseconds kTurnTime{500};  // after so long no further answer, however few there were

  void run();
  bool shake_hands();
  Next answer_arrived(int& turns);
  void begin_request();
  void note_progress();
  void answer();
  void refuse(unsigned status, std::string_view what, bool head = false);
  void send(const Response& response, bool keep, bool head, bool http_1_0);
  bool flush();
  bool read_more();
  bool make_room();
  void drop_answered();
  void late_request(Clock::time_point now);
  void say_goodbye();
  void hear_goodbye();
  void close();

  void ready() override;
  void go_on();
  void wait_read();
  void wait_write();
  void wait_turn(Turn turn = Turn::any);
  void set_expiry();
  void settle();
  Buffer& out();

  Loop& loop_;
  OpenSite& site_;
  Watch fd_;
  Stream stream_;
  Place self_;
  Phase phase_ = Phase::handshake;
  bool waits_turn_ = false;
  bool closing_ = false;  // say goodbye once what is owed has been sent
  bool blocked_ = false;  // the client does not take what is owed
  bool served_ = false;   // it has had an answer
  Clock::time_point now_, first_byte_, deadline_, expires_;
  Clock::time_point idle_since_;  // the end of the handshake or of the last answer; part of a TLS record is nothing yet

  Buffer in_, out_;                      // held only while they hold something
  std::size_t begin_ = 0;                // where in in_ the request starts that is not answered yet
  std::size_t sent_ = 0;                 // of out_
  std::size_t discarded_ = 0;            // since the goodbye
  std::optional<RequestParser> parser_;  // of that request, once it has a byte
  bool header_seen_ = false;             // and its header was taken note of
  bool complete_ = false;                // and it is there as a whole
};

}  // namespace launchgate::http
