// PRR-AGT-12 inter-agent-trust
// Fields: spec.agent.peers[].{name, auth, direction}; Istio's PeerAuthentication and AuthorizationPolicy of the namespace
// Allowed: every peer says how the two know each other and who calls whom.
// Strength: observed when a PeerAuthentication demands mTLS of the pods or an AuthorizationPolicy selects them, else
// claimed.
#include "gates/facts.h"
#include "gates/finding.h"
#include "model/selector.h"

namespace launchgate {
namespace {

// Istio selects by matchLabels; without a selector, the whole namespace.
bool selects_pods(Node spec, const Workload& w) {
  for (const PodView& pod : w.pods)
    for (Node label : spec["selector"]["matchLabels"])
      if (pod.metadata["labels"][label.key()].text() != label.text()) return false;
  return true;
}

bool mesh_guards(const Facts& f) {
  bool found = false;
  const auto look = [&](std::string_view kind, auto&& demands) {
    f.world.each(kind, f.workload.ns, [&](const WorldObject& o) {
      const Node spec = o.object->root()["spec"];
      found |= demands(spec) && selects_pods(spec, f.workload);
    });
  };
  look("PeerAuthentication", [](Node spec) { return spec["mtls"]["mode"].text() == "STRICT"; });
  look("AuthorizationPolicy", [](Node spec) { return spec["rules"].size() != 0; });
  return found;
}

}  // namespace

Finding inter_agent_trust(const Facts& f) {
  const Node peers = f.spec["agent"]["peers"];
  if (peers.size() == 0) return not_applicable("no other agent is listed");
  Offenders bad;
  for (Node peer : peers) {
    const auto at = "spec." + path_to(f.spec, peer), who = called("agent", peer["name"]);
    if (!stated(peer["auth"])) bad.add("PeerWithoutAuth", who + " is talked to without authentication", at + ".auth");
    else if (!stated(peer["direction"])) bad.add("PeerIncomplete", who + " has no direction", at + ".direction");
  }
  if (bad) return bad.finding();
  return pass(mesh_guards(f) ? Strength::Observed : Strength::Claimed);
}

}  // namespace launchgate
