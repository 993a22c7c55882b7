// The webhook configurations as they are in the API server: which caBundle it verifies us with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/time.h"
#include "edge/kube/resource.h"

namespace launchgate {

inline const kube::Resource kWebhookConfigurations{
    "admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false};

struct LiveWebhook {
  std::string name;
  std::string server;  // the name that the API server verifies: service.namespace.svc, or the host of a URL
  std::string bundle;  // caBundle, PEM; empty: there is none
};

struct LiveConfiguration {
  std::string name;
  bool missing = false;
  std::string resource_version;
  std::vector<LiveWebhook> webhooks;
};

LiveConfiguration live_configuration(Node object);

// Why the API server would refuse the certificate `chain` for one of its webhooks, in words; nothing: it would not.
std::optional<std::string> refused_by(const LiveConfiguration& configuration, const std::string& chain, TimePoint now);

// Does every caBundle in it hold every certificate of `bundle`? Of a configuration that is missing: yes.
bool holds(const LiveConfiguration& configuration, const std::string& bundle);

// For server-side apply: nothing but the caBundle of each webhook, by its name, at the resourceVersion that was read.
std::string with_bundles(const LiveConfiguration& configuration);

}  // namespace launchgate
