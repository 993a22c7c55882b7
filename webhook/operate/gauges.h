// Gauges: the operator's counters as metrics. Only what has changed is set, because each setting takes a lock.
#pragma once

#include <map>
#include <string>

#include "edge/telemetry/metrics.h"
#include "operate/counters.h"

namespace launchgate {

// One thread's.
class Gauges {
 public:
  void set(Metrics& metrics, const OperatorCounters& counters);

 private:
  std::map<std::string, double> last_;
};

}  // namespace launchgate
