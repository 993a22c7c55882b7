// The Secret that holds the webhook's own certificates, as text and as Material.
#pragma once

#include <string>

#include "base/doc.h"
#include "edge/kube/resource.h"
#include "edge/tls/plan.h"

namespace launchgate {

inline const kube::Resource kSecrets{"", "v1", "secrets", "Secret"};

// data of a Secret; what is not there or is no base64 is empty.
tls::Material material_of(Node secret);

// A new Secret, labelled as ours. JSON.
std::string new_secret(const std::string& ns, const std::string& name, const tls::Material& material);

// The Secret as it was read, with its resourceVersion and everything that others put there, but with this material.
std::string changed_secret(Node secret, const tls::Material& material);

}  // namespace launchgate
