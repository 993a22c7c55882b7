#include "edge/http/parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <algorithm>
#include <cstring>

#include "edge/http/target.h"

namespace launchgate::http {

namespace beast = boost::beast;
using beast::http::error;
using beast::http::field;

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {
  body_limit(limits.body);
  header_limit(static_cast<std::uint32_t>(limits.header));
}

RequestParser::State RequestParser::feed(char* bytes, std::size_t& size) {
  // The shortest end of a chunked body; with less, Beast 1.81 asserts instead of asking for more.
  constexpr std::size_t kLastChunk = sizeof("0\r\n\r\n") - 1;
  bytes_ = bytes;
  end_ = bytes + size;
  if (!got_some() && !skip_blank_line(size)) return State::need_more;
  while (!is_done() && used_ < size) {
    if (header_done() && chunked() && size - used_ < kLastChunk) break;
    error_code ec;
    used_ += put(boost::asio::const_buffer(bytes + used_, size - used_), ec);
    if (ec == error::need_more) break;
    if (ec) return fail(ec, size);
    if (!header_done() && is_header_done()) header_size_ = used_;
  }
  if (!is_done()) squeeze(size);
  return check_sizes(size);
}

// RFC 9112 2.2: an empty line before the request line is ignored. One, so that they can't keep a connection alive.
bool RequestParser::skip_blank_line(std::size_t size) {
  if (used_ != 0 || size == 0 || bytes_[0] != '\r') return true;
  if (size < 2) return false;
  if (bytes_[1] == '\n') used_ = 2;
  return true;
}

// Beast holds each call to its header limit but not their sum, and trailers to none.
RequestParser::State RequestParser::check_sizes(std::size_t size) {
  if (header_done() ? header_size_ > limits_.header : size >= limits_.header)
    return fail(431, "the request header is larger than this server accepts");
  if (is_done()) return State::complete;
  if (chunked() && header_done() && size - used_ > limits_.header)
    return fail(431, "a chunk header or the trailers are larger than this server accepts");
  return State::need_more;
}

// Moves what is not parsed yet down to the end of the body, over the chunk headers that are done with.
void RequestParser::squeeze(std::size_t& size) {
  const std::size_t end = header_size_ + body_size_;
  if (!header_done() || end == used_) return;
  std::memmove(bytes_ + end, bytes_ + used_, size - used_);
  size -= used_ - end;
  used_ = end;
}

std::size_t RequestParser::total() const {
  if (chunked()) return 0;
  return header_size_ + static_cast<std::size_t>(content_length().value_or(0));
}

RequestParser::Span RequestParser::span(text view) const {
  return {static_cast<std::uint32_t>(view.data() - bytes_), static_cast<std::uint32_t>(view.size())};
}

void RequestParser::on_request_impl(beast::http::verb, text method, text target, int version, error_code& ec) {
  version_ = version;
  method_ = span(method);
  const std::string_view path = origin_form({target.data(), target.size()});
  if (path.empty()) return refuse(400, "the request target is neither a path nor an absolute URL", ec);
  target_ = span({path.data(), path.size()});
}

void RequestParser::on_field_impl(field name, text name_text, text value, error_code& ec) {
  if (is_header_done()) return;  // trailers: nothing in them is used
  // A folded line's value is one that a proxy may have read differently; Beast hands it over in its own memory.
  const char* after_name = name_text.data() + name_text.size();
  if (value.data() < after_name || value.data() > end_ ||
      std::memchr(after_name, '\r', static_cast<std::size_t>(value.data() - after_name)))
    return refuse(400, "a header field is folded over several lines", ec);
  switch (name) {
    case field::content_type: content_type_ = span(value); break;
    case field::content_length:
      if (length_ || value.find(',') != text::npos) refuse(400, "Content-Length is given more than once", ec);
      length_ = true;
      break;
    case field::host:
      if (host_) refuse(400, "Host is given more than once", ec);
      host_ = true;
      break;
    case field::transfer_encoding:
      if (version_ == 10) refuse(400, "Transfer-Encoding is not part of HTTP/1.0", ec);
      else if (length_) refuse(400, "Content-Length and Transfer-Encoding are both given", ec);
      else if (!beast::iequals(value, "chunked")) refuse(501, "no transfer coding but chunked is supported", ec);
      break;
    case field::expect:
      if (!beast::iequals(value, "100-continue")) refuse(417, "no expectation but 100-continue is supported", ec);
      else expect_continue_ = version_ != 10;
      break;
    default: break;
  }
}

void RequestParser::on_header_impl(error_code& ec) {
  if (!host_ && version_ == 11) refuse(400, "the Host field is missing", ec);
}

// Without chunks the body lies where it must end up: it is only counted.
std::size_t RequestParser::on_body_impl(text body, error_code&) {
  body_size_ += body.size();
  return body.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, text body, error_code&) {
  std::memmove(bytes_ + header_size_ + body_size_, body.data(), body.size());
  body_size_ += body.size();
  return body.size();
}

void RequestParser::refuse(unsigned status, std::string_view what, error_code& ec) {
  fault_ = {status, std::string(what)};
  ec = error::bad_value;
}

RequestParser::State RequestParser::fail(unsigned status, std::string_view what) {
  fault_ = {status, std::string(what)};
  return State::failed;
}

// Beast calls everything that is not HTTP/1.0 or 1.1 a bad version; 505 is only for what looks like a version.
RequestParser::State RequestParser::fail(const error_code& ec, std::size_t size) {
  if (!fault_.what.empty()) return State::failed;
  if (ec == error::header_limit) return fail(431, "the request header is larger than this server accepts");
  if (ec == error::body_limit) return fail(413, "the request body is larger than this server accepts");
  if (ec == error::bad_transfer_encoding || ec == error::bad_content_length)
    return fail(400, "Content-Length and Transfer-Encoding are contradictory or malformed");
  if (ec == error::bad_version) {
    const std::string_view all(bytes_, std::min(size, limits_.header));
    const std::string_view line = all.substr(0, all.find('\r'));
    const std::size_t at = line.rfind(" HTTP/");
    const bool version = at != std::string_view::npos && line.size() == at + 9 && line[at + 7] == '.';
    return version ? fail(505, "only HTTP/1.1 and HTTP/1.0 are spoken here")
                   : fail(400, "the request line is malformed");
  }
  return fail(400, "the request is malformed: " + ec.message());
}

}  // namespace launchgate::http
