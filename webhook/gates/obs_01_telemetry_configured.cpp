// PRR-OBS-01 telemetry-configured
// Fields: env, annotations, arguments and sidecar images of the pod template; spec.observability.exporter
// Allowed: an exporter that the pod template shows, else one that is declared. OTEL_SDK_DISABLED takes it back, and an
// endpoint of blanks is none.
// Strength: observed when the pod template shows it, else claimed. The message says where it was seen.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "gates/blank.h"
#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {
namespace {

// A variable that sends telemetry somewhere, unless its library is switched off.
struct Sender {
  std::string_view env, off_switch, off;
};
constexpr std::array<Sender, 16> senders{{
    {"OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_SDK_DISABLED", "true"},
    {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_SDK_DISABLED", "true"},
    {"LANGFUSE_HOST", "LANGFUSE_TRACING_ENABLED", "false"},
    {"LANGFUSE_BASE_URL", "LANGFUSE_TRACING_ENABLED", "false"},
    {"LANGFUSE_PUBLIC_KEY", "LANGFUSE_TRACING_ENABLED", "false"},
    {"LANGSMITH_TRACING", "LANGSMITH_TRACING", "false"},
    {"LANGSMITH_ENDPOINT", "LANGSMITH_TRACING", "false"},
    {"LANGSMITH_API_KEY", "LANGSMITH_TRACING", "false"},
    {"LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING_V2", "false"},
    {"TRACELOOP_BASE_URL", "OTEL_SDK_DISABLED", "true"},
    {"TRACELOOP_API_KEY", "OTEL_SDK_DISABLED", "true"},
    {"PHOENIX_COLLECTOR_ENDPOINT", "OTEL_SDK_DISABLED", "true"},
    {"DD_AGENT_HOST", "DD_TRACE_ENABLED", "false"},
    {"DD_TRACE_AGENT_URL", "DD_TRACE_ENABLED", "false"},
    {"NEW_RELIC_LICENSE_KEY", "NEW_RELIC_ENABLED", "false"},
    {"APPLICATIONINSIGHTS_CONNECTION_STRING", "OTEL_SDK_DISABLED", "true"},
}};

// How the repository of a collector's or a vendor agent's image ends.
constexpr std::array<std::string_view, 12> collectors{"opentelemetry-collector",
                                                      "opentelemetry-collector-contrib",
                                                      "opentelemetry-collector-k8s",
                                                      "otel-collector",
                                                      "otelcol",
                                                      "grafana/alloy",
                                                      "grafana/agent",
                                                      "datadog/agent",
                                                      "datadoghq/agent",
                                                      "elastic-agent",
                                                      "dynatrace-oneagent",
                                                      "newrelic/infrastructure"};

// OpenTelemetry's booleans, and those of its peers, are read without case: "True" is true.
std::string env_that_sends(const Facts& f) {
  for (const Sender& s : senders)
    for (const EnvSetting& set : env_settings(f, s.env)) {
      if (set.value && is_blank(*set.value)) continue;
      const auto switches = env_settings(f, s.off_switch);
      const bool off = std::any_of(switches.begin(), switches.end(), [&](const EnvSetting& w) {
        return w.container == set.container && w.value && same_letters(*w.value, s.off);
      });
      if (!off) return std::string{s.env} + " is set in container " + shown(set.container);
    }
  return {};
}

std::string annotation_that_injects(const PodView& pod) {
  for (Node a : pod.metadata["annotations"]) {
    const bool injects = a.key().rfind("instrumentation.opentelemetry.io/inject-", 0) == 0 ||
                         a.key() == "sidecar.opentelemetry.io/inject";
    if (injects && stated(a) && a.text() != "false") return "annotation " + shown(a.key());
  }
  return {};
}

bool is_collector(Node container) {
  const auto repository = image_name(container["image"].text());
  return std::any_of(collectors.begin(), collectors.end(),
                     [&](std::string_view name) { return repository.ends_with(name); });
}

std::string container_that_sends(const PodView& pod) {
  for (Node c : pod.containers) {
    if (is_collector(c)) return "sidecar " + shown(c["name"].text());
    for (const char* words : {"command", "args"})  // vLLM's and TGI's own flags
      for (Node word : c[words])
        for (std::string_view flag : {"--otlp-traces-endpoint", "--otlp-endpoint"})
          if (word.text().rfind(flag, 0) == 0)
            return "argument " + std::string{flag} + " of container " + shown(c["name"].text());
  }
  return {};
}

std::string seen(const Facts& f) {
  auto where = env_that_sends(f);
  for (const PodView& pod : f.workload.pods) {
    if (where.empty()) where = annotation_that_injects(pod);
    if (where.empty()) where = container_that_sends(pod);
  }
  return where;
}

}  // namespace

Finding telemetry_configured(const Facts& f) {
  if (auto where = seen(f); !where.empty()) return pass(Strength::Observed, std::move(where));
  const Node exporter = f.spec["observability"]["exporter"];
  if (!stated(exporter) || exporter.text() == "otlp")
    for (const EnvSetting& set : env_settings(f, "OTEL_SDK_DISABLED"))
      if (set.value && same_letters(*set.value, "true"))
        return fail("TelemetryDisabled", "OTEL_SDK_DISABLED turns telemetry off in container " + shown(set.container),
                    {}, "remove OTEL_SDK_DISABLED from the pod template, and set OTEL_EXPORTER_OTLP_ENDPOINT");
  if (stated(exporter)) return pass();
  return fail("TelemetryMissing", "no telemetry exporter in the pod template and none declared");
}

}  // namespace launchgate
