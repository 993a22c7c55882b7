// PRR-AGT-10 code-exec-sandboxed
// Fields: spec.agent.sandbox; of the workload's pods runtimeClassName, hostPID, hostIPC, hostNetwork, volumes[].hostPath
// and containers[].securityContext.{privileged, allowPrivilegeEscalation}
// Allowed: a sandboxing runtime class in every pod (one that is not an ordinary runtime), or a declared sandbox
// elsewhere; and nothing in the pods that opens the host.
// Strength: observed for the runtime class, claimed for spec.agent.sandbox.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// Ordinary runtimes: they set up devices or nothing, and isolate no more than the default does.
bool sandboxes(std::string_view runtime_class) {
  for (std::string_view ordinary : {"", "runc", "crun", "nvidia"})
    if (runtime_class == ordinary) return false;
  return true;
}

class Holes {
 public:
  explicit Holes(const Workload& workload) : object_(workload.object) {
    for (const PodView& pod : workload.pods) {
      for (const char* field : {"hostPID", "hostIPC", "hostNetwork"})
        if (const Node on = pod.spec[field]; on.is_true()) add(std::string{"the pod sets "} + field, on);
      for (Node volume : pod.spec["volumes"])
        if (const Node path = volume["hostPath"]) add(called("volume", volume["name"]) + " is a hostPath", path);
      for (Node container : pod.init_containers) context(container);
      for (Node container : pod.containers) context(container);
    }
  }
  Offenders found;

 private:
  void context(Node container) {
    const Node security = container["securityContext"];
    if (const Node on = security["privileged"]; on.is_true())
      add(called("container", container["name"]) + " is privileged", on);
    if (const Node on = security["allowPrivilegeEscalation"]; on.is_true())
      add(called("container", container["name"]) + " allows privilege escalation", on);
  }
  void add(std::string what, Node at) { found.add("SandboxBroken", std::move(what), path_to(object_, at)); }

  Node object_;
};

}  // namespace

Finding code_exec_sandboxed(const Facts& f) {
  std::vector<std::string> tools;
  for (Node tool : f.spec["useCase"]["tools"])
    if (tool["effect"].text() == "code-exec") tools.push_back(shown(tool["name"].text()));
  if (tools.empty()) return not_applicable("no tool runs code");
  if (const Holes holes{f.workload}; holes.found) return holes.found.finding();
  bool isolated = !f.workload.pods.empty();
  for (const PodView& pod : f.workload.pods) isolated &= sandboxes(pod.spec["runtimeClassName"].text());
  if (isolated) return pass(Strength::Observed);
  if (stated(f.spec["agent"]["sandbox"])) return pass();
  return fail("SandboxMissing", "code execution without sandbox: " + listed(tools));
}

}  // namespace launchgate
