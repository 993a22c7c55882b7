#include "operate/gauges.h"

#include "model/kinds.h"
#include "verdict/verdict.h"

namespace launchgate {

void set_gauges(Metrics& metrics, const OperatorCounters& c) {
  const auto put = [&](const char* name, const char* help, const Metrics::Labels& labels, double value) {
    metrics.gauge(name, help, labels, value);
  };
  const auto number = [](std::uint64_t n) { return static_cast<double>(n); };

  put("launchgate_leader", "1 in the replica that writes, else 0.", {}, c.leading);
  put("launchgate_leader_transitions", "Times that this replica became the one that writes.", {},
      number(c.transitions));

  constexpr const char* audit = "launchgate_audit_workloads";
  constexpr const char* audit_help =
      "Workloads that run, by what a rollout of them would come to now; set by the leader.";
  const std::vector<std::string> kinds = kind_labels();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const AuditCount none, &n = i < c.audit.size() ? c.audit[i] : none;
    const std::string& kind = kinds[i];
    for (std::size_t d = 0; d < n.decisions.size(); ++d)
      put(audit, audit_help, {{"kind", kind}, {"decision", std::string{to_string(static_cast<Decision>(d))}}},
          number(n.decisions[d]));
    put(audit, audit_help, {{"kind", kind}, {"decision", "not_llm"}}, number(n.not_llm));
    put(audit, audit_help, {{"kind", kind}, {"decision", "owned"}}, number(n.owned));
    put(audit, audit_help, {{"kind", kind}, {"decision", "exempt"}}, number(n.exempt));
    put("launchgate_audit_unreviewed", "LLM workloads that run and that no review covers; set by the leader.",
        {{"kind", kind}}, number(n.unreviewed));
  }
  put("launchgate_audit_last_pass_timestamp_seconds", "When everything was judged last; 0: never by this replica.", {},
      c.last_full_pass ? static_cast<double>(c.last_full_pass->time_since_epoch().count()) : 0);
  put("launchgate_audit_pass_duration_seconds", "How long that took.", {},
      std::chrono::duration<double>(c.full_pass_took).count());

  constexpr const char* reviews = "launchgate_reviews";
  constexpr const char* reviews_help = "Reviews by condition; set by the leader.";
  put(reviews, reviews_help, {{"state", "all"}}, number(c.reviews));
  put(reviews, reviews_help, {{"state", "ready"}}, number(c.reviews_ready));
  put(reviews, reviews_help, {{"state", "expired"}}, number(c.reviews_expired));
  put(reviews, reviews_help, {{"state", "drifted"}}, number(c.reviews_drifted));

  constexpr const char* waivers = "launchgate_waivers";
  constexpr const char* waivers_help =
      "Waivers by what they are worth; ending: in force, and within a week of its end; set by the leader.";
  put(waivers, waivers_help, {{"state", "in_force"}}, number(c.waivers_in_force));
  put(waivers, waivers_help, {{"state", "ending"}}, number(c.waivers_ending));
  put(waivers, waivers_help, {{"state", "not_in_force"}}, number(c.waivers_not_in_force));

  constexpr const char* writes = "launchgate_status_writes";
  constexpr const char* writes_help = "Statuses written by this replica since its start, by result.";
  put(writes, writes_help, {{"result", "written"}}, number(c.status_writes));
  put(writes, writes_help, {{"result", "conflict"}}, number(c.status_conflicts));
  put(writes, writes_help, {{"result", "failed"}}, number(c.status_failures));
  put("launchgate_status_waiting", "Statuses that are to be written.", {}, number(c.status_waiting));

  constexpr const char* events = "launchgate_events";
  constexpr const char* events_help = "Events of this replica since its start, by result.";
  put(events, events_help, {{"result", "sent"}}, number(c.events_sent));
  put(events, events_help, {{"result", "repeated"}}, number(c.events_repeated));
  put(events, events_help, {{"result", "dropped"}}, number(c.events_dropped));
  put(events, events_help, {{"result", "failed"}}, number(c.events_failed));
}

}  // namespace launchgate
