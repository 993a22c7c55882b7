// PRR-OWN-05 owner-is-a-group
// Fields: spec.ownership.{team, incidents.team, modelChanges, userFeedback}
// Allowed: anything that does not name one person (is_a_person in facts.h), and the names in the gate's parameter
// `groups`, for groups that only look like a person.
// Strength: claimed; there is no directory to ask.
#include <array>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {
namespace {

bool known_group(Node groups, std::string_view name) {
  for (Node group : groups)
    if (group.text() == name) return true;
  return false;
}

}  // namespace

Finding owner_is_a_group(const Facts& f) {
  struct Role {
    std::string_view what, path;
    Node owner;
  };
  const Node ownership = f.spec["ownership"];
  const std::array<Role, 4> roles{{
      {"owner ", "spec.ownership.team", ownership["team"]},
      {"incident owner ", "spec.ownership.incidents.team", ownership["incidents"]["team"]},
      {"owner of model changes ", "spec.ownership.modelChanges", ownership["modelChanges"]},
      {"owner of user feedback ", "spec.ownership.userFeedback", ownership["userFeedback"]},
  }};
  Offenders bad;
  bool any = false;
  for (const Role& role : roles) {
    const auto name = role.owner.text();
    any |= stated(role.owner);
    if (is_a_person(name) && !known_group(param(f.params, Param::Groups), name))
      bad.add("OwnerIsAPerson", std::string{role.what} + shown(name) + " is one person", std::string{role.path});
  }
  if (bad) return bad.finding();
  return any ? pass() : not_applicable("no owner is named");
}

}  // namespace launchgate
