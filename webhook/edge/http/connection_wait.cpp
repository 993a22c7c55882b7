// Connection, third part: waiting for readiness, for how long, what is held meanwhile, and what every entry ends with.
#include <algorithm>

#include "edge/http/connection.h"
#include "edge/http/loop.h"

namespace launchgate::http {

void Connection::set_expiry() {
  const Limits& limits = loop_.limits();
  // One that has never asked anything may not sit there for long; while draining it has probably just been opened.
  const Limits::ms unasked = loop_.draining() ? std::min(limits.header_time, Limits::ms(1000)) : limits.header_time;
  if (!parser_) expires_ = idle_since_ + (served_ ? limits.idle : unasked);
  else if (!header_seen_) expires_ = first_byte_ + limits.header_time;
  else expires_ = std::min(deadline_, first_byte_ + limits.body_time);
}

// While the client takes its time, what it has been answered is not held for it: of a large buffer only the beginning of
// its next request is kept, in a small one.
void Connection::drop_answered() {
  const std::size_t rest = closing_ ? 0 : in_.size() - begin_;
  Buffer small;
  if (rest > 0) {
    if (in_.capacity() <= Buffer::kBase || rest > Buffer::kBase) return;
    small = loop_.buffers().take();
    if (!small.append({in_.data() + begin_, rest})) return;
  }
  if (in_.capacity() != 0) loop_.buffers().give(std::move(in_));
  in_ = std::move(small);
  begin_ = 0;
}

void Connection::wait_read() {
  if (!fd_.want_read()) close();
}

void Connection::wait_write() {
  if (!fd_.want_write()) close();
}

// More could be done at once, but the others come first.
void Connection::wait_turn(Turn turn) {
  if (phase_ == Phase::serving) set_expiry();
  if (waits_turn_) return;
  turn == Turn::send ? loop_.turn_to_send(*this) : loop_.next_turn(*this);
  waits_turn_ = true;
}

void Connection::ready() {
  stream_.readable();  // also when it can be written to: TLS may have had to write before it could read on
  go_on();
}

void Connection::turn() {
  waits_turn_ = false;
  go_on();
}

void Connection::go_on() {
  now_ = Clock::now();
  if (phase_ != Phase::closed) run();
  settle();
}

// The last act of whatever entered this object: nothing may be touched after it.
void Connection::settle() {
  if (phase_ == Phase::closed && !waits_turn_) loop_.forget(self_);
}

}  // namespace launchgate::http
