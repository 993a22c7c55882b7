// Durations: a histogram for each value of one label, in Cells like a Grid: one thread's counts, added up at a scrape.
#pragma once

#include <prometheus/metric_family.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "edge/telemetry/grid.h"

namespace launchgate {

class Durations {
 public:
  using ns = std::chrono::nanoseconds;
  // Upper bounds. A judgement takes tens of microseconds; an API server gives up after seconds. With +Inf ten buckets,
  // because each is a series for every value of the label on every replica.
  static constexpr std::array<ns, 9> kBounds{ns{50'000},     ns{100'000},     ns{250'000},
                                             ns{500'000},    ns{1'000'000},   ns{5'000'000},
                                             ns{25'000'000}, ns{100'000'000}, ns{1'000'000'000}};

  Durations(std::string name, std::string help, Grid::Label label);

  std::size_t size() const { return label_.values.size() * kStride; }
  void add(Cells& cells, std::size_t value, ns took) const;
  prometheus::MetricFamily family(const std::vector<std::uint64_t>& sum) const;

 private:
  static constexpr std::size_t kStride = kBounds.size() + 2;  // the buckets with +Inf, and the sum in nanoseconds

  std::string name_, help_;
  Grid::Label label_;
};

}  // namespace launchgate
