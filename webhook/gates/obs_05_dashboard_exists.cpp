// PRR-OBS-05 dashboard-exists
// Fields: spec.observability.dashboards[].{ref, url}
// Allowed: at least one, each with the object that holds it or the address where it opens. An object that is not there
// warns.
// Strength: the best of them: observed for a GrafanaDashboard or a ConfigMap labelled grafana_dashboard, linked for any
// other object that exists, claimed for an address.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

bool is_dashboard(const Ref& ref) {
  if (ref.link != Link::Found) return false;
  return ref.kind == "GrafanaDashboard" || ref.object->object->root()["metadata"]["labels"]["grafana_dashboard"];
}

}  // namespace

Finding dashboard_exists(const Facts& f) {
  const Node dashboards = f.spec["observability"]["dashboards"];
  if (dashboards.size() == 0) return fail("DashboardMissing", "no dashboard");
  Offenders bad, absent;
  auto best = Strength::Claimed;
  for (Node d : dashboards) {
    const auto path = "spec." + path_to(f.spec, d);
    if (!stated(d["ref"]) && !stated(d["url"]))
      bad.add("DashboardIncomplete", "a dashboard has neither ref nor url", path);
    const Ref ref = follow(f.world, f.review->ns, d["ref"].text());
    if (ref.link == Link::Missing)
      absent.add("DashboardNotFound", "dashboard " + shown(d["ref"].text()) + " is not there", path + ".ref");
    best = std::max(best, is_dashboard(ref) ? Strength::Observed : strength_of(ref.link));
  }
  if (bad) return bad.finding();
  return absent ? absent.warning(best) : pass(best);
}

}  // namespace launchgate
