// PRR-SEC-02 output-validated
// Fields: spec.security.outputSinks[].{type, validation, ref}, spec.useCase.tools[].effect
// Allowed: each sink with its type and a validation that is not none. Tools take the model's output, so where tools are
// listed there is a sink of type tool, and of type code where one runs code. An object that is not there warns.
// Strength: the weakest: linked when what it is checked against was found, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// Sinks that there have to be, and are not.
std::vector<std::string> missing_sinks(Node spec, Node sinks) {
  bool code = false;
  for (Node tool : spec["useCase"]["tools"]) code |= tool["effect"].text() == "code-exec";
  const auto has = [&](std::string_view type) {
    for (Node sink : sinks)
      if (sink["type"].text() == type) return true;
    return false;
  };
  std::vector<std::string> out;
  if (has_tools(spec) && !has("tool")) out.emplace_back("tool");
  if (code && !has("code")) out.emplace_back("code");
  return out;
}

}  // namespace

Finding output_validated(const Facts& f) {
  const Node sinks = f.spec["security"]["outputSinks"];
  const std::string path = "spec.security.outputSinks";
  if (sinks.size() == 0 && !has_tools(f.spec))
    return not_applicable("no output sink is listed, and no tool takes its output");
  if (const auto missing = missing_sinks(f.spec, sinks); !missing.empty())
    return fail("OutputSinkMissing", "no output validation declared for sink " + listed(missing), path);
  Offenders bad, absent;
  auto weakest = Strength::Linked;
  for (Node sink : sinks) {
    const auto at = "spec." + path_to(f.spec, sink), who = called("output sink", sink["type"]);
    if (!stated(sink["type"])) bad.add("OutputSinkIncomplete", who + " is listed", at + ".type");
    else if (!stated(sink["validation"]) || sink["validation"].text() == "none")
      bad.add("OutputNotValidated", who + " takes the model's output without validation", at + ".validation");
    const Ref ref = follow(f.world, f.review->ns, sink["ref"].text());
    if (ref.link == Link::Missing)
      absent.add("ValidationNotFound",
                 who + " is checked against " + shown(sink["ref"].text()) + ", which is not there", at + ".ref");
    weakest = std::min(weakest, strength_of(ref.link));
  }
  if (bad) return bad.finding();
  return absent ? absent.warning() : pass(weakest);
}

}  // namespace launchgate
