// Routes: which path answers what, on which port.
#pragma once

#include <functional>

#include "edge/http/message.h"
#include "serve/room.h"

namespace launchgate {

// Where the server's own counts come from when somebody scrapes. Any thread may call it.
using HttpCounts = std::function<HttpTotals()>;

// POST /validate, GET /healthz, /readyz, /metrics. Both handlers keep a reference to the room.
http::Handler webhook_routes(Room& room, HttpCounts counts);

// The same without /validate: an admission review does not travel in clear text.
http::Handler plain_routes(Room& room, HttpCounts counts);

}  // namespace launchgate
