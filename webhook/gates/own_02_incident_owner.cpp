// PRR-OWN-02 incident-owner
// Fields: spec.ownership.{incidents.contact, incidents.team, team}
// Allowed: a contact (pager service, receiver), with a team behind it: incidents.team, else the owning team. A contact
// that is one person's address warns from tier moderate on.
// Strength: claimed; whether the pager rings is not seen from here.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding incident_owner(const Facts& f) {
  const Node ownership = f.spec["ownership"], incidents = ownership["incidents"];
  const Node contact = incidents["contact"];
  if (!stated(contact))
    return fail("IncidentContactMissing", "no incident owner / on-call", "spec.ownership.incidents.contact");
  if (!stated(incidents["team"]) && !stated(ownership["team"]))
    return fail("IncidentTeamMissing", "the incident contact has no team behind it", "spec.ownership.incidents.team");
  if (f.tier >= Tier::Moderate && is_a_person(contact.text()))
    return warn("IncidentContactIsAPerson", "the incident contact " + shown(contact.text()) + " is one person",
                "spec.ownership.incidents.contact");
  return pass();
}

}  // namespace launchgate
