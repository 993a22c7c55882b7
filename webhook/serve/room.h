// Room: what the threads of `serve` share. Requests are answered from it (routes, validate), the reloader fills it.
#pragma once

#include <chrono>
#include <functional>

#include "edge/telemetry/log.h"
#include "edge/telemetry/metrics.h"
#include "model/change.h"
#include "serve/holder.h"
#include "serve/memory.h"
#include "serve/observe.h"
#include "serve/options.h"
#include "serve/readiness.h"

namespace launchgate {

struct Room {
  explicit Room(const ServeOptions& wanted)
      : options(wanted), log(wanted.log), metrics(metric_names(wanted.version)), readiness(wanted.vanished_grace) {}

  const ServeOptions options;
  Log log;
  Metrics metrics;
  Holder world;
  AdmittedMemory memory;
  Readiness readiness;
  // Reads past the cache what a denied change may wait for, and has a snapshot made of it. Empty over a directory.
  std::function<void(const Change&, std::chrono::steady_clock::time_point until)> look_up;
};

}  // namespace launchgate
