#include "gates/rbac.h"

#include <algorithm>

namespace launchgate {
namespace {

using Text = std::string_view;

bool takes_token(const Snapshot& world, const PodView& pod, Text ns, Text account) {
  const Node own = pod.spec["automountServiceAccountToken"];
  if (own.is_bool()) return own.is_true();
  const WorldObject* found = world.find("ServiceAccount", ns, account);
  const Node its = found ? found->object->root()["automountServiceAccountToken"] : Node{};
  return !its.is_bool() || its.is_true();
}

// https://kubernetes.io/docs/reference/access-authn-authz/rbac: every account is in two groups, and authenticated.
bool names(Node subject, Text binding_ns, Text ns, Text account) {
  const auto kind = subject["kind"].text(), name = subject["name"].text();
  if (kind == "ServiceAccount") {
    const auto in = subject["namespace"] ? subject["namespace"].text() : binding_ns;
    return name == account && in == ns;
  }
  if (kind == "User") return name == "system:serviceaccount:" + std::string{ns} + ":" + std::string{account};
  return kind == "Group" && (name == "system:serviceaccounts" || name == "system:authenticated" ||
                             name == "system:serviceaccounts:" + std::string{ns});
}

class Reader {
 public:
  Reader(const Snapshot& world, Text ns, Rights& rights) : world_(world), ns_(ns), rights_(rights) {}

  void read() {
    world_.each("RoleBinding", ns_, [&](const WorldObject& o) { take(o.object->root(), ns_); });
    world_.each("ClusterRoleBinding", {}, [&](const WorldObject& o) { take(o.object->root(), {}); });
  }

 private:
  void take(Node binding, Text binding_ns) {
    for (Node subject : binding["subjects"])
      for (const std::string& account : rights_.accounts)
        if (names(subject, binding_ns, ns_, account)) return grant(binding["roleRef"]);
  }
  void grant(Node ref) {
    const auto kind = ref["kind"].text(), name = ref["name"].text();
    const WorldObject* role = world_.find(kind, kind == "Role" ? ns_ : Text{}, name);
    const auto by = std::string{kind} + " " + (kind == "Role" ? std::string{ns_} + "/" : "") + std::string{name};
    if (!role) rights_.grants.push_back({by, {}});
    else
      for (Node rule : role->object->root()["rules"]) rights_.grants.push_back({by, rule});
  }

  const Snapshot& world_;
  Text ns_;
  Rights& rights_;
};

bool has(Node list, Text word) {
  for (Node n : list)
    if (n.text() == "*" || n.text() == word) return true;
  return false;
}

}  // namespace

Rights rights_of(const Snapshot& world, const Workload& w) {
  Rights out;
  for (const PodView& pod : w.pods) {
    const auto named = pod.spec["serviceAccountName"].text();
    const Text account = named.empty() ? Text{"default"} : named;
    if (!takes_token(world, pod, w.ns, account)) continue;
    out.token = true;
    out.default_token |= account == "default";
    if (std::find(out.accounts.begin(), out.accounts.end(), account) == out.accounts.end())
      out.accounts.emplace_back(account);
  }
  if (out.token) Reader{world, w.ns, out}.read();
  return out;
}

bool allows(const Grant& grant, Text verb, Text group, Text resource, Text name) {
  if (!grant.rule) return grant.by == "ClusterRole cluster-admin";
  if (!has(grant.rule["verbs"], verb) || !has(grant.rule["apiGroups"], group)) return false;
  if (!has(grant.rule["resources"], resource)) return false;
  const Node only = grant.rule["resourceNames"];
  if (only.size() == 0 || name.empty()) return only.size() == 0;
  for (Node n : only)
    if (n.text() == name) return true;
  return false;
}

}  // namespace launchgate
