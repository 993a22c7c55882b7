#include "edge/http/connection.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

#include "edge/http/answer.h"
#include "edge/http/loop.h"
#include "edge/http/target.h"

namespace launchgate::http {

Connection::Connection(Loop& loop, int fd, OpenSite& site)
    : loop_(loop),
      site_(site),
      fd_(loop.poller(), fd, *this),
      stream_(fd, site.tls ? site.tls->current().get() : nullptr) {}

void Connection::start(Place self) {
  self_ = self;
  now_ = Clock::now();
  expires_ = now_ + loop_.limits().handshake;
  if (stream_.usable()) run();
  else close();
  settle();
}

// What is owed is sent before more is read: a client that does not read is not read from either. But a request that has
// just come as a whole waits until the others' have been read, and its answer until theirs are there: answering is cheaper
// when nothing comes between.
void Connection::run() {
  if (phase_ == Phase::goodbye) return hear_goodbye();
  if (phase_ == Phase::handshake && !shake_hands()) return;
  for (int turns = kTurns; turns > 0 && phase_ == Phase::serving; --turns) {
    const bool owed = sent_ < out_.size();
    const Next next = closing_ ? Next::send : answer_arrived(turns);
    if (next == Next::judge) return wait_turn();
    if (next == Next::read && !owed && sent_ < out_.size()) return wait_turn(Turn::send);
    if (!flush()) return;
    if (closing_) return say_goodbye();
    if (next == Next::read && !read_more()) return;
  }
  if (phase_ == Phase::serving) wait_turn();
}

bool Connection::shake_hands() {
  const IoResult result = stream_.handshake();
  switch (result.what) {
    case Io::done:
      phase_ = Phase::serving;
      idle_since_ = now_;
      stream_.readable();  // the first request may have come with the handshake's end
      return true;
    case Io::want_read: wait_read(); return false;
    case Io::want_write: wait_write(); return false;
    default: break;
  }
  loop_.counters().handshake_failures.add();
  if (stream_.spoke_clear_text())
    (void)::send(fd_.fd(), kClearTextOnTls.data(), kClearTextOnTls.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  close();
  return false;
}

// Answers the requests that have arrived as a whole. Returns what must happen next: reading, or sending first.
Connection::Next Connection::answer_arrived(int& turns) {
  bool answered = false;
  while (!closing_ && begin_ < in_.size()) {
    if (out_.size() >= kCoalesce || turns <= 0) return Next::send;
    if (answered && Clock::now() - now_ >= kTurnTime) return Next::send;  // only who pipelines pays for this look
    if (!std::exchange(complete_, false)) {
      if (!parser_) begin_request();
      std::size_t size = in_.size() - begin_;
      const RequestParser::State state = parser_->feed(in_.data() + begin_, size);
      in_.truncate(begin_ + size);
      if (state == RequestParser::State::failed) {
        refuse(parser_->fault().status, parser_->fault().what);
        continue;
      }
      note_progress();
      if (state == RequestParser::State::need_more) return Next::read;
      if (!answered) {
        complete_ = true;
        return Next::judge;
      }
    }
    answer();
    answered = true;
    --turns;
    begin_ += parser_->consumed();
    parser_.reset();
  }
  return closing_ ? Next::send : Next::read;
}

void Connection::begin_request() {
  parser_.emplace(loop_.limits());
  header_seen_ = false;
  first_byte_ = now_;
  deadline_ = first_byte_ + loop_.limits().request;
}

// Once the header is there: the deadline it asks for, and the permission that its sender may be waiting for.
void Connection::note_progress() {
  if (header_seen_ || !parser_->header_done()) return;
  header_seen_ = true;
  const char* bytes = in_.data() + begin_;
  if (const auto asked = requested_timeout(parser_->target(bytes))) {
    const Limits::ms margin = loop_.limits().margin;
    deadline_ = std::min(deadline_, first_byte_ + (*asked > 2 * margin ? *asked - margin : *asked / 2));
  }
  if (parser_->wants_continue() && !parser_->is_done() && !out().append(kContinue)) close();
}

void Connection::answer() {
  const char* bytes = in_.data() + begin_;
  const RequestParser& parsed = *parser_;
  const Request request{parsed.method(bytes), parsed.target(bytes), parsed.content_type(bytes), parsed.body(bytes),
                        deadline_};
  Response& response = loop_.response();
  response.reset();
  loop_.counters().requests.add();
  in_.pad();
  try {
    site_.handler(request, response);
  } catch (...) {  // not described: its text may hold what the request held
    return refuse(500, "the server failed to answer this request", request.method == "HEAD");
  }
  const bool keep = parsed.keeps_alive() && !response.close && !loop_.retiring();
  send(response, keep, request.method == "HEAD", parsed.http_1_0());
}

// The server's own answer. The connection ends with it: where the next request would start is not certain.
void Connection::refuse(unsigned status, std::string_view what, bool head) {
  loop_.counters().error(status);
  Response& response = loop_.response();
  response.reset();
  response.status = status;
  try {
    if (site_.errors) site_.errors(status, what, response);
    else plain_error(status, what, response);
  } catch (...) { response.body.clear(); }
  response.status = status;
  send(response, false, head, false);
}

void Connection::send(const Response& response, bool keep, bool head, bool http_1_0) {
  served_ = true;
  idle_since_ = now_;
  closing_ = closing_ || !keep;
  const Framing framing{loop_.date(), closing_, http_1_0, head};
  if (!append_answer(out(), response, framing)) close();
}

Buffer& Connection::out() {
  if (out_.capacity() == 0) out_ = loop_.buffers().take();
  return out_;
}

// Sends what is owed. False: it can't all be sent now, or never.
bool Connection::flush() {
  while (phase_ == Phase::serving && sent_ < out_.size()) {
    const IoResult result = stream_.write(out_.data() + sent_, out_.size() - sent_);
    if (result.what == Io::done) {
      sent_ += result.bytes;
      loop_.counters().bytes_out.add(result.bytes);
      continue;
    }
    if (result.what != Io::want_write && result.what != Io::want_read) return close(), false;
    if (!blocked_) expires_ = now_ + loop_.limits().write;  // for the whole answer: a trickle does not renew it
    blocked_ = true;
    drop_answered();
    result.what == Io::want_write ? wait_write() : wait_read();
    return false;
  }
  if (phase_ != Phase::serving) return false;
  if (out_.capacity() != 0) loop_.buffers().give(std::move(out_));
  if (blocked_) idle_since_ = now_;
  sent_ = 0;
  blocked_ = false;
  return true;
}

// Reads once. False: nothing to read now, or the end.
bool Connection::read_more() {
  if (stream_.more_to_read()) {
    if (!make_room()) return refuse(503, "too many large requests are being received; try again"), true;
    const IoResult result = stream_.read(in_.tail(), in_.room());
    if (result.what == Io::done) {
      in_.commit(result.bytes);
      now_ = Clock::now();  // what was just done may have taken long
      loop_.counters().bytes_in.add(result.bytes);
      return true;
    }
    if (result.what == Io::want_write) return set_expiry(), wait_write(), false;
    if (result.what == Io::eof) stream_.finish();  // all that it asked has been answered; nothing unread is left
    if (result.what != Io::want_read) return close(), false;
  }
  if (begin_ == in_.size()) {  // idle: keep nothing
    drop_answered();
    if (loop_.draining() && served_) return say_goodbye(), false;
  }
  set_expiry();
  wait_read();
  return false;
}

// Room for a useful read: as much as the request still needs, or a little where that is not known yet.
bool Connection::make_room() {
  if (in_.capacity() == 0) in_ = loop_.buffers().take();
  if (begin_ == in_.size()) {
    in_.truncate(0);
    begin_ = 0;
  }
  const std::size_t arrived = in_.size() - begin_;
  const std::size_t total = parser_ && parser_->header_done() ? parser_->total() : 0;
  const std::size_t useful = total > arrived ? std::min(total - arrived, kSmallRead) : kSmallRead;
  if (in_.room() >= useful) return true;
  if (begin_ > 0) {
    in_.drop_front(begin_);
    begin_ = 0;
    if (in_.room() >= useful) return true;
  }
  const std::size_t doubled = in_.capacity() * 2;
  return in_.grow(total > in_.capacity() ? std::min(total, doubled) : std::max(doubled, Buffer::kBase)) &&
         in_.room() > 0;
}

}  // namespace launchgate::http
