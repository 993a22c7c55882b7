// PRR-AGT-05 egress-restricted
// Fields: the NetworkPolicies and CiliumNetworkPolicies of the namespace that select the pods; spec.agent.allowedHosts
// Allowed: every pod is selected by one that restricts egress, and none of those that select it opens everything: a
// rule without a destination (name resolution on port 53 apart), a block of addresses larger than any network of one's
// own (a prefix below /8, of IPv6 below /7), Cilium's entities all and world, or a name pattern of stars. Where the
// review lists allowedHosts, names of Cilium's toFQDNs stand there; other destinations (selectors, addresses) have no
// host to compare, so they are not.
// Strength: observed.
#include <algorithm>

#include "base/ascii.h"
#include "gates/facts.h"
#include "gates/finding.h"
#include "model/selector.h"

namespace launchgate {
namespace {

using Text = std::string_view;

// "10.0.0.0/0", "0.0.0.0/1": two halves are the whole. fc00::/7 holds the private addresses of IPv6.
bool everywhere(Text cidr) {
  const auto slash = cidr.find('/');
  if (slash == Text::npos || slash + 1 == cidr.size()) return false;
  const auto least = cidr.find(':') == Text::npos ? 8 : 7;
  int prefix = 0;
  for (const char c : cidr.substr(slash + 1)) {
    if (c < '0' || c > '9' || prefix > 128) return false;
    prefix = prefix * 10 + (c - '0');
  }
  return prefix < least;
}

// Every port is DNS, and there is one. A range that begins there is more than that.
bool only_names(Node ports) {
  for (Node port : ports)
    if (port["port"].text() != "53" || (port["endPort"] && port["endPort"].text() != "53")) return false;
  return ports.size() != 0;
}

// Why the rule restricts nothing; empty = it does.
std::string open_rule(Node rule) {
  if (rule["to"].size() == 0) return only_names(rule["ports"]) ? "" : "allows every destination";
  for (Node to : rule["to"])
    if (everywhere(to["ipBlock"]["cidr"].text())) return "allows " + shown(to["ipBlock"]["cidr"].text());
  return {};
}

bool every_name(Text pattern) { return !pattern.empty() && pattern.find_first_not_of("*.") == Text::npos; }

// A rule of Cilium names its destinations in one of these; toPorts and icmps only narrow them.
bool has_destination(Node rule) {
  for (const char* list : {"toEndpoints", "toCIDR", "toCIDRSet", "toEntities", "toServices", "toFQDNs", "toGroups",
                           "toNodes", "toRequires"})
    if (rule[list]) return true;
  return false;
}

std::string open_cilium_rule(Node rule) {
  if (!has_destination(rule)) {
    bool names = rule["toPorts"].size() != 0;
    for (Node ports : rule["toPorts"]) names &= only_names(ports["ports"]);
    return names ? "" : "allows every destination";
  }
  for (Node entity : rule["toEntities"])
    if (const auto text = entity.text(); text == "all" || text.starts_with("world"))
      return "allows the entity " + shown(text);
  for (const char* list : {"toCIDR", "toCIDRSet"})
    for (Node c : rule[list]) {
      const auto cidr = c.is_string() ? c.text() : c["cidr"].text();
      if (everywhere(cidr)) return "allows " + shown(cidr);
    }
  for (Node name : rule["toFQDNs"])
    if (const auto pattern = name["matchPattern"].text(); every_name(pattern))
      return "allows every name (" + shown(pattern) + ")";
  return {};
}

// "api.example.com", or a pattern "*.example.com" that the list holds or covers. Names have no case; the dot at the end
// and a port in the list say nothing more.
bool is_listed(Node hosts, Text name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  for (Node host : hosts) {
    auto entry = host.text();
    entry = entry.substr(0, entry.find(':'));
    if (entry.ends_with('.')) entry.remove_suffix(1);
    if (same_letters(entry, name)) return true;
    const bool covers = entry.starts_with("*.") && name.size() > entry.size() - 1;
    if (covers && same_letters(name.substr(name.size() - (entry.size() - 1)), entry.substr(1))) return true;
  }
  return false;
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
      take_cilium(o, object["spec"]);
      for (Node spec : object["specs"]) take_cilium(o, spec);
    });
  }
  bool complete() const { return std::find(selected_.begin(), selected_.end(), false) == selected_.end(); }
  Offenders open;

 private:
  void take_cilium(const WorldObject& o, Node spec) {
    if (!spec["egress"] && !spec["egressDeny"]) return;
    const bool adds_only = spec["enableDefaultDeny"]["egress"].type() == Type::False;
    if (!take(o, spec["endpointSelector"], spec["egress"], open_cilium_rule, !adds_only)) return;
    const Node hosts = f_.spec["agent"]["allowedHosts"];
    if (hosts.size() == 0) return;
    for (Node rule : spec["egress"])
      for (Node name : rule["toFQDNs"])
        for (const char* field : {"matchName", "matchPattern"})
          if (const auto host = name[field].text(); !host.empty() && !every_name(host) && !is_listed(hosts, host))
            open.add("HostNotListed",
                     o.kind + " " + o.ns + "/" + o.name + " allows " + shown(host) +
                         ", which spec.agent.allowedHosts does not list",
                     {}, "take the name out of the policy, or list it in spec.agent.allowedHosts[]");
  }
  // False: it selects none of the pods. `denies_rest`: what it does not allow is denied.
  template <class Open>
  bool take(const WorldObject& o, Node selector, Node rules, Open&& is_open, bool denies_rest = true) {
    const auto decoded = Selector::decode(selector);
    bool any = false;
    for (std::size_t i = 0; i < f_.workload.pods.size(); ++i)
      if (decoded && decoded->matches(f_.workload.pods[i].metadata["labels"])) {
        any = true;
        if (denies_rest) selected_[i] = true;
      }
    if (!any) return false;
    for (Node rule : rules)
      if (const auto why = is_open(rule); !why.empty())
        open.add("EgressOpen", o.kind + " " + o.ns + "/" + o.name + " " + why, {},
                 "name the destinations in the egress rules of " + o.kind + " " + o.name);
    return true;
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
