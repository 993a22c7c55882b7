// How the pods of a workload can be reached, as the objects of its namespace say: the Services that select them, and
// what of those is open to the public.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

struct Exposure {
  std::vector<std::string> services;  // names of the Services that select its pods
  std::vector<std::string> open;      // "Ingress shop/faq for faq.example.com", "Service shop/faq of type LoadBalancer"
};

// Open is what a client outside can reach by a public name or address: not a load balancer, class or gateway that says
// "internal", and not a host under .internal, .local or .svc. Routes of other namespaces are not looked at.
// Without `ways` only the Services are looked for.
Exposure exposure_of(const Snapshot& world, const Workload& workload, bool ways = true);

}  // namespace launchgate
