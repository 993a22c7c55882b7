// What the kernel says of this process, as Prometheus' clients name it.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

namespace launchgate {

// process_resident_memory_bytes, process_cpu_seconds_total, process_open_fds, process_start_time_seconds; what can't be
// read is left out.
void append_process_metrics(std::vector<prometheus::MetricFamily>& out);

}  // namespace launchgate
