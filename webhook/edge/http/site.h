// Site: what one listener serves; fixed from before the first connection until after the last.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "edge/http/message.h"
#include "edge/http/tls.h"

namespace launchgate::http {

struct Site {
  std::string address;              // numeric; empty: every interface, IPv6 and IPv4
  std::uint16_t port = 0;           // 0: any free one
  std::shared_ptr<TlsContext> tls;  // null: clear text
  Handler handler;                  // required
  ErrorShape errors = {};           // null: {"error": "..."}
};

// A site and how many connections it has: counted for each, so that one port's clients can't take another port's share.
struct OpenSite : Site {
  explicit OpenSite(Site site) : Site(std::move(site)) {}
  std::atomic<unsigned> open{0};
};

}  // namespace launchgate::http
