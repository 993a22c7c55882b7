// RequestParser: one HTTP/1.x request, parsed in place.
//
// Beast's basic_parser does the grammar; this subclass keeps no fields and allocates nothing: it remembers where the
// few things that a webhook needs stand in the caller's buffer, and closes the gaps that chunk framing leaves, so
// that every body is one contiguous run of bytes. On top of Beast it refuses what has served to smuggle requests:
// Content-Length next to Transfer-Encoding (Beast does), a second Content-Length or Host, codings other than
// chunked, folded lines; and it bounds the header as a whole. One object for each request; not for concurrent use.
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "edge/http/limits.h"

namespace launchgate::http {

// Why a request is refused by the server itself.
struct Fault {
  unsigned status = 400;
  std::string what;  // one sentence for the client; never quotes the request
};

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  enum class State : std::uint8_t { need_more, complete, failed };

  explicit RequestParser(const Limits& limits);

  // bytes[0, size) is all that has arrived since the request's first byte, perhaps with the start of the next request;
  // it may have moved since the last call. Chunked bodies are compacted in place, which lowers `size`.
  State feed(char* bytes, std::size_t& size);

  const Fault& fault() const { return fault_; }           // after failed
  bool header_done() const { return header_size_ != 0; }  // from here on the three below may be asked
  bool wants_continue() const { return expect_continue_ && used_ == header_size_; }
  std::size_t total() const;  // bytes of the whole request; 0 = chunked: unknown
  std::string_view target(const char* bytes) const { return target_.in(bytes); }

  // After complete. `bytes` as in the last call to feed.
  std::size_t consumed() const { return used_; }
  bool keeps_alive() const { return keep_alive(); }
  bool http_1_0() const { return version_ == 10; }
  std::string_view method(const char* bytes) const { return method_.in(bytes); }
  std::string_view content_type(const char* bytes) const { return content_type_.in(bytes); }
  std::string_view body(const char* bytes) const { return {bytes + header_size_, body_size_}; }

 private:
  using error_code = boost::beast::error_code;
  using text = boost::beast::string_view;
  struct Span {  // relative to the first byte: survives a move
    std::uint32_t at = 0, size = 0;
    std::string_view in(const char* bytes) const { return {bytes + at, size}; }
  };

  void on_request_impl(boost::beast::http::verb, text method, text target, int version, error_code&) override;
  void on_response_impl(int, text, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field, text name, text value, error_code&) override;
  void on_header_impl(error_code&) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(text body, error_code&) override;
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text body, error_code&) override;
  void on_finish_impl(error_code&) override {}

  bool skip_blank_line(std::size_t size);
  State check_sizes(std::size_t size);
  void squeeze(std::size_t& size);
  void refuse(unsigned status, std::string_view what, error_code&);
  State fail(unsigned status, std::string_view what);
  State fail(const error_code&, std::size_t size);
  Span span(text view) const;

  const Limits& limits_;
  char* bytes_ = nullptr;  // during feed: what it was given
  const char* end_ = nullptr;
  std::size_t used_ = 0;         // parsed so far
  std::size_t header_size_ = 0;  // 0 until its end was seen
  std::size_t body_size_ = 0;
  Span method_, target_, content_type_;
  int version_ = 11;
  bool host_ = false, length_ = false, expect_continue_ = false;
  Fault fault_;
};

}  // namespace launchgate::http
