#include "edge/kube/exchange.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <array>
#include <charconv>

#include "base/json_read.h"

namespace launchgate::kube {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

constexpr std::size_t kMaxHead = 64u << 10;
constexpr std::size_t kMaxErrorBody = 64u << 10;

// Beast's parser, fed by hand.
class Parser final : public beast_http::basic_parser<false> {
 public:
  Parser(Response& response, const OnBody& body) : response_(response), body_(body) {
    eager(true);
    body_limit(boost::none);  // bounded by who takes it
    header_limit(kMaxHead);
  }
  bool enough() const { return enough_; }

 private:
  void on_request_impl(beast_http::verb, string_view, string_view, int, error_code&) override {}
  void on_response_impl(int status, string_view, int, error_code&) override {
    response_.status = static_cast<unsigned>(status);
  }
  void on_field_impl(beast_http::field field, string_view, string_view value, error_code&) override {
    if (field != beast_http::field::retry_after) return;
    long long seconds = 0;  // the other form, a date, is not used by API servers
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc{} && end == value.data() + value.size() && seconds >= 0)
      response_.retry_after = std::chrono::seconds{std::min(seconds, 3600ll)};
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view piece, error_code&) override { return take(piece); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code&) override { return take(piece); }
  void on_finish_impl(error_code&) override {}

  std::size_t take(string_view piece) {
    const std::string_view text{piece.data(), piece.size()};
    if (response_.status >= 400)
      response_.error_body.append(text.substr(0, kMaxErrorBody - std::min(kMaxErrorBody, response_.error_body.size())));
    else if (!enough_ && !body_(text)) enough_ = true;
    return piece.size();
  }

  Response& response_;
  const OnBody& body_;
  bool enough_ = false;
};

std::string head_of(const Request& request, const Caller& caller) {
  std::string out = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + caller.host +
                    "\r\nUser-Agent: " + caller.user_agent + "\r\nAccept: " + request.accept + "\r\n";
  if (!caller.token.empty()) out += "Authorization: Bearer " + caller.token + "\r\n";
  if (!request.content_type.empty()) out += "Content-Type: " + request.content_type + "\r\n";
  if (!request.content_type.empty() || !request.body.empty())
    out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return out + "\r\n";
}

Failure with_request(Failure failure, const Request& request) {
  failure.message = request.method + " " + request.target + ": " + failure.message;
  return failure;
}

}  // namespace

Outcome<Response> exchange(Stream& stream, const Request& request, const Caller& caller, const OnBody& body,
                           const Times& times, const Stop& stop) {
  std::string out = head_of(request, caller);
  out.append(request.body);
  if (auto sent = stream.write(out, times.head, stop); !sent) return with_request(sent.failure(), request);
  Response response;
  Parser parser{response, body};
  std::array<char, 64u << 10> buffer;
  std::size_t held = 0;  // of an unfinished head
  while (!parser.is_done()) {
    const Deadline idle = Clock::now() + times.idle;
    Deadline until = parser.is_header_done() ? idle : times.head;
    if (times.whole) until = std::min(until, *times.whole);
    const auto got = stream.read(buffer.data() + held, buffer.size() - held, until, stop);
    if (!got) return with_request(got.failure(), request);
    error_code error;
    if (*got == 0) {
      if (parser.got_some()) parser.put_eof(error);
      if (error || !parser.is_done())
        return with_request({0, "Unreachable", "the connection was closed before the answer was complete", {}},
                            request);
      break;
    }
    held += *got;
    const std::size_t used = parser.put(boost::asio::const_buffer{buffer.data(), held}, error);
    if (error && error != beast_http::error::need_more)
      return with_request({0, "Malformed", "the answer is not HTTP: " + error.message(), {}}, request);
    if (parser.enough()) return response;  // with keep false
    std::memmove(buffer.data(), buffer.data() + used, held - used);
    held -= used;
    if (held == buffer.size())
      return with_request({0, "Malformed", "the head of the answer is larger than 64 KiB", {}}, request);
  }
  response.keep = parser.keep_alive() && held == 0;
  return response;
}

Failure failure_of(const Request& request, const Response& response) {
  Failure failure{response.status, {}, {}, response.retry_after};
  std::string said;
  if (const auto status = read_json(response.error_body); status && status->root().is_object()) {
    failure.reason = status->root()["reason"].text();
    said = status->root()["message"].text().substr(0, 1024);
    const Node details = status->root()["details"]["retryAfterSeconds"];
    long long seconds = 0;
    const auto text = details.text();
    if (!failure.retry_after && !text.empty() &&
        std::from_chars(text.data(), text.data() + text.size(), seconds).ec == std::errc{} && seconds > 0)
      failure.retry_after = std::chrono::seconds{std::min(seconds, 3600ll)};
  }
  failure.message = request.method + " " + request.target + ": " + std::to_string(response.status) +
                    (failure.reason.empty() ? "" : " " + failure.reason) + (said.empty() ? "" : ": " + said);
  return failure;
}

}  // namespace launchgate::kube
