// Every metric once, as /metrics prints it, with each value that a label can take: what docs/metrics.md is made from
// (scripts/docs.sh). What a room adds with its name written at the call (Metrics::gauge, Metrics::count) is not in it:
// the page finds that in the sources.
#pragma once

#include <functional>
#include <string>

#include "edge/telemetry/metrics.h"

namespace CLI {
class App;
}

namespace launchgate {

// Sets, once, what another room measures.
using AddMetrics = std::function<void(Metrics&)>;

std::string every_metric(const std::string& version, const AddMetrics& of_others = {});

// The hidden verb `metrics`, which prints it.
void add_every_metric(CLI::App& app, int& code, AddMetrics of_others = {});

}  // namespace launchgate
