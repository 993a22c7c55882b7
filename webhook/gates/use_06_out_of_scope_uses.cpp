// PRR-USE-06 out-of-scope-uses
// Fields: spec.useCase.outOfScope[].{use, then}
// Allowed: at least one use that it must not serve, each with what happens then: refuse or handoff.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding out_of_scope_uses(const Facts& f) {
  const Node uses = f.spec["useCase"]["outOfScope"];
  if (uses.size() == 0) return fail("OutOfScopeMissing", "no out-of-scope or prohibited uses listed");
  Offenders bad;
  std::size_t position = 0;
  for (Node entry : uses) {
    const auto at = "outOfScope[" + std::to_string(position++) + "]", path = "spec.useCase." + at;
    if (!stated(entry["use"])) bad.add("OutOfScopeIncomplete", at + " names no use", path + ".use");
    else if (!stated(entry["then"]))
      bad.add("OutOfScopeIncomplete",
              at + " \"" + shown(entry["use"].text()) + "\" does not say what happens: refuse or handoff",
              path + ".then");
  }
  if (bad) return bad.finding();
  return pass();
}

}  // namespace launchgate
