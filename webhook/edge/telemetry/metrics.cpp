#include "edge/telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "edge/telemetry/process.h"

namespace launchgate {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// What the program answers, and those with which the server refuses a request; the last stands for any other.
constexpr std::array<unsigned, 12> kStatuses{200, 400, 404, 405, 408, 413, 415, 417, 431, 500, 501, 503};

std::size_t status_position(unsigned status) {
  return static_cast<std::size_t>(std::find(kStatuses.begin(), kStatuses.end(), status) - kStatuses.begin());
}

std::vector<std::string> status_names() {
  std::vector<std::string> names;
  for (const unsigned status : kStatuses) names.push_back(std::to_string(status));
  names.push_back("other");
  return names;
}

double seconds(Metrics::Time time) { return std::chrono::duration<double>(time.time_since_epoch()).count(); }

void append_http(std::vector<MetricFamily>& out, const HttpTotals& http) {
  ClientMetric open;
  open.label = {{"state", "open"}};
  open.gauge.value = static_cast<double>(http.open);
  out.push_back({"launchgate_connections", "Connections, by state.", MetricType::Gauge, {open}});
  const Grid ends("launchgate_connections_total", "Connections since the start, by what became of them.",
                  {{"result", {"accepted", "refused", "timeout", "accept_error"}}});
  out.push_back(ends.family({http.accepted, http.refused, http.timeouts, http.accept_errors}, Grid::Zeros::shown));
  out.push_back(Grid("launchgate_tls_handshake_errors_total", "TLS handshakes that failed.", {})
                    .family({http.handshake_errors}, Grid::Zeros::shown));
}

}  // namespace

MetricShapes::MetricShapes(const MetricNames& n)
    : requests("launchgate_admission_requests_total", "Admission requests answered.",
               {{"kind", n.kinds},
                {"operation", n.operations},
                {"decision", n.decisions},
                {"mode", n.modes},
                {"dry_run", {"false", "true"}}}),
      gates("launchgate_gate_results_total", "Results of gates in judged requests.",
            {{"gate", n.gates}, {"outcome", n.outcomes}}),
      errors("launchgate_admission_errors_total", "Admission requests without a verdict.", {{"reason", n.errors}}),
      responses("launchgate_http_responses_total", "HTTP responses.", {{"code", status_names()}}),
      durations("launchgate_admission_duration_seconds", "Time from a complete request to its answer.",
                {"decision", n.decisions}) {}

Metrics::Local::Local(const MetricShapes& s)
    : shapes_(s),
      outcomes_(s.gates.at({1, 0})),
      requests_(s.requests.size()),
      gates_(s.gates.size()),
      errors_(s.errors.size()),
      responses_(s.responses.size()),
      durations_(s.durations.size()) {}

void Metrics::Local::admission(const AdmissionSample& s) {
  requests_.add(shapes_.requests.at({s.kind, s.operation, s.decision, s.mode, s.dry_run ? 1u : 0u}));
  shapes_.durations.add(durations_, s.decision, s.took);
}

void Metrics::Local::response(unsigned status) { responses_.add(status_position(status)); }

Metrics::Metrics(MetricNames names)
    : names_(std::move(names)),
      shapes_(names_),
      locals_([this] { return std::make_unique<Local>(shapes_); }),
      objects_(prometheus::BuildGauge()
                   .Name("launchgate_store_objects")
                   .Help("Objects in use, by kind; a kind appears once there is one.")
                   .Register(registry_)),
      problems_(new_gauge("launchgate_store_problems",
                          "Files and objects that are left out or kept at their last good version.")),
      loaded_(new_gauge("launchgate_store_loaded_timestamp_seconds", "When the objects in use were loaded.")),
      age_(new_gauge("launchgate_store_age_seconds", "Time since the objects in use were last known to be current.")),
      not_after_(new_gauge("launchgate_cert_not_after_seconds",
                           "When the certificate that is served expires, since the Unix epoch.")) {
  auto& reloads =
      new_counters("launchgate_reload_total", "Times that the directory was found changed, by what came of it.");
  for (const std::string& result : names_.reloads) reloads_.push_back(&reloads.Add({{"result", result}}));
  auto& certificates =
      new_counters("launchgate_cert_reload_total", "Times that the certificate's files were found changed.");
  certificate_good_ = &certificates.Add({{"result", "ok"}});
  certificate_bad_ = &certificates.Add({{"result", "refused"}});
  auto& build = prometheus::BuildGauge().Name("launchgate_build_info").Help("Which version runs.").Register(registry_);
  build.Add({{"version", names_.version}}).Set(1);
}

prometheus::Family<prometheus::Counter>& Metrics::new_counters(const char* name, const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
}

prometheus::Gauge& Metrics::new_gauge(const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add({});
}

void Metrics::stored(const std::map<std::string, std::size_t>& objects, Time when) {
  const std::lock_guard lock(mutex_);
  for (const auto& [kind, count] : objects) by_kind_.try_emplace(kind, nullptr);
  for (auto& [kind, gauge] : by_kind_) {
    const auto found = objects.find(kind);
    if (!gauge) gauge = &objects_.Add({{"kind", kind}});
    gauge->Set(found == objects.end() ? 0 : static_cast<double>(found->second));  // the last of a kind has gone
  }
  loaded_.Set(seconds(when));
}

void Metrics::looked(std::size_t reload, std::size_t problems) {
  reloads_[reload]->Increment();
  problems_.Set(static_cast<double>(problems));
}

// The registry merges what is registered again under the same name and labels.
void Metrics::gauge(const char* name, const char* help, const Labels& labels, double value) {
  prometheus::BuildGauge().Name(name).Help(help).Register(registry_).Add(labels).Set(value);
}

void Metrics::count(const char* name, const char* help, const Labels& labels, double by) {
  prometheus::BuildCounter().Name(name).Help(help).Register(registry_).Add(labels).Increment(by);
}

void Metrics::certificate(std::chrono::sys_seconds not_after) {
  not_after_.Set(static_cast<double>(not_after.time_since_epoch().count()));
}

void Metrics::certificate_reload(bool good) { (good ? certificate_good_ : certificate_bad_)->Increment(); }

std::vector<MetricFamily> Metrics::request_families(const HttpTotals& http) const {
  std::vector<std::uint64_t> requests, gates, errors, responses(shapes_.responses.size()), durations;
  locals_.each([&](const Local& local) {
    local.requests_.add_to(requests);
    local.gates_.add_to(gates);
    local.errors_.add_to(errors);
    local.responses_.add_to(responses);
    local.durations_.add_to(durations);
  });
  for (const auto& [status, count] : http.refusals) responses[status_position(status)] += count;
  std::vector<MetricFamily> out{shapes_.requests.family(requests), shapes_.durations.family(durations),
                                shapes_.gates.family(gates), shapes_.errors.family(errors, Grid::Zeros::shown),
                                shapes_.responses.family(responses)};
  std::erase_if(out, [](const MetricFamily& family) { return family.metric.empty(); });
  append_http(out, http);
  return out;
}

std::size_t Metrics::before_scrape(std::function<void()> hook) {
  const std::lock_guard lock(hooks_mutex_);
  hooks_.emplace(next_hook_, std::move(hook));
  return next_hook_++;
}

void Metrics::forget(std::size_t key) {
  const std::lock_guard lock(hooks_mutex_);
  hooks_.erase(key);
}

void Metrics::expose(const HttpTotals& http, Time now, std::string& out) {
  {
    const std::lock_guard lock(hooks_mutex_);
    for (const auto& [key, hook] : hooks_) hook();
  }
  const Time synced = synced_;
  age_.Set(synced == Time{} ? 0 : std::max(0.0, std::chrono::duration<double>(now - synced).count()));
  std::vector<MetricFamily> families = request_families(http);
  append_process_metrics(families);
  for (MetricFamily& family : registry_.Collect()) families.push_back(std::move(family));
  std::ostringstream text;
  prometheus::TextSerializer{}.Serialize(text, families);
  out += text.view();
}

}  // namespace launchgate
