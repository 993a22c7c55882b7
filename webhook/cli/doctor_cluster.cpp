// launchgate doctor: what the API server serves, what we may do there, and whether somebody leads.
#include <array>
#include <cstdlib>
#include <set>

#include "base/json_write.h"
#include "cli/doctor.h"

namespace launchgate {
namespace {

using Found = Check::Found;

const kube::Resource kCrds{"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition",
                           false};
const kube::Resource kLeases{"coordination.k8s.io", "v1", "leases", "Lease"};
const kube::Resource kSelfReviews{"authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview",
                                  false};
const kube::Resource kReviews{"authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", false};

constexpr std::array<const char*, 5> kOurs{"readinessreviews", "readinessprofiles", "readinesspolicies",
                                           "readinessapprovals", "readinesswaivers"};

// What the operator and its certificates take. Scope: 'c' in the whole cluster, 'n' in its own namespace, 'w' the webhook
// configuration by its name, 's' the Secret by its name.
struct Permission {
  const char *verb, *group, *resource, *subresource;
  char scope;
  const char* for_what;
};
constexpr const char* kGroup = "launchgate.dev";
// clang-format off
constexpr std::array<Permission, 24> kPermissions{{
    {"list",   kGroup, "readinessreviews",   "", 'c', "to judge"},
    {"watch",  kGroup, "readinessreviews",   "", 'c', "to judge"},
    {"list",   kGroup, "readinessprofiles",  "", 'c', "to judge"},
    {"list",   kGroup, "readinesspolicies",  "", 'c', "to judge"},
    {"list",   kGroup, "readinesswaivers",   "", 'c', "to judge"},
    {"list",   kGroup, "readinessapprovals", "", 'c', "to judge"},
    {"patch",  kGroup, "readinessreviews",   "status", 'c', "to write status"},
    {"patch",  kGroup, "readinesspolicies",  "status", 'c', "to write status"},
    {"list",   "",     "namespaces",   "", 'c', "to judge"},
    {"watch",  "",     "namespaces",   "", 'c', "to judge"},
    {"list",   "",     "configmaps",   "", 'c', "to read evidence"},
    {"list",   "",     "pods",         "", 'c', "to audit"},
    {"list",   "apps", "deployments",  "", 'c', "to audit"},
    {"watch",  "apps", "deployments",  "", 'c', "to audit"},
    {"list",   "apps", "statefulsets", "", 'c', "to audit"},
    {"list",   "apps", "daemonsets",   "", 'c', "to audit"},
    {"list",   "batch","jobs",         "", 'c', "to audit"},
    {"list",   "batch","cronjobs",     "", 'c', "to audit"},
    {"create", "",     "events",       "", 'c', "to write Events"},
    {"update", "coordination.k8s.io", "leases", "", 'n', "to elect one writer"},
    {"get",    "",     "secrets",      "", 's', "for its certificates"},
    {"update", "",     "secrets",      "", 's', "for its certificates"},
    {"get",    "admissionregistration.k8s.io", "validatingwebhookconfigurations", "", 'w', "to know its caBundle"},
    {"patch",  "admissionregistration.k8s.io", "validatingwebhookconfigurations", "", 'w', "to publish its CA"},
}};
// clang-format on

std::string question(const Permission& p, const DoctorOptions& o, bool as_account) {
  std::string out = as_account
                        ? R"({"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{"user":)"
                        : R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{)";
  if (as_account) {
    append_json_string(out, "system:serviceaccount:" + o.ns + ":" + o.account);
    out += R"(,"groups":["system:serviceaccounts","system:authenticated",)";
    append_json_string(out, "system:serviceaccounts:" + o.ns);
    out += "],";
  }
  out += R"("resourceAttributes":{)";
  const std::array<std::pair<const char*, std::string>, 6> fields{
      {{"verb", p.verb},
       {"group", p.group},
       {"resource", p.resource},
       {"subresource", p.subresource},
       {"namespace", p.scope == 'n' || p.scope == 's' ? o.ns : ""},
       {"name", p.scope == 'w'   ? o.name
                : p.scope == 's' ? o.secret
                                 : ""}}};
  for (const auto& [key, value] : fields) {
    if (value.empty()) continue;
    if (out.back() != '{') out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, value);
  }
  return out + "}}}";
}

// What only those need who make their certificates themselves.
bool for_certificates(const Permission& p) {
  return p.scope == 's' || (p.scope == 'w' && std::string_view{p.verb} == "patch");
}

std::string name_of(const Permission& p) {
  return std::string{p.verb} + " " + p.resource + (*p.subresource ? "/" + std::string{p.subresource} : "") +
         (*p.group ? "." + std::string{p.group} : "");
}

void check_crd(kube::Api& api, const std::string& name, std::string& missing, std::string& unknown) {
  const auto crd = api.get(kCrds, {}, name);
  if (!crd) {
    (crd.failure().not_found() ? missing : unknown) += " " + name;
    return;
  }
  bool established = false, served = false;
  for (Node c : crd->root()["status"]["conditions"])
    established |= c["type"].text() == "Established" && c["status"].text() == "True";
  for (Node v : crd->root()["spec"]["versions"]) served |= v["name"].text() == "v1alpha1" && v["served"].is_true();
  if (!established || !served)
    missing += " " + name + (established ? " (v1alpha1 is not served)" : " (not established)");
}

}  // namespace

void check_apis(kube::Api& api, Checks& out) {
  const auto groups = api.get_path("/apis");
  std::set<std::string> served;
  if (groups)
    for (Node group : groups->root()["groups"])
      for (Node version : group["versions"]) served.emplace(version["groupVersion"].text());
  std::string lacking;
  for (const char* wanted :
       {"admissionregistration.k8s.io/v1", "apiextensions.k8s.io/v1", "coordination.k8s.io/v1", "apps/v1", "batch/v1"})
    if (!served.count(wanted)) lacking += std::string{lacking.empty() ? "" : ", "} + wanted;
  if (!groups) out.push_back({"APIs", Found::unknown, groups.failure().message});
  else if (!lacking.empty())
    out.push_back({"APIs", Found::fail, "not served: " + lacking, "launchgate needs Kubernetes 1.30 or newer"});
  else out.push_back({"APIs", Found::ok, std::to_string(served.size()) + " groups and versions are served"});
  std::string missing, unknown;
  for (const char* plural : kOurs) check_crd(api, std::string{plural} + ".launchgate.dev", missing, unknown);
  if (!missing.empty())
    out.push_back(
        {"CRDs", Found::fail, "missing:" + missing, "kubectl apply --server-side -f charts/launchgate/crds/"});
  else if (!unknown.empty()) out.push_back({"CRDs", Found::unknown, "not readable:" + unknown});
  else out.push_back({"CRDs", Found::ok, "all five are established"});
}

void check_permissions(kube::Api& api, const DoctorOptions& o, Checks& out) {
  const bool as_account = !o.account.empty();
  const std::string who = as_account ? "service account " + o.ns + "/" + o.account : "these credentials";
  std::string lacking;
  std::size_t asked = 0;
  for (const Permission& p : kPermissions) {
    if (o.secret.empty() && for_certificates(p)) continue;
    ++asked;
    const auto answer = api.create(as_account ? kReviews : kSelfReviews, {}, question(p, o, as_account));
    if (!answer) {
      out.push_back({"permissions", Found::unknown, answer.failure().message});
      return;
    }
    if (!answer->root()["status"]["allowed"].is_true())
      lacking += (lacking.empty() ? "" : ", ") + name_of(p) + " (" + p.for_what + ")";
  }
  if (lacking.empty())
    out.push_back({"permissions", Found::ok, who + ": " + std::to_string(asked) + " needed, all given"});
  else
    out.push_back({"permissions", Found::fail, who + " may not " + lacking,
                   "install the chart's ClusterRole and Role, with their bindings"});
}

void check_lease(kube::Api& api, const DoctorOptions& o, TimePoint now, Checks& out) {
  const auto lease = api.get(kLeases, o.ns, o.name);
  const std::string fix = "see the log of the replicas: the operator that writes status does not run";
  if (!lease) {
    const bool missing = lease.failure().not_found();
    out.push_back({"Lease", missing ? Found::fail : Found::unknown,
                   missing ? "there is no Lease " + o.ns + "/" + o.name : lease.failure().message, missing ? fix : ""});
    return;
  }
  const Node spec = lease->root()["spec"];
  const std::string holder{spec["holderIdentity"].text()};
  const auto renewed = parse_time(spec["renewTime"].text());
  const auto life = Seconds{std::strtol(std::string{spec["leaseDurationSeconds"].text()}.c_str(), nullptr, 10)};
  if (holder.empty()) out.push_back({"Lease", Found::fail, "nobody holds it", fix});
  else if (!renewed || now - *renewed > 2 * life + Seconds{10})
    out.push_back(
        {"Lease", Found::fail, holder + " has not renewed it since " + std::string{spec["renewTime"].text()}, fix});
  else out.push_back({"Lease", Found::ok, "held by " + holder});
}

}  // namespace launchgate
