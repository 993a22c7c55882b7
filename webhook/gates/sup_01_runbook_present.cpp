// PRR-SUP-01 runbook-present
// Fields: spec.support.runbooks[].{name, ref}
// Allowed: at least one, each with a reference.
// Strength: linked when every reference names an object that exists, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding runbook_present(const Facts& f) {
  const Node runbooks = f.spec["support"]["runbooks"];
  if (runbooks.size() == 0) return fail("RunbookMissing", "no runbook");
  Offenders incomplete, not_found;
  Strength strength = Strength::Linked;
  std::size_t position = 0;
  for (Node r : runbooks) {
    const auto at = "runbooks[" + std::to_string(position++) + "]", path = "spec.support." + at + ".ref";
    const auto name = stated(r["name"]) ? "runbook " + shown(r["name"].text()) : at;
    const Ref ref = follow(f.world, f.review->ns, r["ref"].text());
    if (!stated(r["ref"])) incomplete.add("RunbookWithoutRef", name + " does not say where it is", path);
    else if (ref.link == Link::Missing)
      not_found.add("RunbookNotFound", name + " is in " + shown(r["ref"].text()) + ", which is not there", path);
    strength = std::min(strength, strength_of(ref.link));
  }
  if (incomplete) return incomplete.finding();
  if (not_found) return not_found.warning();
  return pass(strength);
}

}  // namespace launchgate
