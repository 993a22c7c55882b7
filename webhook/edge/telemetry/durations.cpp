#include "edge/telemetry/durations.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace launchgate {

Durations::Durations(std::string name, std::string help, Grid::Label label)
    : name_(std::move(name)), help_(std::move(help)), label_(std::move(label)) {}

void Durations::add(Cells& cells, std::size_t value, ns took) const {
  took = std::max(took, ns{0});
  const auto bucket =
      static_cast<std::size_t>(std::lower_bound(kBounds.begin(), kBounds.end(), took) - kBounds.begin());
  cells.add(value * kStride + bucket);
  cells.add(value * kStride + kStride - 1, static_cast<std::uint64_t>(took.count()));
}

prometheus::MetricFamily Durations::family(const std::vector<std::uint64_t>& sum) const {
  prometheus::MetricFamily out{name_, help_, prometheus::MetricType::Histogram, {}};
  for (std::size_t value = 0; value < label_.values.size() && (value + 1) * kStride <= sum.size(); ++value) {
    const std::uint64_t* counts = sum.data() + value * kStride;
    prometheus::ClientMetric metric;
    metric.label = {{label_.name, label_.values[value]}};
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i <= kBounds.size(); ++i) {
      seen += counts[i];
      const double bound = i < kBounds.size() ? std::chrono::duration<double>(kBounds[i]).count()
                                              : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({seen, bound});
    }
    if (seen == 0) continue;
    metric.histogram.sample_count = seen;
    metric.histogram.sample_sum = static_cast<double>(counts[kStride - 1]) / 1e9;
    out.metric.push_back(std::move(metric));
  }
  return out;
}

}  // namespace launchgate
