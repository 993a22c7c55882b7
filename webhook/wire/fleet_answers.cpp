// The five questions that every review has to answer before a launch, and what a review says to each. They are the
// review's printed summary (reference: readiness §1.1); which gates hold an answer to the facts follows from the section.
#include <algorithm>
#include <array>

#include "gates/table.h"
#include "wire/fleet_items.h"

namespace launchgate {
namespace {

using namespace fleet_items;

struct Question {
  std::string_view text;
  std::array<std::string_view, 2> sections;  // of the gate table
};
constexpr std::array<Question, 5> kQuestions{{{"Which risks are accepted, mitigated or blocked?", {"RISK", ""}},
                                              {"What evidence says that it works?", {"EVAL", ""}},
                                              {"What telemetry shows how it behaves?", {"OBS", ""}},
                                              {"Who owns incidents, model changes and feedback?", {"OWN", "SUP"}},
                                              {"How is it paused or reversed?", {"ROLL", "LAT"}}}};

std::vector<Item> risks(Node spec) {
  Items out;
  for (Node risk : spec["risks"]) {
    const auto disposition = risk["disposition"].text();
    Line how;
    if (disposition == "accepted")
      how.add("by ", risk["acceptedBy"]).add("until ", risk["until"]).add("because “", risk["rationale"], "”");
    else if (disposition == "mitigated")
      how.add("", risk["mitigation"]).add("gates ", list(risk["controls"])).add("tests ", list(risk["tests"]));
    else if (disposition == "blocked") how.add("until ", risk["unblock"]).add("owner ", risk["owner"]);
    const auto level = Line{}
                           .add("", risk["category"])
                           .add("severity ", risk["severity"])
                           .add("likelihood ", risk["likelihood"])
                           .text();
    const auto said = how.text();
    out.add(told(risk["id"]), told(risk["title"]) + (level.empty() ? "" : " (" + level + ")") + "; " +
                                  (disposition.empty() ? "undecided" : told(disposition)) +
                                  (said.empty() ? "" : ": " + said));
  }
  return out.take();
}

std::string metrics(const EvalReport& report) {
  Line out;
  for (const EvalMetric& m : report.metrics) out.add(told(m.name) + " ", told(m.value));
  return out.text();
}

std::vector<Item> evidence(const Review& review, TimePoint now) {
  Items out;
  const Node e = review.spec()["evaluation"];
  for (std::uint32_t i = 0; i < review.evidence.reports.size(); ++i) {
    const EvalReport& r = review.evidence.reports[i];
    const auto ref = e["reports"].at(i)["ref"].text();
    Line line;
    line.add("", told(ref));
    if (r.ran_at) line.add("run on ", format_date(*r.ran_at) + " (" + days_from(now, *r.ran_at) + ")");
    line.add("model ", told(r.model));
    if (r.digest_matches) line.add("", *r.digest_matches ? "digest agrees" : "the digest does not agree");
    else if (r.link == Link::Missing) line.add("", "not there");
    out.add("Report", line, ref);
    out.add("Metrics", metrics(r));
  }
  for (Node t : e["thresholds"]) out.add("Bar", told(t["metric"]) + " " + told(t["op"]) + " " + told(t["value"]));
  for (Node s : e["dataset"]["slices"]) out.add("Cases", Line{}.add("", s["kind"]).add("", s["count"], " cases"));
  const Node rubric = e["rubric"], attacks = e["adversarial"], fair = e["fairness"];
  out.add("Scored by", Line{}
                           .add("", rubric["judge"])
                           .add("", rubric["judgeModel"])
                           .add("agrees with people ", rubric["humanAgreement"]));
  out.add("Red team", Line{}
                          .add("attack success rate ", attacks["attackSuccessRate"])
                          .add("run on ", told(attacks["ranAt"].text().substr(0, 10)))
                          .add("", attacks["adaptive"].is_true() ? "adapted to the defences" : ""));
  out.add("Fairness", Line{}.add("groups ", list(fair["groups"])).add("largest gap allowed ", fair["maxGap"]));
  for (Node f : e["failureAnalysis"]["topFailures"])
    out.add("Known failure", Line{}.add("", f["pattern"]).add("rate ", f["rate"]).add("risk ", f["riskRef"]));
  return out.take();
}

std::vector<Item> telemetry(Node spec) {
  Items out;
  const Node o = spec["observability"];
  out.value("Leaves by", o["exporter"]);
  for (Node route : o["modelRoutes"])
    out.add("Model", Line{}
                         .add("", route["provider"])
                         .add("", route["model"])
                         .add("revision ", route["revision"])
                         .add("", route["viaGateway"].is_true() ? "through the gateway" : ""));
  for (Node prompt : o["promptRefs"])
    out.add("Prompt", Line{}.add("", prompt["name"]).add("version ", prompt["version"]).add("", prompt["ref"]));
  Line signals;
  for (Node s : o["signals"]) signals.add("", std::string{s.key()});
  out.add("Signals", signals);
  for (Node d : o["dashboards"]) {
    const Node url = d["url"] ? d["url"] : d["ref"];
    out.value("Dashboard", url);
  }
  for (Node a : o["alerts"]) out.add("Alert", Line{}.add("", a["alert"]).add("on ", a["covers"]).add("", a["ref"]));
  out.add("Records", Line{}.add("content ", o["contentCapture"]).add("kept ", o["retentionDays"], " days"));
  return out.take();
}

std::vector<Item> owners(Node spec) {
  Items out;
  const Node o = spec["ownership"], s = spec["support"];
  out.value("Team", o["team"]);
  out.add("Incidents", Line{}.add("", o["incidents"]["team"]).add("", o["incidents"]["contact"]));
  out.value("Model changes", o["modelChanges"]);
  out.value("Feedback", o["userFeedback"]);
  out.add("Feedback arrives at",
          Line{}.add("", s["feedback"]["channel"]).add("looked at within ", s["feedback"]["triageWithinHours"], " h"));
  for (Node r : s["runbooks"]) out.add("Runbook", Line{}.add("", r["name"]).add("", r["ref"]), r["ref"].text());
  out.add("A bad answer",
          Line{}.add("is traced by ", s["badAnswer"]["traceBy"]).add("is one of: ", list(s["badAnswer"]["classes"])));
  return out.take();
}

std::vector<Item> way_back(const Review& review) {
  Items out;
  const Node r = review.spec()["rollout"], fallback = review.spec()["latency"]["fallback"];
  if (review.suspended) out.add("Now", "paused: spec.suspend is true");
  out.add("Off switch", Line{}
                            .add("", r["killSwitch"]["type"])
                            .add("", r["killSwitch"]["ref"])
                            .add("within ", r["killSwitch"]["maxSeconds"], " s"));
  out.add("Way back", Line{}.add("", r["rollback"]["method"]).add("to ", r["rollback"]["previous"]));
  for (Node t : r["rollbackTriggers"])
    out.add("When", told(t["metric"]) + " " + told(t["op"]) + " " + told(t["threshold"]) +
                        Line{}.add(" for ", t["window"]).text() + Line{}.add(": ", t["action"]).text());
  out.add("Exposure", Line{}.add("", r["exposure"]["method"]).add("steps ", list(r["exposure"]["steps"])));
  out.value("While it is off", r["disabledExperience"]);
  out.add("May pause it", list(r["pauseAuthority"]));
  out.add("Fallback", Line{}
                          .add("", fallback["mode"])
                          .add("to ", fallback["target"])
                          .add("when ", fallback["trigger"])
                          .add("tested ", fallback["lastTested"]));
  out.add("Rehearsed",
          Line{}.add("", r["lastRehearsal"]["date"]).add("took ", r["lastRehearsal"]["durationSeconds"], " s"));
  if (!review.approved.empty())
    out.add("Approved revisions", std::to_string(review.approved.size()) + ": a return to one is always let in");
  return out.take();
}

bool belongs(const Question& q, std::string_view section) {
  return std::find(q.sections.begin(), q.sections.end(), section) != q.sections.end();
}

}  // namespace

std::vector<FleetAnswer> fleet_answers(const Review& review, const std::vector<FleetGate>& gates, TimePoint now) {
  const Node spec = review.spec();
  std::array<std::vector<Item>, 5> items{risks(spec), evidence(review, now), telemetry(spec), owners(spec),
                                         way_back(review)};
  std::vector<FleetAnswer> out;
  for (std::size_t i = 0; i < kQuestions.size(); ++i) {
    FleetAnswer& answer = out.emplace_back();
    answer.question = kQuestions[i].text;
    answer.items = std::move(items[i]);
    for (const FleetGate& g : gates) {
      if (!belongs(kQuestions[i], gate_table()[g.gate].section()) || g.outcome == Outcome::NotApplicable) continue;
      ++answer.asked;
      answer.met += g.outcome == Outcome::Pass || g.outcome == Outcome::Warn;
      answer.waived += g.outcome == Outcome::Waived;
      if (g.unmet()) answer.open.push_back(g.gate);
    }
  }
  return out;
}

}  // namespace launchgate
