// PRR-OBS-06 alerts-exist
// Fields: spec.observability.alerts[].{ref, alert, covers}
// Allowed: each names a rule object and the alert in it. At least one covers errors, and at high and critical one covers
// quality too: errors are what breaks loudly, quality is what breaks quietly. latency, refusals and cost are welcome.
// Strength: the weakest of them: observed when a PrometheusRule holds the alert, linked when the object exists.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding alerts_exist(const Facts& f) {
  Offenders incomplete, not_in_rule;
  std::vector<std::string> gone;
  std::string gone_at;
  Strength strength = Strength::Observed;
  bool errors = false, quality = f.tier < Tier::High;
  std::size_t position = 0;
  for (Node a : f.spec["observability"]["alerts"]) {
    const auto at = "alerts[" + std::to_string(position++) + "]", path = "spec.observability." + at;
    errors |= a["covers"].text() == "errors";
    quality |= a["covers"].text() == "quality";
    for (const std::string field : {"ref", "alert"})
      if (!stated(a[field])) incomplete.add("AlertIncomplete", at + " has no " + field, path + "." + field);
    const auto name = shown(a["alert"].text()), written = shown(a["ref"].text());
    const Ref ref = follow(f.world, f.review->ns, a["ref"].text());
    const bool is_rule = ref.link == Link::Found && ref.kind == "PrometheusRule";
    if (ref.link == Link::Missing && std::find(gone.begin(), gone.end(), written) == gone.end()) {
      if (gone.empty()) gone_at = path + ".ref";
      gone.push_back(written);
    }
    if (is_rule && !has_alert(ref, a["alert"].text()))
      not_in_rule.add("AlertNotInRule", written + " has no alert " + name, path + ".alert");
    strength = std::min(strength, is_rule ? Strength::Observed : strength_of(ref.link));
  }
  if (incomplete) return incomplete.finding();
  std::vector<std::string> missing;
  if (!errors) missing.emplace_back("errors");
  if (!quality) missing.emplace_back("quality");
  if (!missing.empty()) return fail("AlertsMissing", "no alert rule for: " + listed(missing));
  if (not_in_rule) return not_in_rule.finding();
  if (!gone.empty()) return warn("AlertRuleNotFound", "alerts refer to what is not there: " + listed(gone), gone_at);
  return pass(strength);
}

}  // namespace launchgate
