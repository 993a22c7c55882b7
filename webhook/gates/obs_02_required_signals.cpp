// PRR-OBS-02 required-signals
// Fields: spec.observability.signals.{modelRoute, promptVersion, retrievalSources, toolCalls, latency, tokens, refusals,
// feedback}
// Allowed: each one names a metric or attribute, or is an object with metric, attribute or promql. retrievalSources is
// asked for where retrieval is enabled, toolCalls where tools are listed.
// Strength: claimed; whether samples arrive is another gate's question.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding required_signals(const Facts& f) {
  const Node signals = f.spec["observability"]["signals"];
  const bool retrieval = f.spec["useCase"]["retrieval"]["enabled"].is_true();
  const auto covered = [&](std::string_view name) {
    const Node s = signals[name];
    return stated(s) || stated(s["metric"]) || stated(s["attribute"]) || stated(s["promql"]);
  };
  std::vector<std::string> missing;
  for (std::string_view name :
       {"modelRoute", "promptVersion", "retrievalSources", "toolCalls", "latency", "tokens", "refusals", "feedback"}) {
    if ((name == "retrievalSources" && !retrieval) || (name == "toolCalls" && !has_tools(f.spec)) || covered(name))
      continue;
    missing.emplace_back(name);
  }
  if (!missing.empty())
    return fail("SignalsMissing", "signals not covered: " + listed(missing),
                "spec.observability.signals." + missing.front());
  return pass();
}

}  // namespace launchgate
