// PRR-AGT-09 action-audit
// Fields: spec.observability.signals.toolCalls, spec.agent.auditSink
// Allowed: both: tool calls are recorded as telemetry, and every action (who, tool, digest of the arguments, approval)
// goes to a place of its own. A sink that names an object that is not there warns.
// Strength: linked when the sink was found, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding action_audit(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  const Node calls = f.spec["observability"]["signals"]["toolCalls"], sink = f.spec["agent"]["auditSink"];
  if (!stated(sink)) return fail("AuditSinkMissing", "no audit record of actions (who, tool, arguments, approval)");
  if (!stated(calls) && !stated(calls["metric"]) && !stated(calls["attribute"]) && !stated(calls["promql"]))
    return fail("ToolCallsNotRecorded", "tool calls are not recorded", "spec.observability.signals.toolCalls");
  const Ref ref = follow(f.world, f.review->ns, sink.text());
  if (ref.link == Link::Missing)
    return warn("AuditSinkNotFound", "the audit sink refers to " + shown(sink.text()) + ", which is not there");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
