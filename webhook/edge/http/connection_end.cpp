// Connection, second part: how one ends. Goodbyes, closing, time limits, draining.
#include "edge/http/connection.h"
#include "edge/http/loop.h"

namespace launchgate::http {

void Connection::say_goodbye() {
  if (in_.capacity() != 0) loop_.buffers().give(std::move(in_));
  parser_.reset();
  stream_.finish();
  phase_ = Phase::goodbye;
  expires_ = now_ + loop_.limits().linger;
  wait_read();
}

// Closing with unread bytes in the socket would send a reset, which may overtake the answer: so the rest is dropped.
void Connection::hear_goodbye() {
  for (int turn = 0; turn < kTurns; ++turn) {
    const IoResult result = stream_.discard();
    if (result.what == Io::want_read) return wait_read();
    discarded_ += result.bytes;
    if (result.what != Io::done || discarded_ > 4 * loop_.limits().body) return close();
  }
  wait_turn();
}

void Connection::close() {
  phase_ = Phase::closed;
  closing_ = true;
  fd_.close();
}

void Connection::sweep(Clock::time_point now) {
  if (now < expires_ || phase_ == Phase::closed) return;
  now_ = now;
  if (phase_ != Phase::serving || blocked_) {
    if (phase_ != Phase::goodbye) loop_.counters().timeouts.add();
    if (phase_ == Phase::handshake) loop_.counters().handshake_failures.add();
    close();
  } else if (parser_) {
    late_request(now);
  } else {
    say_goodbye();
  }
  settle();
}

// What has arrived while this thread was busy still counts as in time: if it is there as a whole, or there may be more to
// read, it waits for its turn.
void Connection::late_request(Clock::time_point now) {
  stream_.readable();
  run();
  if (phase_ != Phase::serving || !parser_ || blocked_ || waits_turn_ || now < expires_) return;
  loop_.counters().timeouts.add();
  refuse(408, "the request did not arrive in time");
  if (flush()) say_goodbye();
}

void Connection::drain(Clock::time_point now) {
  if (phase_ != Phase::serving || parser_ || blocked_) return;
  now_ = now;
  if (served_) {
    stream_.readable();  // a request may have arrived meanwhile: look once more
    run();
  } else {
    idle_since_ = now_;
    set_expiry();
  }
  settle();
}

}  // namespace launchgate::http
