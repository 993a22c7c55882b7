// PRR-AGT-04 least-privilege-identity
// Fields: of the workload's pods serviceAccountName and automountServiceAccountToken; the Roles and ClusterRoles bound to
// that account; spec.useCase.tools[].effect
// Allowed: no token at all; or an account of its own whose roles hold no wildcard, do not read Secrets at large, and
// write (beyond leases and events) only where a declared tool has an effect but read and external-message.
// Strength: observed when the pods take no token or the account's roles stand in the snapshot, else claimed.
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/rbac.h"

namespace launchgate {
namespace {

bool holds_word(Node list, std::string_view word) {
  for (Node n : list)
    if (n.text() == word) return true;
  return false;
}

// Some declared tool is meant to change something inside.
bool writes_inside(Node spec) {
  for (Node tool : spec["useCase"]["tools"]) {
    const auto effect = tool["effect"].text();
    if (changes_state(effect) && effect != "external-message") return true;
  }
  return false;
}

// What a rule lets it do that it should not, in words; empty = nothing.
std::string excess(Node rule, bool may_write) {
  if (holds_word(rule["verbs"], "*") || holds_word(rule["resources"], "*"))
    return "can do anything on " + [&] {
      std::vector<std::string> resources;
      for (Node r : rule["resources"]) resources.push_back(r.text() == "*" ? "everything" : shown(r.text()));
      return resources.empty() ? std::string{"everything"} : listed(resources);
    }();
  for (Node resource : rule["resources"]) {
    const auto what = resource.text();
    const bool at_large = rule["resourceNames"].size() == 0;
    if (what == "secrets" && at_large)
      for (std::string_view verb : {"list", "watch", "get"})
        if (holds_word(rule["verbs"], verb)) return "can " + std::string{verb} + " all secrets";
    if (may_write) continue;
    if (const auto verb = write_verb(rule, what); !verb.empty())
      return "can " + std::string{verb} + " " + shown(what) + " beyond the declared tools";
  }
  return {};
}

}  // namespace

Finding least_privilege_identity(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  if (f.workload.pods.empty()) return not_applicable("it has no pods of its own");
  const Rights rights = rights_of(f.world, f.workload);
  if (!rights.token) return pass(Strength::Observed);
  const std::string fix =
      "an account of its own in serviceAccountName, with a narrow Role; automountServiceAccountToken: "
      "false where it needs no token";
  if (rights.default_token)
    return fail("DefaultServiceAccount", "its pods take the token of service account default, which others share",
                "spec.template.spec.serviceAccountName", fix);
  Offenders bad;
  const bool may_write = writes_inside(f.spec);
  for (const Grant& grant : rights.grants) {
    const auto what = !grant.rule && allows(grant, "*", "*", "*") ? "can do anything" : excess(grant.rule, may_write);
    if (!what.empty())
      bad.add("TooManyRights", "service account " + listed(rights.accounts) + " " + what + " (" + grant.by + ")",
              "spec.template.spec.serviceAccountName", fix);
  }
  if (bad) return bad.finding();
  return pass(rights.grants.empty() ? Strength::Claimed : Strength::Observed);
}

}  // namespace launchgate
