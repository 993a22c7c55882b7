// The operator's counters as metrics.
#pragma once

#include "edge/telemetry/metrics.h"
#include "operate/counters.h"

namespace launchgate {

// Any thread; takes a lock for each gauge, so before a scrape and not on a path that hurries.
void set_gauges(Metrics& metrics, const OperatorCounters& counters);

}  // namespace launchgate
