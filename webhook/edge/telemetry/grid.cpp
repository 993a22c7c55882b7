#include "edge/telemetry/grid.h"

#include <utility>

namespace launchgate {

void Cells::add_to(std::vector<std::uint64_t>& sum) const {
  if (sum.size() < cells_.size()) sum.resize(cells_.size());
  for (std::size_t i = 0; i < cells_.size(); ++i) sum[i] += get(i);
}

Grid::Grid(std::string name, std::string help, std::vector<Label> labels)
    : name_(std::move(name)), help_(std::move(help)), labels_(std::move(labels)) {
  for (const Label& label : labels_) size_ *= label.values.size();
}

std::size_t Grid::at(std::initializer_list<std::size_t> positions) const {
  std::size_t cell = 0, label = 0;
  for (const std::size_t position : positions) cell = cell * labels_[label++].values.size() + position;
  return cell;
}

std::vector<prometheus::ClientMetric::Label> Grid::labels(std::size_t cell) const {
  std::vector<prometheus::ClientMetric::Label> out(labels_.size());
  for (std::size_t i = labels_.size(); i-- > 0;) {
    const auto& values = labels_[i].values;
    out[i] = {labels_[i].name, values[cell % values.size()]};
    cell /= values.size();
  }
  return out;
}

prometheus::MetricFamily Grid::family(const std::vector<std::uint64_t>& sum, Zeros zeros) const {
  prometheus::MetricFamily out{name_, help_, prometheus::MetricType::Counter, {}};
  for (std::size_t cell = 0; cell < size_; ++cell) {
    const std::uint64_t count = cell < sum.size() ? sum[cell] : 0;
    if (count == 0 && zeros == Zeros::hidden) continue;
    prometheus::ClientMetric metric;
    metric.label = labels(cell);
    metric.counter.value = static_cast<double>(count);
    out.metric.push_back(std::move(metric));
  }
  return out;
}

}  // namespace launchgate
