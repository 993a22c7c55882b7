// The kinds table as people and machines read it. Whatever else must agree with it is made from it: docs/kinds.md, and of
// the chart the webhook's rules, its matchConditions and the RBAC.
#pragma once

#include <string>
#include <vector>

#include "model/kinds.h"

namespace launchgate {

using KindList = std::vector<const Kind*>;  // KindSet::all()

std::string kinds_text(const KindList& kinds);
std::string kinds_json(const KindList& kinds);
std::string kinds_markdown(const KindList& kinds);

// `rules:` of a ValidatingWebhookConfiguration: what is gated or recorded, and nothing else; no subresource.
std::string kinds_webhook_rules(const KindList& kinds);

// `matchConditions:` that spare a call, in CEL that no absent field breaks: an update that leaves the spec as it was, and
// what Kubernetes' own controllers make of what was judged.
std::string kinds_match_conditions(const KindList& kinds);

// `rules:` of a ClusterRole: what the operator lists and watches of workloads and of what reviews refer to. No Secrets,
// and no Pods: those are judged as they come.
std::string kinds_rbac(const KindList& kinds);

}  // namespace launchgate
