// What the cluster lets the pods of a workload do, as far as the snapshot holds its roles: RBAC of its service accounts.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

// One rule that some binding grants.
struct Grant {
  std::string by;                        // "Role support/orders-writer", "ClusterRole cluster-admin"
  Node rule;                             // of the role; nowhere where the snapshot does not hold the role
  std::string ns;                        // where it holds; empty: everywhere
  const WorldObject* binding = nullptr;  // that grants it
  bool to_all = false;                   // … to every account of the cluster
};

struct Rights {
  std::vector<std::string> accounts;  // of its pods, each once; "default" where a pod names none
  bool token = false;                 // some pod has its account's token
  bool default_token = false;         // … that of the account default, which every pod without a name shares
  std::vector<Grant> grants;          // only where there is a token to use them with

  bool known() const;  // there are grants, and the snapshot holds the role of each
};

// Bindings to the account itself and to the groups of service accounts, everywhere and in the namespace of the workload;
// with `also` in that one as well. A pod says whether it takes the token (a projected one counts, where a container
// mounts it and the API server is its audience); where it says nothing, its ServiceAccount does.
Rights rights_of(const Snapshot& world, const Workload& workload, std::string_view also = {});

// The grant lets its holder do `verb` on `resource` ("configmaps", "deployments/scale") of `group`, to the object `name`
// where one is named. Of a role that the snapshot does not hold, what Kubernetes' own of that name allow: cluster-admin,
// admin and edit.
bool allows(const Grant& grant, std::string_view verb, std::string_view group, std::string_view resource,
            std::string_view name = {});

// The account whose token the pod takes; empty where it takes none.
std::string_view token_account(const Snapshot& world, const PodView& pod, std::string_view ns);

// The verb changes the resource. Leases and events are a program's own business, and a review of access only asks the API
// server something.
bool writes(std::string_view verb, std::string_view resource);

// What the pods may change, in words that name the binding. What every account of the cluster may do says nothing of this
// workload, and its team cannot take it away: left out.
struct WriteRights {
  std::string some;  // "RoleBinding team/w lets service account bot update orders (Role team/w)"; empty: nothing
  std::string
      unknown;  // "RoleBinding team/w gives service account bot Role team/w, which is not at hand"; empty: no such
  bool any() const { return !some.empty() || !unknown.empty(); }
};
WriteRights write_rights_of(const Snapshot& world, const Workload& workload);

}  // namespace launchgate
