// doctor: what an installer wants to know: is launchgate able to do its work in this cluster, and which phase fails?
//
// A list of checks in the order in which things depend on each other; each with the fix where it fails. Nothing is
// changed in the cluster: what is created is a dry run.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/time.h"
#include "edge/kube/api.h"
#include "edge/kube/cluster.h"
#include "edge/tls/peer.h"

namespace launchgate {

struct Check {
  enum class Found { ok, fail, unknown };  // unknown: it could not be found out; no failure
  std::string name;                        // "webhook: caBundle"
  Found result = Found::ok;
  std::string detail = {};  // what was seen
  std::string fix = {};     // what to do
};

struct DoctorOptions {
  std::string ns = "launchgate";
  std::string name = "launchgate";        // of webhook configuration, Service, Lease and service account
  std::string secret = "launchgate-tls";  // empty: launchgate makes no certificates, and needs no rights for them
  std::string account = {};               // whose permissions count: a service account in `ns`; empty: one's own
  std::string probe_ns = "default";       // where an LLM workload is created as a dry run; empty: nowhere
  bool inside = false;                    // this runs in a Pod: addresses of Services can be connected to
};

using Checks = std::vector<Check>;
// Connects; replaced in tests.
using Connect = std::function<tls::Peer(const std::string& host, std::uint16_t port, const std::string& server_name)>;

// dns, tcp, tls of the API server. False: it makes no sense to go on.
bool check_connection(const kube::Cluster& cluster, const Connect& connect, TimePoint now, Checks& out);
// An answer, and as whom we are taken. False as above.
bool check_answer(kube::Api& api, Checks& out);
void check_apis(kube::Api& api, Checks& out);  // what is served, our CRDs
void check_webhook(kube::Api& api, const DoctorOptions& options, const Connect& connect, TimePoint now, Checks& out);
void check_permissions(kube::Api& api, const DoctorOptions& options, Checks& out);
void check_lease(kube::Api& api, const DoctorOptions& options, TimePoint now, Checks& out);
void check_probe(kube::Api& api, const DoctorOptions& options, Checks& out);

std::string doctor_text(const Checks& checks);
std::string doctor_json(const Checks& checks);
// 0: nothing failed; 1: something did.
int doctor_code(const Checks& checks);

// Looks until nothing fails, or `wait` is over; `say` is told what it waits for, once each.
Checks until_well(const std::function<Checks()>& look, std::chrono::milliseconds wait, std::chrono::milliseconds pause,
                  const std::function<void(const std::string& line)>& say);

}  // namespace launchgate
