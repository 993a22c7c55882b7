#include "gates/rbac.h"

#include <algorithm>
#include <array>

#include "gates/facts.h"

namespace launchgate {
namespace {

using Text = std::string_view;

bool mounts(const PodView& pod, Text volume) {
  for (const auto* containers : {&pod.containers, &pod.init_containers})
    for (Node container : *containers)
      for (Node mount : container["volumeMounts"])
        if (mount["name"].text() == volume) return true;
  return false;
}

// A token for somebody else (a cloud's sts, vault) opens nothing at the API server. Without an audience it is for that.
bool for_api_server(Node token) {
  const auto audience = token["audience"].text();
  return audience.empty() || audience.find("kubernetes") != Text::npos;
}

bool projects_token(const PodView& pod) {
  for (Node volume : pod.spec["volumes"])
    for (Node source : volume["projected"]["sources"])
      if (const Node token = source["serviceAccountToken"])
        if (for_api_server(token) && mounts(pod, volume["name"].text())) return true;
  return false;
}

bool takes_token(const Snapshot& world, const PodView& pod, Text ns, Text account) {
  if (projects_token(pod)) return true;
  const Node own = pod.spec["automountServiceAccountToken"];
  if (own.is_bool()) return own.is_true();
  const WorldObject* found = world.find("ServiceAccount", ns, account);
  const Node its = found ? found->object->root()["automountServiceAccountToken"] : Node{};
  return !its.is_bool() || its.is_true();
}

bool is_everybody(Node subject) {
  const auto name = subject["name"].text();
  return subject["kind"].text() == "Group" && (name == "system:serviceaccounts" || name == "system:authenticated");
}

// https://kubernetes.io/docs/reference/access-authn-authz/rbac: every account is in two groups, and authenticated.
bool names(Node subject, Text binding_ns, Text ns, Text account) {
  const auto kind = subject["kind"].text(), name = subject["name"].text();
  if (kind == "ServiceAccount") {
    const auto in = subject["namespace"] ? subject["namespace"].text() : binding_ns;
    return name == account && in == ns;
  }
  if (kind == "User") return name == "system:serviceaccount:" + std::string{ns} + ":" + std::string{account};
  return is_everybody(subject) || (kind == "Group" && name == "system:serviceaccounts:" + std::string{ns});
}

class Reader {
 public:
  Reader(const Snapshot& world, Text ns, Rights& rights) : world_(world), ns_(ns), rights_(rights) {}

  void read_namespace(Text where) {
    world_.each("RoleBinding", where, [&](const WorldObject& o) { take(o, where); });
  }
  void read_cluster() {
    world_.each("ClusterRoleBinding", {}, [&](const WorldObject& o) { take(o, {}); });
  }

 private:
  void take(const WorldObject& o, Text binding_ns) {
    const Node binding = o.object->root();
    bool granted = false, to_all = true;
    for (Node subject : binding["subjects"])
      for (const std::string& account : rights_.accounts)
        if (names(subject, binding_ns, ns_, account)) granted = true, to_all &= is_everybody(subject);
    if (granted) grant({{}, {}, std::string{binding_ns}, &o, to_all}, binding["roleRef"]);
  }
  void grant(Grant granted, Node ref) {
    const auto kind = ref["kind"].text(), name = ref["name"].text();
    const WorldObject* role = world_.find(kind, kind == "Role" ? Text{granted.ns} : Text{}, name);
    granted.by = std::string{kind} + " " + (kind == "Role" ? granted.ns + "/" : "") + std::string{name};
    if (!role) return rights_.grants.push_back(std::move(granted));
    for (Node rule : role->object->root()["rules"]) {
      granted.rule = rule;
      rights_.grants.push_back(granted);
    }
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

// "*/scale" is that part of anything.
bool has_resource(Node list, Text resource) {
  const auto slash = resource.find('/');
  for (Node n : list) {
    const auto text = n.text();
    if (text == "*" || text == resource) return true;
    if (slash != Text::npos && text.starts_with("*/") && text.substr(1) == resource.substr(slash)) return true;
  }
  return false;
}

// admin and edit change what runs and what it reads (Secrets too), not what is cluster-wide, and bind no other role.
bool well_known(Text role, Text verb, Text group) {
  if (role == "ClusterRole cluster-admin") return true;
  if (role != "ClusterRole admin" && role != "ClusterRole edit") return false;
  constexpr Text verbs[] = {"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"};
  return (group.empty() || group == "apps") && std::find(std::begin(verbs), std::end(verbs), verb) != std::end(verbs);
}

constexpr std::array<Text, 8> write_verbs{"create",           "update", "patch",    "delete",
                                          "deletecollection", "bind",   "escalate", "impersonate"};
// Created to be answered, not to be kept.
constexpr std::array<Text, 6> questions{"selfsubjectaccessreviews", "selfsubjectrulesreviews",   "selfsubjectreviews",
                                        "subjectaccessreviews",     "localsubjectaccessreviews", "tokenreviews"};
// Every cluster has these: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
constexpr std::array<Text, 3> known_writers{"ClusterRole cluster-admin", "ClusterRole admin", "ClusterRole edit"};
constexpr std::array<Text, 1> known_readers{"ClusterRole view"};

template <std::size_t Count>
bool is_one_of(Text word, const std::array<Text, Count>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "update orders", "do anything on everything"; empty: it changes nothing.
std::string what_it_writes(const Grant& grant) {
  if (!grant.rule) return is_one_of(grant.by, known_writers) ? "change nearly anything" : "";
  for (Node resource : grant.rule["resources"]) {
    for (Node verb : grant.rule["verbs"])
      if (writes(verb.text(), resource.text()))
        return (verb.text() == "*" ? "do anything on" : std::string{verb.text()}) + " " +
               (resource.text() == "*" ? "everything" : shown(resource.text()));
  }
  return {};
}

}  // namespace

Text token_account(const Snapshot& world, const PodView& pod, Text ns) {
  const auto named = pod.spec["serviceAccountName"].text();
  const Text account = named.empty() ? Text{"default"} : named;
  return takes_token(world, pod, ns, account) ? account : Text{};
}

bool writes(Text verb, Text resource) {
  if (resource == "leases" || resource == "events" || is_one_of(resource, questions)) return false;
  return verb == "*" || is_one_of(verb, write_verbs);
}

WriteRights write_rights_of(const Snapshot& world, const Workload& workload) {
  WriteRights out;
  const Rights rights = rights_of(world, workload);
  for (const Grant& grant : rights.grants) {
    if (grant.to_all) continue;
    const WorldObject& o = *grant.binding;
    const auto who = [&](std::string_view does) {
      return o.kind + " " + (o.ns.empty() ? "" : o.ns + "/") + o.name + std::string{does} + "service account " +
             listed(rights.accounts) + " ";
    };
    if (const auto what = what_it_writes(grant); !what.empty()) {
      out.some = who(" lets ") + what + " (" + grant.by + ")";
      return out;
    }
    if (!grant.rule && out.unknown.empty() && !is_one_of(grant.by, known_readers))
      out.unknown = who(" gives ") + grant.by + ", which is not at hand";
  }
  return out;
}

bool Rights::known() const {
  return !grants.empty() &&
         std::all_of(grants.begin(), grants.end(), [](const Grant& g) { return static_cast<bool>(g.rule); });
}

Rights rights_of(const Snapshot& world, const Workload& w, Text also) {
  Rights out;
  for (const PodView& pod : w.pods) {
    const Text account = token_account(world, pod, w.ns);
    if (account.empty()) continue;
    out.token = true;
    out.default_token |= account == "default";
    if (std::find(out.accounts.begin(), out.accounts.end(), account) == out.accounts.end())
      out.accounts.emplace_back(account);
  }
  if (!out.token) return out;
  Reader reader{world, w.ns, out};
  reader.read_namespace(w.ns);
  reader.read_cluster();
  if (!also.empty() && also != w.ns) reader.read_namespace(also);
  return out;
}

bool allows(const Grant& grant, Text verb, Text group, Text resource, Text name) {
  if (!grant.rule) return well_known(grant.by, verb, group);
  if (!has(grant.rule["verbs"], verb) || !has(grant.rule["apiGroups"], group)) return false;
  if (!has_resource(grant.rule["resources"], resource)) return false;
  const Node only = grant.rule["resourceNames"];
  if (only.size() == 0 || name.empty()) return only.size() == 0;
  for (Node n : only)
    if (n.text() == name) return true;
  return false;
}

}  // namespace launchgate
