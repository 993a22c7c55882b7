#include "edge/telemetry/metrics.h"

#include <gtest/gtest.h>

#include <thread>

namespace launchgate {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

MetricNames names() {
  return {.kinds = {"Deployment", "other"},
          .operations = {"CREATE", "UPDATE"},
          .decisions = {"allow", "deny", "error"},
          .modes = {"warn", "enforce"},
          .gates = {"PRR-COST-01", "PRR-OWN-01"},
          .outcomes = {"Pass", "Fail"},
          .errors = {"malformed", "deadline"},
          .reloads = {"ok", "problems"},
          .version = "1.2.3"};
}

const Metrics::Time kNow{seconds{1'790'000'000}};

std::string expose(Metrics& metrics, const HttpTotals& http = {}) {
  std::string out;
  metrics.expose(http, kNow, out);
  return out;
}

// The lines that begin so, without what is before them.
std::string lines(const std::string& text, const std::string& prefix) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (text.compare(at, prefix.size(), prefix) == 0) out += text.substr(at, end - at + 1);
    at = end + 1;
  }
  return out;
}

TEST(Metrics, CountsRequestsByFixedLabels) {
  Metrics metrics{names()};
  metrics.local().admission({.kind = 0, .operation = 1, .decision = 1, .mode = 1, .dry_run = true, .took = microseconds(80)});
  metrics.local().admission({.kind = 0, .operation = 1, .decision = 1, .mode = 1, .dry_run = true, .took = microseconds(120)});
  metrics.local().admission({.kind = 1, .operation = 0, .decision = 0, .mode = 0, .dry_run = false, .took = seconds(3)});
  EXPECT_EQ(lines(expose(metrics), "launchgate_admission_requests_total"),
            "launchgate_admission_requests_total{kind=\"Deployment\",operation=\"UPDATE\",decision=\"deny\",mode=\"enforce\",dry_run=\"true\"} 2\n"
            "launchgate_admission_requests_total{kind=\"other\",operation=\"CREATE\",decision=\"allow\",mode=\"warn\",dry_run=\"false\"} 1\n");
}

TEST(Metrics, MeasuresDurationsInTenBuckets) {
  Metrics metrics{names()};
  for (const auto took : {microseconds(50), microseconds(51), microseconds(4'000), microseconds(2'000'000), microseconds(-1)})
    metrics.local().admission({.decision = 0, .took = took});
  const std::string text = lines(expose(metrics), "launchgate_admission_duration_seconds");
  EXPECT_NE(text.find("_bucket{decision=\"allow\",le=\"5e-05\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_bucket{decision=\"allow\",le=\"0.0001\"} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_bucket{decision=\"allow\",le=\"0.005\"} 4\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_bucket{decision=\"allow\",le=\"1\"} 4\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_bucket{decision=\"allow\",le=\"+Inf\"} 5\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_count{decision=\"allow\"} 5\n"), std::string::npos) << text;
  EXPECT_NE(text.find("_sum{decision=\"allow\"} 2.004101\n"), std::string::npos) << text;
}

TEST(Metrics, CountsGatesErrorsAndResponses) {
  Metrics metrics{names()};
  metrics.local().gate(1, 0);
  metrics.local().gate(1, 1);
  metrics.local().gate(1, 1);
  metrics.local().error(1);
  metrics.local().response(200);
  metrics.local().response(418);
  const std::string text = expose(metrics, {.refusals = {{413, 2}, {200, 1}}});
  EXPECT_EQ(lines(text, "launchgate_gate_results_total"), "launchgate_gate_results_total{gate=\"PRR-OWN-01\",outcome=\"Pass\"} 1\n"
                                                           "launchgate_gate_results_total{gate=\"PRR-OWN-01\",outcome=\"Fail\"} 2\n");
  EXPECT_EQ(lines(text, "launchgate_admission_errors_total"), "launchgate_admission_errors_total{reason=\"malformed\"} 0\n"
                                                               "launchgate_admission_errors_total{reason=\"deadline\"} 1\n");
  EXPECT_EQ(lines(text, "launchgate_http_responses_total"), "launchgate_http_responses_total{code=\"200\"} 2\n"
                                                             "launchgate_http_responses_total{code=\"413\"} 2\n"
                                                             "launchgate_http_responses_total{code=\"other\"} 1\n");
}

TEST(Metrics, ShowsTheStoreTheCertificateAndTheProcess) {
  Metrics metrics{names()};
  metrics.stored({{"ReadinessReview", 3}, {"ConfigMap", 1}}, kNow);
  metrics.stored({{"ReadinessReview", 4}}, kNow);      // the ConfigMap has gone
  metrics.looked(1, 2);
  metrics.synced(kNow - seconds(7));
  metrics.certificate(std::chrono::floor<seconds>(kNow) + seconds(60));
  metrics.certificate_reload(false);
  const std::string text = expose(metrics, {.open = 5, .accepted = 9, .handshake_errors = 1});
  for (const char* line : {"launchgate_store_objects{kind=\"ReadinessReview\"} 4\n", "launchgate_store_objects{kind=\"ConfigMap\"} 0\n",
                           "launchgate_store_problems 2\n", "launchgate_store_loaded_timestamp_seconds 1790000000\n",
                           "launchgate_store_age_seconds 7\n", "launchgate_reload_total{result=\"ok\"} 0\n",
                           "launchgate_reload_total{result=\"problems\"} 1\n", "launchgate_cert_not_after_seconds 1790000060\n",
                           "launchgate_cert_reload_total{result=\"refused\"} 1\n", "launchgate_build_info{version=\"1.2.3\"} 1\n",
                           "launchgate_connections{state=\"open\"} 5\n", "launchgate_connections_total{result=\"accepted\"} 9\n",
                           "launchgate_tls_handshake_errors_total 1\n", "process_resident_memory_bytes ", "process_start_time_seconds "})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(Metrics, AddsUpWhatThreadsCountWhileSomebodyScrapes) {
  Metrics metrics{names()};
  constexpr int kThreads = 4, kEach = 10'000;
  std::atomic<bool> stop{false};
  std::thread scraper([&] {
    while (!stop) expose(metrics);
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) metrics.local().gate(0, 0);
    });
  for (std::thread& thread : threads) thread.join();
  stop = true;
  scraper.join();
  EXPECT_EQ(lines(expose(metrics), "launchgate_gate_results_total"), "launchgate_gate_results_total{gate=\"PRR-COST-01\",outcome=\"Pass\"} 40000\n");
}

TEST(PerThread, InstancesDoNotMix) {
  PerThread<int> a{[] { return std::make_unique<int>(1); }};
  {
    PerThread<int> b{[] { return std::make_unique<int>(2); }};
    EXPECT_EQ(b.local(), 2);
    EXPECT_EQ(a.local(), 1);
  }
  PerThread<int> c{[] { return std::make_unique<int>(3); }};
  EXPECT_EQ(c.local(), 3);
  int count = 0;
  std::thread([&] { c.local() = 4; }).join();
  c.each([&](int value) { count += value; });
  EXPECT_EQ(count, 7);
}

}  // namespace
}  // namespace launchgate
