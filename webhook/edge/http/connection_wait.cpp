// Connection, third part: waiting for readiness, for how long, and what every entry into the object ends with.
#include <algorithm>

#include "edge/http/connection.h"
#include "edge/http/loop.h"

namespace launchgate::http {

void Connection::set_expiry() {
  const Limits& limits = loop_.limits();
  // One that has never asked anything may not sit there for long; while draining it has probably just been opened.
  const Limits::ms unasked = loop_.draining() ? std::min(limits.header_time, Limits::ms(1000)) : limits.header_time;
  if (!parser_) expires_ = now_ + (served_ ? limits.idle : unasked);
  else if (!header_seen_) expires_ = first_byte_ + limits.header_time;
  else expires_ = std::min(deadline_, first_byte_ + limits.body_time);
}

void Connection::wait_read() {
  if (waits_read_) return;
  waits_read_ = true;
  fd_.async_wait(Descriptor::wait_read, [this](const boost::system::error_code&) {
    waits_read_ = false;
    stream_.readable();
    now_ = Clock::now();
    if (phase_ != Phase::closed) run();
    settle();
  });
}

void Connection::wait_write() {
  if (waits_write_) return;
  waits_write_ = true;
  fd_.async_wait(Descriptor::wait_write, [this](const boost::system::error_code&) {
    waits_write_ = false;
    stream_.readable();  // TLS may have had to write before it could read on
    now_ = Clock::now();
    if (phase_ != Phase::closed) run();
    settle();
  });
}

// More could be done at once, but the others come first.
void Connection::wait_turn() {
  if (phase_ == Phase::serving) set_expiry();
  if (waits_turn_) return;
  waits_turn_ = true;
  boost::asio::post(loop_.io(), [this] {
    waits_turn_ = false;
    now_ = Clock::now();
    if (phase_ != Phase::closed) run();
    settle();
  });
}

// The last act of whatever entered this object: nothing may be touched after it.
void Connection::settle() {
  if (phase_ == Phase::closed && !waits_read_ && !waits_write_ && !waits_turn_) loop_.forget(self_);
}

}  // namespace launchgate::http
