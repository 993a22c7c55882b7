#include "serve/routes.h"

#include <utility>

#include "serve/validate.h"

namespace launchgate {
namespace {

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

class Routes {
 public:
  Routes(Room& room, HttpCounts counts, bool webhook) : room_(&room), counts_(std::move(counts)), webhook_(webhook) {}

  void operator()(const http::Request& request, http::Response& response) const {
    dispatch(request, response);
    room_->metrics.local().response(response.status);
  }

 private:
  void dispatch(const http::Request& request, http::Response& response) const {
    const std::string_view path = path_of(request.target);
    if (webhook_ && path == "/validate") {
      if (request.method != "POST") return refuse_method(response, "POST");
      return validate(*room_, request, response);
    }
    const auto page = path == "/healthz"   ? &Routes::health
                      : path == "/readyz"  ? &Routes::ready
                      : path == "/metrics" ? &Routes::metrics
                                           : nullptr;
    if (!page) return not_found(response);
    if (request.method != "GET" && request.method != "HEAD") return refuse_method(response, "GET, HEAD");
    (this->*page)(response);
  }

  // It runs and it answers: no more may be asked of it, or a broken dependency would have it restarted in vain.
  void health(http::Response& response) const {
    response.content_type = "text/plain; charset=utf-8";
    response.body = "ok\n";
  }

  void ready(http::Response& response) const {
    const auto now = Readiness::Clock::now();
    response.body = room_->readiness.json(now);
    if (!room_->readiness.reasons(now).empty()) response.status = 503;
  }

  void metrics(http::Response& response) const {
    response.content_type = kMetricsContentType;
    room_->metrics.expose(counts_ ? counts_() : HttpTotals{}, std::chrono::system_clock::now(), response.body);
  }

  void not_found(http::Response& response) const {
    response.status = 404;
    response.body =
        webhook_
            ? R"({"error":"no such path: /validate, /healthz, /readyz and /metrics are served here"})"
            : R"({"error":"no such path: /healthz, /readyz and /metrics are served here; /validate is on the TLS port"})";
  }

  static void refuse_method(http::Response& response, std::string_view allowed) {
    response.status = 405;
    response.headers.append("Allow: ").append(allowed).append("\r\n");
    response.body.append(R"({"error":"this path answers )").append(allowed).append("\"}");
  }

  Room* room_;
  HttpCounts counts_;
  bool webhook_;
};

}  // namespace

http::Handler webhook_routes(Room& room, HttpCounts counts) { return Routes{room, std::move(counts), true}; }

http::Handler plain_routes(Room& room, HttpCounts counts) { return Routes{room, std::move(counts), false}; }

}  // namespace launchgate
