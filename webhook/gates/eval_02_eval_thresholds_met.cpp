// PRR-EVAL-02 eval-thresholds-met
// Fields: spec.evaluation.thresholds[].{metric, op, value}; metrics of the parsed reports; of the policy, this gate's
// params.thresholds[]: {metric, op, value}
// Allowed: every threshold of the review and of the policy holds for its metric in the newest report that has it.
// Compared as decimals. A report whose digest is not the declared one counts for nothing.
// Strength: measured.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {
namespace {

constexpr const char* kForm = "spec.evaluation.thresholds[]: {metric, op: >=|>|<=|<, value}";

struct Measured {
  bool any_read = false;  // some report could be read
  const EvalMetric* metric = nullptr;
};

Measured newest(const Review& review, std::string_view name) {
  Measured out;
  std::optional<TimePoint> when;
  for (const EvalReport& report : review.evidence.reports) {
    if (!report.parsed || !trusted(report)) continue;
    out.any_read = true;
    for (const EvalMetric& metric : report.metrics) {
      if (metric.name != name || (out.metric && report.ran_at <= when)) continue;
      out.metric = &metric;
      when = report.ran_at;
    }
  }
  return out;
}

class Bar {
 public:
  explicit Bar(const Facts& f) : f_(f) {}
  Offenders bad;
  std::vector<std::string> unread;  // nothing to compare with

  void check(Node threshold, const std::string& path, const std::string& whose) {
    const auto metric = threshold["metric"].text(), op = threshold["op"].text(), value = threshold["value"].text();
    if (metric.empty() || op.empty() || value.empty())
      return bad.add("ThresholdIncomplete",
                     "a threshold" + whose + " lacks " +
                         (metric.empty() ? "metric"
                          : op.empty()   ? "op"
                                         : "value"),
                     path, kForm);
    const auto name = shown(metric), expected = shown(op) + " " + shown(value) + whose;
    const Measured found = newest(*f_.review, metric);
    if (!found.any_read) return unread.push_back(name + " " + expected);
    if (!found.metric)
      return bad.add("MetricMissing", "no report has metric " + name + ", expected " + expected, path,
                     "measure it in the evaluation run, or correct spec.evaluation.thresholds[].metric");
    if (!holds(found.metric->value, op, value).value_or(false))
      bad.add("ThresholdNotMet", "metric " + name + "=" + shown(found.metric->value) + ", expected " + expected, path);
  }

 private:
  const Facts& f_;
};

}  // namespace

Finding eval_thresholds_met(const Facts& f) {
  const Node declared = f.spec["evaluation"]["thresholds"], floors = param(f.params, Param::Thresholds);
  if (declared.size() == 0 && floors.size() == 0)
    return fail("ThresholdsMissing", "no threshold says what is good enough", {}, kForm);
  Bar bar{f};
  std::size_t position = 0;
  for (Node threshold : declared)
    bar.check(threshold, "spec.evaluation.thresholds[" + std::to_string(position++) + "]", "");
  for (Node floor : floors) bar.check(floor, {}, " (policy)");
  if (bar.bad) return bar.bad.finding();
  if (!bar.unread.empty())
    return unknown("ReportUnreadable", "no report can be read here to compare with: " + listed(bar.unread),
                   "spec.evaluation.reports",
                   "keep the report in a ConfigMap and name it in spec.evaluation.reports[].ref");
  return pass(Strength::Measured);
}

}  // namespace launchgate
