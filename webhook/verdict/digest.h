// The two digests (DESIGN §3.1): what is a rollout, and what a review says.
#pragma once

#include <string>
#include <string_view>

#include "base/doc.h"
#include "model/kinds.h"

namespace launchgate {

std::string sha256_hex(std::string_view bytes);

// "r1:sha256:<hex>" over canonical JSON of group, kind and the values at the kind's rollout paths, without what a
// restart or a controller writes. Version, namespace and name are left out, so that the same template is the same
// rollout wherever it stands.
std::string rollout_digest(const Kind& kind, Node object);
void rollout_digest(const Kind& kind, Node object, std::string& into);

// True when both objects have the same rollout digest. Cheap when nothing at all changed.
bool same_rollout(const Kind& kind, Node before, Node after);

// "v1:sha256:<hex>" of a resolved spec without declaredTier, suspend, expiresAt and the operational fields
// (contacts, dashboard links): a pager change does not void an approval.
std::string review_digest(Node spec);

// What it leaves out: whole sections of the spec, and of a section's objects what is operational.
bool outside_review_digest(std::string_view section);
bool is_operational(std::string_view key);

// What that digest is of: canonical JSON, from which somebody can see what was approved.
std::string reviewed_text(Node spec);

}  // namespace launchgate
