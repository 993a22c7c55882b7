// PRR-OWN-01 owner-team
// Fields: spec.ownership.team
// Allowed: a team.
// Strength: observed when the workload's or namespace's own label says the same: a key "team" or "owner", with any
// prefix, in labels or annotations of the workload or in labels of its namespace. Else claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

bool says(Node map, std::string_view team) {
  for (Node entry : map) {
    const auto name = entry.key().substr(entry.key().rfind('/') + 1);  // no prefix: npos + 1 = 0
    if ((name == "team" || name == "owner") && entry.text() == team) return true;
  }
  return false;
}

}  // namespace

Finding owner_team(const Facts& f) {
  const Node team = f.spec["ownership"]["team"];
  if (!stated(team)) return fail("OwnerMissing", "no owning team");
  const auto name = team.text();
  const bool agreed = says(f.workload.labels, name) || says(f.workload.annotations, name) ||
                      says(f.world.namespace_labels(f.workload.ns), name);
  return pass(agreed ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
