// PRR-AGT-04 least-privilege-identity
// Fields: of the workload's pods serviceAccountName, automountServiceAccountToken and projected tokens; the Roles and
// ClusterRoles bound to that account; spec.useCase.tools[].effect
// Allowed: no token at all; or an account of its own whose roles hold no wildcard, do not read Secrets at large, and
// write (beyond leases and events) only where a declared tool has an effect but read and external-message. What gives
// it the rights of others (escalate, bind, impersonate; Secrets, tokens and roles at large; a shell in pods or on
// nodes) takes a tool whose effect is access or infra.
// Strength: observed when the pods take no token or all of the account's roles stand in the snapshot, else claimed.
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

// Some declared tool is meant to hand out rights, or to run the platform.
bool governs(Node spec) {
  for (Node tool : spec["useCase"]["tools"])
    if (const auto effect = tool["effect"].text(); effect == "access" || effect == "infra") return true;
  return false;
}

// Whoever writes these acts as somebody else.
bool leads_to_others(std::string_view resource) {
  for (std::string_view one : {"secrets", "serviceaccounts/token", "roles", "rolebindings", "clusterroles",
                               "clusterrolebindings", "pods/exec", "pods/attach", "nodes/proxy"})
    if (resource == one) return true;
  return false;
}
bool takes_others_rights(std::string_view verb) {
  return verb == "bind" || verb == "escalate" || verb == "impersonate";
}

// What a rule lets it do that it should not, in words; empty = nothing.
std::string excess(Node rule, bool may_write, bool may_govern) {
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
    const bool grave = at_large && leads_to_others(what);
    for (Node n : rule["verbs"])
      if (const auto verb = n.text();
          writes(verb, what) && !(grave || takes_others_rights(verb) ? may_govern : may_write))
        return "can " + std::string{verb} + " " + shown(what) + " beyond the declared tools";
  }
  return {};
}

// The same of a role that the snapshot does not hold, where its name is one of Kubernetes' own.
std::string excess_unseen(const Grant& grant) {
  if (allows(grant, "*", "*", "*")) return "can do anything";
  return allows(grant, "list", "", "secrets") ? "can list all secrets" : "";
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
  const bool may_write = writes_inside(f.spec), may_govern = governs(f.spec);
  for (const Grant& grant : rights.grants) {
    const auto what = grant.rule ? excess(grant.rule, may_write, may_govern) : excess_unseen(grant);
    if (!what.empty())
      bad.add("TooManyRights", "service account " + listed(rights.accounts) + " " + what + " (" + grant.by + ")",
              "spec.template.spec.serviceAccountName", fix);
  }
  if (bad) return bad.finding();
  return pass(rights.known() ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
