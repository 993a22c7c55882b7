// PRR-AGT-02 irreversible-needs-human
// Fields: spec.useCase.tools[].{effect, reversibility, approval, approvalTimeoutSeconds, onTimeout}
// Allowed: a tool that changes state and cannot be undone from here (irreversible, externally-reversible, or nobody
// says) needs approval threshold or per-action; where that waits only so long, onTimeout must be block.
// Strength: claimed; whether a person reads before approving is not seen from here.
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {
namespace {

void judge(Node tool, const Facts& f, Offenders& bad) {
  const Node reversibility = tool["reversibility"], on_timeout = tool["onTimeout"];
  const auto undo = reversibility.text(), approval = tool["approval"].text();
  if (!changes_state(tool["effect"].text()) || undo == "reversible" || undo == "read-only") return;
  const auto path = [&] { return "spec." + path_to(f.spec, tool); };
  const auto who = [&] { return called("tool", tool["name"]); };
  // A policy may want a person before each one (params.approval: per-action).
  if (approval == "threshold" && word(f.params, Param::Approval) == "per-action")
    return bad.add("ThresholdNotEnough", who() + " is approved above a threshold only; the policy asks for each action",
                   path() + ".approval", "spec.useCase.tools[].approval: per-action");
  if (approval != "threshold" && approval != "per-action")
    return bad.add("IrreversibleWithoutApproval",
                   who() + (stated(reversibility) ? " is " + shown(undo) : " does not say whether it can be undone") +
                       " and needs no approval",
                   path() + ".approval");
  if (on_timeout.text() == "block" || (!on_timeout && !tool["approvalTimeoutSeconds"])) return;
  bad.add("ApprovalTimeoutOpen", who() + " does not block when its approval times out", path() + ".onTimeout");
}

}  // namespace

Finding irreversible_needs_human(const Facts& f) {
  if (!has_tools(f.spec)) return not_applicable("no tool is listed");
  Offenders bad;
  for (Node tool : f.spec["useCase"]["tools"]) judge(tool, f, bad);
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
