// Attendants: what runs beside the webhook in the same process and is none of its business: the operator, the
// certificates in a Secret. main.cpp hands them in, because rooms do not know each other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "edge/http/tls.h"
#include "edge/kube/client.h"
#include "edge/telemetry/log.h"
#include "edge/telemetry/metrics.h"
#include "model/snapshot.h"
#include "serve/options.h"

namespace launchgate {

// One of them. start() and stop() are called by the thread that serves; stop() before the ports close, and it waits.
class Attendant {
 public:
  virtual ~Attendant() = default;
  virtual void start() = 0;
  virtual void stop() = 0;
  virtual void world_changed() {}  // a new snapshot is in use; the follower's thread, must not block
};

// What they are given. All of it outlives them, and any thread may use it.
struct Surroundings {
  kube::Client& client;
  std::function<std::shared_ptr<const Snapshot>()> world;  // null until the caches have synced
  std::function<std::shared_ptr<http::TlsContext>()> tls;  // what the TLS port is served with
  // /readyz says no while `reason` is not empty. `name` is a constant of the caller's.
  std::function<void(const std::string& name, std::string reason)> unready;
  const AdmittedRevisions& memory;  // what this process has admitted
  Log& log;
  Metrics& metrics;
  const ServeOptions& options;
};

using Attend = std::function<std::vector<std::unique_ptr<Attendant>>(const Surroundings&)>;

}  // namespace launchgate
