// cleanup: takes launchgate out of a cluster so that everything in it still works. What the chart's pre-delete hook runs.
//
// The webhook configurations go first: from then on nothing can be refused or held up by what follows. Then the admission
// policies, the Lease and the Secret. CRDs and with them the reviews stay unless they are asked for. Whatever the API
// server refuses is said and passed over; nothing is tried for longer than the deadline.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "edge/kube/api.h"

namespace launchgate {

struct CleanupOptions {
  std::string ns = "launchgate";
  std::string name = "launchgate";        // of the webhook configuration and the Lease
  std::string secret = "launchgate-tls";  // empty: somebody else's, and left alone
  bool crds = false;                      // also the CRDs, and with them every review
  bool dry_run = false;                   // says what it would do
  std::chrono::milliseconds deadline{60'000};
  std::chrono::milliseconds again{1'000};  // the pause before the Secret is looked for once more
};

// Prints a line for each thing. 0: no webhook configuration of ours is left, so the cluster is usable, whatever else was
// refused; 1: one is left; 2: the API server cannot be asked.
int cleanup(kube::Api& api, const CleanupOptions& options, const std::function<void(const std::string& line)>& say);

}  // namespace launchgate
