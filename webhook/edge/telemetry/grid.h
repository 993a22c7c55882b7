// Grid: a family of counters whose labels have fixed values, one cell for each combination. Cells: one thread's.
//
//   const Grid requests{"launchgate_admission_requests_total", "…", {{"kind", {"Pod", "other"}}, {"dry_run", {"false", "true"}}}};
//   Cells cells{requests.size()};
//   cells.add(requests.at({0, 1}));           // a multiplication and an addition; no look-up, no lock, no allocation
//
// A label whose values grow with what runs in the cluster cannot be written down here, and that is the point.
#pragma once

#include <prometheus/metric_family.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace launchgate {

// Only its own thread writes, any thread reads: so an increment needs no locked instruction.
class Cells {
 public:
  explicit Cells(std::size_t count) : cells_(count) {}
  void add(std::size_t cell, std::uint64_t n = 1) { cells_[cell].store(get(cell) + n, std::memory_order_relaxed); }
  std::uint64_t get(std::size_t cell) const { return cells_[cell].load(std::memory_order_relaxed); }
  std::size_t size() const { return cells_.size(); }
  void add_to(std::vector<std::uint64_t>& sum) const;

 private:
  std::vector<std::atomic<std::uint64_t>> cells_;
};

class Grid {
 public:
  struct Label {
    std::string name;
    std::vector<std::string> values;
  };

  Grid(std::string name, std::string help, std::vector<Label> labels);

  std::size_t size() const { return size_; }
  // The cell of one combination: positions of its values, in the order of the labels.
  std::size_t at(std::initializer_list<std::size_t> positions) const;
  // As Prometheus shows it. Zeros::hidden leaves out what has never happened: most combinations never do. Alerts need
  // Zeros::shown, because a series that begins at 1 has no increase.
  enum class Zeros { hidden, shown };
  prometheus::MetricFamily family(const std::vector<std::uint64_t>& sum, Zeros zeros = Zeros::hidden) const;

 private:
  std::vector<prometheus::ClientMetric::Label> labels(std::size_t cell) const;

  std::string name_, help_;
  std::vector<Label> labels_;
  std::size_t size_ = 1;
};

}  // namespace launchgate
