// PRR-AGT-05 egress-restricted
// Fields: the NetworkPolicies and CiliumNetworkPolicies of the namespace that select the pods; spec.agent.allowedHosts
// Allowed: every pod is selected by one that restricts egress, and none of those that select it opens everything: a rule
// without a destination (name resolution on port 53 apart), 0.0.0.0/0, ::/0, or Cilium's entities all and world.
// Strength: observed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/selector.h"

namespace launchgate {
namespace {

using Text = std::string_view;

bool everywhere(Text cidr) { return cidr == "0.0.0.0/0" || cidr == "::/0"; }

bool only_names(Node rule) {  // every port of the rule is DNS
  for (Node port : rule["ports"])
    if (port["port"].text() != "53") return false;
  return rule["ports"].size() != 0;
}

// Why the rule restricts nothing; empty = it does.
std::string open_rule(Node rule) {
  if (rule["to"].size() == 0) return only_names(rule) ? "" : "allows every destination";
  for (Node to : rule["to"])
    if (everywhere(to["ipBlock"]["cidr"].text())) return "allows " + std::string{to["ipBlock"]["cidr"].text()};
  return {};
}

std::string open_cilium_rule(Node rule) {
  for (Node entity : rule["toEntities"])
    if (entity.text() == "all" || entity.text() == "world") return "allows the entity " + std::string{entity.text()};
  for (const char* list : {"toCIDR", "toCIDRSet"})
    for (Node c : rule[list]) {
      const auto cidr = c.is_string() ? c.text() : c["cidr"].text();
      if (everywhere(cidr)) return "allows " + std::string{cidr};
    }
  return rule.is_object() && rule.size() == 0 ? "allows every destination" : "";
}

bool restricts(Node spec) {
  for (Node type : spec["policyTypes"])
    if (type.text() == "Egress") return true;
  return !spec["policyTypes"] && spec["egress"].size() != 0;
}

class Egress {
 public:
  explicit Egress(const Facts& f) : f_(f), selected_(f.workload.pods.size()) {
    f.world.each("NetworkPolicy", f.workload.ns, [&](const WorldObject& o) {
      const Node object = o.object->root();
      const Node spec = object["spec"];
      if (restricts(spec)) take(o, spec["podSelector"], spec["egress"], open_rule);
    });
    f.world.each("CiliumNetworkPolicy", f.workload.ns, [&](const WorldObject& o) {
      const Node object = o.object->root();
      const Node spec = object["spec"];
      if (spec["egress"] || spec["egressDeny"]) take(o, spec["endpointSelector"], spec["egress"], open_cilium_rule);
    });
  }
  bool complete() const { return std::find(selected_.begin(), selected_.end(), false) == selected_.end(); }
  Offenders open;

 private:
  template <class Open>
  void take(const WorldObject& o, Node selector, Node rules, Open&& is_open) {
    const auto decoded = Selector::decode(selector);
    bool any = false;
    for (std::size_t i = 0; i < f_.workload.pods.size(); ++i)
      if (decoded && decoded->matches(f_.workload.pods[i].metadata["labels"])) any = selected_[i] = true;
    if (!any) return;
    for (Node rule : rules)
      if (const auto why = is_open(rule); !why.empty())
        open.add("EgressOpen", o.kind + " " + o.ns + "/" + o.name + " " + why, {},
                 "name the destinations in the egress rules of " + o.kind + " " + o.name);
  }

  const Facts& f_;
  std::vector<bool> selected_;
};

}  // namespace

Finding egress_restricted(const Facts& f) {
  if (!is_agent(f.spec)) return not_applicable("it has no tools and does not act");
  if (f.workload.pods.empty()) return not_applicable("it has no pods of its own");
  const Egress egress{f};
  if (!egress.complete()) return fail("EgressUnrestricted", "no egress restriction selects these pods");
  return egress.open ? egress.open.finding() : pass(Strength::Observed);
}

}  // namespace launchgate
