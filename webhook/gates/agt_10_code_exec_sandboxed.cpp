// PRR-AGT-10 code-exec-sandboxed
// Fields: spec.agent.sandbox; of the workload's pods runtimeClassName, hostPID, hostIPC, hostNetwork, volumes[].hostPath
// and containers[].securityContext.{privileged, allowPrivilegeEscalation, capabilities.add}
// Allowed: a sandboxing runtime class in every pod (one whose name says gVisor, Kata or another sandbox), or a sandbox
// that the review declares; and nothing in the pods that opens the host. Where the pods are the sandbox, each container
// says allowPrivilegeEscalation: false.
// Strength: observed for the runtime class, claimed for spec.agent.sandbox.
#include "base/ascii.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// Names of runtime classes are free: they say what is behind them by the name of the sandbox. Others (runc, nvidia,
// containerd-default) isolate no more than the default does, as far as can be told.
bool sandboxes(std::string_view runtime_class) {
  const auto name = lower(runtime_class);
  for (std::string_view sandbox : {"gvisor", "runsc", "kata", "firecracker", "microvm", "sandbox", "hyperv",
                                   "cloud-hypervisor", "sysbox", "edera", "quark", "wasm", "confidential", "isolated"})
    if (name.find(sandbox) != std::string::npos) return true;
  return false;
}

// Capabilities with which a process leaves its container, or the next best thing.
bool opens_host(std::string_view capability) {
  if (capability.starts_with("CAP_")) capability.remove_prefix(4);
  for (std::string_view c : {"ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "SYS_RAWIO", "SYS_BOOT", "DAC_READ_SEARCH",
                             "BPF", "PERFMON", "MAC_ADMIN", "MAC_OVERRIDE"})
    if (capability == c) return true;
  return false;
}

class Holes {
 public:
  // `inside`: the code runs in these very pods.
  Holes(const Workload& workload, bool inside) : object_(workload.object), inside_(inside) {
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
    const Node privileged = security["privileged"], escalates = security["allowPrivilegeEscalation"];
    if (privileged.is_true()) add(called("container", container["name"]) + " is privileged", privileged);
    if (escalates.is_true()) add(called("container", container["name"]) + " allows privilege escalation", escalates);
    else if (inside_ && !escalates.is_bool() && !privileged.is_true())
      add(called("container", container["name"]) + " does not say allowPrivilegeEscalation: false", container);
    for (Node capability : security["capabilities"]["add"])
      if (opens_host(capability.text()))
        add(called("container", container["name"]) + " adds the capability " + shown(capability.text()), capability);
  }
  void add(std::string what, Node at) { found.add("SandboxBroken", std::move(what), path_to(object_, at)); }

  Node object_;
  bool inside_;
};

}  // namespace

Finding code_exec_sandboxed(const Facts& f) {
  std::vector<std::string> tools;
  for (Node tool : f.spec["useCase"]["tools"])
    if (tool["effect"].text() == "code-exec") tools.push_back(shown(tool["name"].text()));
  if (tools.empty()) return not_applicable("no tool runs code");
  bool isolated = !f.workload.pods.empty();
  for (const PodView& pod : f.workload.pods) isolated &= sandboxes(pod.spec["runtimeClassName"].text());
  if (const Holes holes{f.workload, isolated}; holes.found) return holes.found.finding();
  if (isolated) return pass(Strength::Observed);
  if (stated(f.spec["agent"]["sandbox"])) return pass();
  return fail("SandboxMissing", "code execution without sandbox: " + listed(tools));
}

}  // namespace launchgate
