// What the cluster lets the pods of a workload do, as far as the snapshot holds its roles: RBAC of its service accounts.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

// One rule that some binding grants.
struct Grant {
  std::string by;  // "Role support/orders-writer", "ClusterRole cluster-admin"
  Node rule;       // of the role; nowhere for a well-known role that the snapshot does not hold
};

struct Rights {
  std::vector<std::string> accounts;  // of its pods, each once; "default" where a pod names none
  bool token = false;                 // some pod has its account's token
  bool default_token = false;         // … that of the account default, which every pod without a name shares
  std::vector<Grant> grants;          // only where there is a token to use them with
};

// Bindings to the account itself and to the groups of service accounts. A pod says whether it takes the token; where it
// says nothing, its ServiceAccount does.
Rights rights_of(const Snapshot& world, const Workload& workload);

// The grant lets its holder do `verb` on `resource` ("configmaps") of `group`, to the object `name` where one is named.
bool allows(const Grant& grant, std::string_view verb, std::string_view group, std::string_view resource,
            std::string_view name = {});

}  // namespace launchgate
