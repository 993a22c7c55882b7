#pragma once

#include "edge/kube/client.h"
#include "support/scripted_server.h"

namespace launchgate::kube {

using namespace std::chrono_literals;

inline Cluster cluster_at(std::uint16_t port) {
  Cluster cluster;
  cluster.host = "127.0.0.1";
  cluster.port = port;
  cluster.tls = false;
  cluster.source = "the test";
  return cluster;
}

inline const Resource kReviews{"launchgate.dev", "v1alpha1", "readinessreviews", "ReadinessReview"};
inline const Resource kConfigMaps{"", "v1", "configmaps", "ConfigMap"};

// Until it holds, or five seconds have passed.
template <class Holds>
bool soon(Holds&& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

}  // namespace launchgate::kube
