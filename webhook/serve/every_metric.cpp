#include "serve/every_metric.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <utility>

#include "serve/observe.h"

namespace launchgate {

std::string every_metric(const std::string& version, const AddMetrics& of_others) {
  const MetricNames names = metric_names(version);
  Metrics metrics{names};
  auto& counts = metrics.local();
  // Each value of each label once is enough: a page names the values, not their combinations.
  for (std::size_t i = 0; i < names.kinds.size(); ++i) counts.admission({i, 0, 0, 0, false, {}});
  for (std::size_t i = 0; i < names.operations.size(); ++i) counts.admission({0, i, 0, 0, true, {}});
  for (std::size_t i = 0; i < names.decisions.size(); ++i) counts.admission({0, 0, i, 0, false, {}});
  for (std::size_t i = 0; i < names.modes.size(); ++i) counts.admission({0, 0, 0, i, false, {}});
  for (std::size_t i = 0; i < names.gates.size(); ++i) counts.gate(i, 0);
  for (std::size_t i = 0; i < names.outcomes.size(); ++i) counts.gate(0, i);
  for (const unsigned status : {200u, 400u, 404u, 405u, 408u, 413u, 415u, 417u, 431u, 500u, 501u, 503u, 999u})
    counts.response(status);
  metrics.stored(count_objects(Snapshot{}), {});
  if (of_others) of_others(metrics);
  std::string out;
  metrics.expose({}, {}, out);
  return out;
}

void add_every_metric(CLI::App& app, int& code, AddMetrics of_others) {
  auto* cmd = app.add_subcommand("metrics", "Print an example of every metric that serve exposes")->group("");
  cmd->callback([&code, of_others = std::move(of_others)] {
    const auto text = every_metric(LAUNCHGATE_VERSION, of_others);
    std::fwrite(text.data(), 1, text.size(), stdout);
    code = 0;
  });
}

}  // namespace launchgate
