// Source: where the snapshot comes from: a directory (reload.h) or a cluster (follow.h).
#pragma once

#include <optional>

#include "base/result.h"

namespace launchgate {

class Source {
 public:
  virtual ~Source() = default;
  // The first look, on the caller's thread. An Error: there is nothing to serve from. It need not have loaded anything
  // yet: readiness says when it has.
  virtual std::optional<Error> first() = 0;
  virtual void start() = 0;  // from now on a thread of its own keeps the snapshot current
  virtual void poke() = 0;   // look now (SIGHUP); any thread
  virtual void stop() = 0;
};

}  // namespace launchgate
