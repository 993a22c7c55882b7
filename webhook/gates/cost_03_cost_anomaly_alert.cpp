// PRR-COST-03 cost-anomaly-alert
// Fields: spec.cost.anomalyAlert.{ref, alert}
// Allowed: a rule object and the name of the alert in it.
// Strength: observed when a PrometheusRule holds the alert, linked when the object exists, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding cost_anomaly_alert(const Facts& f) {
  const Node a = f.spec["cost"]["anomalyAlert"];
  if (!stated(a["ref"]) && !stated(a["alert"])) return fail("SpendAlertMissing", "no spend anomaly alert");
  for (const std::string field : {"ref", "alert"})
    if (!stated(a[field]))
      return fail("SpendAlertIncomplete", "the spend anomaly alert has no " + field, "spec.cost.anomalyAlert." + field);
  const auto written = shown(a["ref"].text());
  const Ref ref = follow(f.world, f.review->ns, a["ref"].text());
  if (ref.link == Link::Missing)
    return warn("SpendAlertNotFound", "the spend anomaly alert refers to " + written + ", which is not there",
                "spec.cost.anomalyAlert.ref");
  if (ref.link != Link::Found || ref.kind != "PrometheusRule") return pass(strength_of(ref.link));
  if (!has_alert(ref, a["alert"].text()))
    return fail("SpendAlertNotInRule", written + " has no alert " + shown(a["alert"].text()),
                "spec.cost.anomalyAlert.alert");
  return pass(Strength::Observed);
}

}  // namespace launchgate
