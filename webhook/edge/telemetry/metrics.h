// Metrics: everything that launchgate counts, under the names that dashboards and alerts rely on.
//
//   Metrics metrics{names};
//   metrics.local().admission({kind, operation, decision, mode, dry_run, took});   // any thread; tens of nanoseconds
//   metrics.expose(http_totals, out);                                              // GET /metrics
//
// It knows no Kubernetes: the values of the labels come in as Names, and a sample gives positions in them. Counts of
// requests are kept by each thread for itself and added up at a scrape; gauges are set by whoever reloads.
#pragma once

#include <prometheus/registry.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "edge/telemetry/durations.h"
#include "edge/telemetry/grid.h"
#include "edge/telemetry/per_thread.h"

namespace launchgate {

// The values of each label, in the order of the positions that samples use. Fixed for the life of the process.
struct MetricNames {
  std::vector<std::string> kinds, operations, decisions, modes;
  std::vector<std::string> gates, outcomes;
  std::vector<std::string> errors;   // why a request had no verdict
  std::vector<std::string> reloads;  // what came of looking at the directory again
  std::string version;
};

struct AdmissionSample {
  std::size_t kind = 0, operation = 0, decision = 0, mode = 0;  // positions in MetricNames
  bool dry_run = false;
  std::chrono::nanoseconds took{};
};

// What the HTTP server has counted by itself.
struct HttpTotals {
  std::uint64_t open = 0;
  std::uint64_t accepted = 0, refused = 0, accept_errors = 0, timeouts = 0;
  std::uint64_t handshake_errors = 0;
  std::vector<std::pair<unsigned, std::uint64_t>> refusals = {};  // by status: answers that reached no handler
};

// The shapes of what is counted for each request.
struct MetricShapes {
  explicit MetricShapes(const MetricNames& names);
  Grid requests, gates, errors, responses;
  Durations durations;
};

class Metrics {
 public:
  using Time = std::chrono::system_clock::time_point;

  // One thread's counts. Only that thread may add.
  class Local {
   public:
    explicit Local(const MetricShapes& shapes);
    void admission(const AdmissionSample& sample);
    void gate(std::size_t gate, std::size_t outcome) { gates_.add(gate * outcomes_ + outcome); }  // sixty for a request
    void error(std::size_t reason) { errors_.add(reason); }
    void response(unsigned status);

   private:
    friend class Metrics;
    const MetricShapes& shapes_;
    const std::size_t outcomes_;
    Cells requests_, gates_, errors_, responses_, durations_;
  };

  explicit Metrics(MetricNames names);

  Local& local() { return locals_.local(); }

  // Any thread, but not on the path of a request: these take locks.
  void stored(const std::map<std::string, std::size_t>& objects,
              Time when);                                 // a new snapshot is in use: objects by kind
  void looked(std::size_t reload, std::size_t problems);  // the directory was read; position in MetricNames::reloads
  void synced(Time when) { synced_ = when; }              // its source was there and is what the snapshot says
  void certificate(std::chrono::sys_seconds not_after);   // that is served from now on
  void certificate_reload(bool good);

  // What a room beside the webhook measures (informers, the operator). `name` and `help` are always the same together;
  // labels have few values, never those of workloads.
  using Labels = std::map<std::string, std::string>;
  void gauge(const char* name, const char* help, const Labels& labels, double value);
  void count(const char* name, const char* help, const Labels& labels, double by = 1);

  // What sets gauges just before they are read, on the scraping thread. Returns a key for forget(), which waits for a
  // scrape that is under way.
  std::size_t before_scrape(std::function<void()> hook);
  void forget(std::size_t key);

  // Appends the text format of Prometheus (version 0.0.4).
  void expose(const HttpTotals& http, Time now, std::string& out);

 private:
  prometheus::Family<prometheus::Counter>& new_counters(const char* name, const char* help);
  prometheus::Gauge& new_gauge(const char* name, const char* help);
  std::vector<prometheus::MetricFamily> request_families(const HttpTotals& http) const;

  const MetricNames names_;
  const MetricShapes shapes_;
  PerThread<Local> locals_;
  prometheus::Registry registry_;
  prometheus::Family<prometheus::Gauge>& objects_;
  prometheus::Gauge &problems_, &loaded_, &age_, &not_after_;
  std::vector<prometheus::Counter*> reloads_;
  prometheus::Counter *certificate_good_, *certificate_bad_;
  std::atomic<Time> synced_{Time{}};
  std::mutex mutex_;
  std::map<std::string, prometheus::Gauge*> by_kind_;
  std::mutex hooks_mutex_;
  std::map<std::size_t, std::function<void()>> hooks_;
  std::size_t next_hook_ = 0;
};

inline constexpr const char* kMetricsContentType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace launchgate
