#include "edge/telemetry/process.h"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <string>

namespace launchgate {
namespace {

using prometheus::MetricType;

// Set when the program is loaded: close enough to its start.
const double kStarted = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();

void append(std::vector<prometheus::MetricFamily>& out, const char* name, const char* help, MetricType type,
            double value) {
  prometheus::ClientMetric metric;
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  out.push_back({name, help, type, {std::move(metric)}});
}

double seconds(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

int open_files() {
  DIR* dir = ::opendir("/proc/self/fd");
  if (!dir) return -1;
  int count = -3;  // ".", ".." and the descriptor that reads them
  while (::readdir(dir)) ++count;
  ::closedir(dir);
  return count;
}

}  // namespace

void append_process_metrics(std::vector<prometheus::MetricFamily>& out) {
  std::ifstream statm("/proc/self/statm");
  double total = 0, resident = 0;
  if (statm >> total >> resident)
    append(out, "process_resident_memory_bytes", "Resident memory size in bytes.", MetricType::Gauge,
           resident * static_cast<double>(::sysconf(_SC_PAGESIZE)));
  rusage usage{};
  if (::getrusage(RUSAGE_SELF, &usage) == 0)
    append(out, "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.", MetricType::Counter,
           seconds(usage.ru_utime) + seconds(usage.ru_stime));
  if (const int files = open_files(); files >= 0)
    append(out, "process_open_fds", "Number of open file descriptors.", MetricType::Gauge, files);
  append(out, "process_start_time_seconds", "Start time of the process since the Unix epoch in seconds.",
         MetricType::Gauge, kStarted);
}

}  // namespace launchgate
