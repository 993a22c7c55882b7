#include "cli/doctor.h"

#include <gmock/gmock.h>

#include <set>

#include "certs/live.h"
#include "edge/tls/authority.h"
#include "base/base64.h"
#include "support/api_twin.h"

namespace launchgate::testing {
namespace {

using ::testing::HasSubstr;
using Json = ApiTwin::Json;
constexpr Seconds kDay{86400};
const TimePoint kNow = *parse_time("2026-11-24T12:00:00Z");
const std::string kServer = "launchgate.gates.svc";
const std::string kWay = "/api/v1/namespaces/gates/services/https:launchgate:443/proxy/healthz";

const kube::Resource kLeases{"coordination.k8s.io", "v1", "leases", "Lease"};
const kube::Resource kSecrets{"", "v1", "secrets", "Secret"};
const kube::Resource kServices{"", "v1", "services", "Service"};
const kube::Resource kSlices{"discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"};
const kube::Resource kCrds{"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false};

// A cluster in which all is well; a test breaks one thing.
class Doctor : public ::testing::Test {
 protected:
  Doctor() {
    Json groups = Json::array();
    for (const char* gv : {"admissionregistration.k8s.io/v1", "apiextensions.k8s.io/v1", "coordination.k8s.io/v1", "apps/v1", "batch/v1"})
      groups.push_back({{"versions", {{{"groupVersion", gv}}}}});
    api.serve("/apis", {{"groups", groups}});
    api.serve("/version", {{"gitVersion", "v1.34.1"}});
    for (const char* plural : {"readinessreviews", "readinessprofiles", "readinesspolicies", "readinessapprovals", "readinesswaivers"}) crd(plural, "True");
    configuration({{"namespaceSelector", {{"matchExpressions", {{{"key", "kubernetes.io/metadata.name"}, {"operator", "NotIn"}, {"values", {"kube-system", "gates"}}}}}}}}, ca.certificate);
    api.put(kServices, "gates", {{"metadata", {{"name", "launchgate"}}}});
    api.serve(kWay, "ok");
    endpoints(true);
    secret(leaf);
    lease("launchgate-abc_1", "2026-11-24T11:59:55.123456Z");
    api.answer_create = [this](const kube::Resource& r, const Json& object) { return create(r, object); };
    connect = [this](const std::string& host, std::uint16_t port, const std::string&) {
      return host == kServer ? tls::Peer{tls::Phase::dns, "Name or service not known", "", ""} : tls::Peer{tls::Phase::done, "", host + ":" + std::to_string(port), api_leaf.certificate};
    };
  }
  void crd(const std::string& plural, const std::string& established) {
    api.put(kCrds, "", {{"metadata", {{"name", plural + ".launchgate.dev"}}}, {"spec", {{"versions", {{{"name", "v1alpha1"}, {"served", true}}}}}}, {"status", {{"conditions", {{{"type", "Established"}, {"status", established}}}}}}});
  }
  void configuration(const Json& more, const std::string& bundle) {
    Json webhook{{"name", "validate.launchgate.dev"}, {"failurePolicy", "Ignore"}, {"timeoutSeconds", 3},
                 {"clientConfig", {{"service", {{"name", "launchgate"}, {"namespace", "gates"}, {"port", 443}}}, {"caBundle", base64(bundle)}}}};
    webhook.merge_patch(more);
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "launchgate"}}}, {"webhooks", {webhook}}});
  }
  void endpoints(bool ready) {
    api.put(kSlices, "gates", {{"metadata", {{"name", "launchgate-x"}, {"labels", {{"kubernetes.io/service-name", "launchgate"}}}}}, {"endpoints", {{{"conditions", {{"ready", ready}}}}}}});
  }
  void secret(const tls::Pair& pair) { api.put(kSecrets, "gates", {{"metadata", {{"name", "launchgate-tls"}}}, {"data", {{"tls.crt", base64(pair.certificate)}}}}); }
  void lease(const std::string& holder, const std::string& renewed) {
    api.put(kLeases, "gates", {{"metadata", {{"name", "launchgate"}}}, {"spec", {{"holderIdentity", holder}, {"renewTime", renewed}, {"leaseDurationSeconds", 15}}}});
  }
  kube::Outcome<Doc> create(const kube::Resource& r, const Json& object) {
    if (r.kind == "SelfSubjectReview") return doc(R"({"status":{"userInfo":{"username":"jane"}}})");
    if (r.kind == "Deployment") return kube::Failure{403, "Forbidden", probe};
    const Json a = object["spec"]["resourceAttributes"];
    asked.insert(a.value("verb", "") + " " + a.value("resource", "") + " " + a.value("namespace", "") + " " + a.value("name", ""));
    users.insert(object["spec"].value("user", ""));
    return doc(Json{{"status", {{"allowed", !denied.count(a.value("verb", "") + " " + a.value("resource", ""))}}}}.dump());
  }
  // Everything that is not ok, a line each.
  std::string run() {
    checks.clear();
    const bool goes_on = check_connection(cluster, connect, kNow, checks) && check_answer(api, checks);
    if (goes_on) {
      check_apis(api, checks);
      check_webhook(api, options, connect, kNow, checks);
      check_permissions(api, options, checks);
      check_lease(api, options, kNow, checks);
      check_probe(api, options, checks);
    }
    std::string out;
    for (const Check& c : checks) {
      if (c.result == Check::Found::ok) continue;
      out += (c.result == Check::Found::fail ? "FAIL " : "? ") + c.name + ": " + c.detail + "\n";
      EXPECT_TRUE(c.result != Check::Found::fail || !c.fix.empty()) << c.name << " fails without a fix";
    }
    return out;
  }

  const tls::Pair ca = *tls::make_authority("launchgate", kNow, 700 * kDay), leaf = *tls::issue(ca, {kServer}, kNow, 90 * kDay);
  const tls::Pair api_ca = *tls::make_authority("kubernetes", kNow, 700 * kDay), api_leaf = *tls::issue(api_ca, {"10.0.0.1"}, kNow, 90 * kDay);
  ApiTwin api;
  Connect connect;
  kube::Cluster cluster = [this] {
    kube::Cluster c;
    c.host = "10.0.0.1";
    c.port = 6443;
    c.ca = api_ca.certificate;
    return c;
  }();
  DoctorOptions options{.ns = "gates"};
  std::string probe = R"(admission webhook "validate.launchgate.dev" denied the request: launchgate: …)";
  std::set<std::string> denied, asked, users;
  Checks checks;
};

TEST_F(Doctor, AllIsWell) {
  EXPECT_EQ(run(), "");
  EXPECT_EQ(doctor_code(checks), 0);
  EXPECT_THAT(doctor_text(checks), HasSubstr("ok    API server: TLS: trusted for 10.0.0.1\n"));
  EXPECT_TRUE(doctor_text(checks).ends_with("all is well\n"));
  const Json report = Json::parse(doctor_json(checks));
  EXPECT_EQ(report["kind"], "DoctorReport");
  EXPECT_EQ(report["ok"], true);
  EXPECT_EQ(report["checks"].size(), checks.size());
  EXPECT_TRUE(asked.count("update leases gates "));
  EXPECT_TRUE(asked.count("patch validatingwebhookconfigurations  launchgate"));
  EXPECT_TRUE(asked.count("update secrets gates launchgate-tls"));
  EXPECT_EQ(users, std::set<std::string>{""});
}

TEST_F(Doctor, NothingIsCreatedButQuestionsAndADryRun) {
  run();
  for (const std::string& call : api.calls())
    EXPECT_TRUE(call.starts_with("get ") || call.starts_with("list ") || call.starts_with("dry-run ") || call.find("reviews") != std::string::npos) << call;
}

TEST_F(Doctor, NamesThePhaseOfTheApiServerThatFails) {
  struct Row { tls::Phase failed; const char* wanted; };
  for (const Row& row : {Row{tls::Phase::dns, "FAIL API server: DNS: 10.0.0.1: boom\n"}, Row{tls::Phase::tcp, "FAIL API server: TCP: 10.0.0.1:6443: boom\n"}, Row{tls::Phase::tls, "FAIL API server: TLS: boom\n"}}) {
    connect = [&](const std::string&, std::uint16_t, const std::string&) { return tls::Peer{row.failed, "boom", "10.0.0.1:6443", ""}; };
    EXPECT_EQ(run(), row.wanted);
  }
  connect = [&](const std::string&, std::uint16_t, const std::string&) { return tls::Peer{tls::Phase::done, "", "10.0.0.1:6443", leaf.certificate}; };
  EXPECT_THAT(run(), HasSubstr("FAIL API server: TLS: its certificate is not trusted: its issuer (CN=launchgate CA "));
}

TEST_F(Doctor, NamesCredentialsThatAreRefused) {
  api.fails = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call == "get /version") return kube::Failure{401, "Unauthorized", "GET /version: 401 Unauthorized"};
    return std::nullopt;
  };
  EXPECT_EQ(run(), "FAIL API server: credentials: GET /version: 401 Unauthorized\n");
}

TEST_F(Doctor, NamesWhatIsMissing) {
  api.drop(kCrds, "", "readinesswaivers.launchgate.dev");
  crd("readinessprofiles", "False");
  EXPECT_EQ(run(), "FAIL CRDs: missing: readinessprofiles.launchgate.dev (not established) readinesswaivers.launchgate.dev\n");
}

TEST_F(Doctor, NamesWhatIsWrongWithTheWebhook) {
  const Json selector{{"namespaceSelector", {{"matchExpressions", {{{"key", "kubernetes.io/metadata.name"}, {"operator", "NotIn"}, {"values", {"kube-system", "gates"}}}}}}}};
  api.drop(kWebhookConfigurations, "", "launchgate");
  EXPECT_EQ(run(), "FAIL webhook: configuration: there is no ValidatingWebhookConfiguration launchgate: nothing is gated\n");
  configuration(selector, "");
  EXPECT_THAT(run(), HasSubstr("FAIL webhook: certificate: ValidatingWebhookConfiguration launchgate, webhook validate.launchgate.dev: its caBundle is empty"));
  configuration(selector, api_ca.certificate);
  EXPECT_THAT(run(), HasSubstr("its caBundle does not verify the certificate that is served: its issuer"));
  Json slow = selector;
  slow["timeoutSeconds"] = 30;
  configuration(slow, ca.certificate);
  EXPECT_EQ(run(), "FAIL webhook: settings: validate.launchgate.dev: failurePolicy Ignore, 30 s\n");
  configuration(Json::object(), ca.certificate);
  EXPECT_EQ(run(), "FAIL webhook: exclusions: validate.launchgate.dev calls for kube-system, validate.launchgate.dev calls for gates\n");
  configuration({{"matchConditions", {{{"name", "a"}, {"expression", "!(request.namespace in ['kube-system', 'gates'])"}}}}}, ca.certificate);
  EXPECT_EQ(run(), "");
}

TEST_F(Doctor, NamesWhatIsWrongBehindTheWebhook) {
  endpoints(false);
  EXPECT_EQ(run(), "FAIL webhook: Service: gates/launchgate has no ready address\n");
  endpoints(true);
  secret(*tls::issue(ca, {kServer}, kNow - 80 * kDay, 90 * kDay));
  EXPECT_EQ(run(), "FAIL webhook: certificate: the caBundle verifies it, until 2026-12-04T12:00:00Z (Secret gates/launchgate-tls)\n");
  api.drop(kSecrets, "gates", "launchgate-tls");
  EXPECT_THAT(run(), HasSubstr("? webhook: certificate: launchgate.gates.svc cannot be reached from here"));
  EXPECT_EQ(doctor_code(checks), 0) << "what cannot be known from here is no failure";
  connect = [&, outer = connect](const std::string& host, std::uint16_t port, const std::string& name) {
    return host == kServer ? tls::Peer{tls::Phase::done, "", "10.0.9.9:443", api_leaf.certificate} : outer(host, port, name);
  };
  EXPECT_THAT(run(), HasSubstr("(as 10.0.9.9:443 serves it)"));
}

TEST_F(Doctor, NamesAWayFromTheControlPlaneThatIsClosed) {
  for (const unsigned status : {503u, 504u, 500u}) {
    api.fails = [status](const std::string& call) -> std::optional<kube::Failure> {
      if (call == "get " + kWay) return kube::Failure{status, "ServiceUnavailable", "dial tcp 10.1.0.7:8443: connect: connection refused"};
      return std::nullopt;
    };
    EXPECT_EQ(run(), "FAIL webhook: way: the API server does not reach a replica: dial tcp 10.1.0.7:8443: connect: connection refused\n");
  }
  api.fails = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call == "get " + kWay) return kube::Failure{403, "Forbidden", "may not get services/proxy"};
    return std::nullopt;
  };
  EXPECT_EQ(run(), "? webhook: way: may not get services/proxy\n");
}

// In a Pod of a cluster without DNS it read the private key from the Secret to know the certificate.
TEST_F(Doctor, InAPodWithoutDnsTheServicesAddressIsConnectedTo) {
  api.put(kServices, "gates", {{"metadata", {{"name", "launchgate"}}}, {"spec", {{"clusterIP", "10.96.7.7"}}}});
  api.drop(kSecrets, "gates", "launchgate-tls");
  connect = [&, outer = connect](const std::string& host, std::uint16_t port, const std::string& name) {
    return host == "10.96.7.7" ? tls::Peer{tls::Phase::done, "", "10.96.7.7:443", name == kServer ? leaf.certificate : ""} : outer(host, port, name);
  };
  EXPECT_THAT(run(), HasSubstr("? webhook: certificate: launchgate.gates.svc cannot be reached from here"));
  options.inside = true;
  EXPECT_EQ(run(), "");
  EXPECT_THAT(doctor_text(checks), HasSubstr("(as 10.96.7.7:443 serves it)"));
}

// certificates.mode secret and cert-manager: the chart gives no right to Secrets, and none is needed.
TEST_F(Doctor, RightsForCertificatesOfSomebodyElseAreNotAskedFor) {
  denied = {"patch validatingwebhookconfigurations", "get secrets", "update secrets"};
  EXPECT_THAT(run(), HasSubstr("may not get secrets"));
  options.secret.clear();
  api.drop(kSecrets, "gates", "launchgate-tls");
  EXPECT_EQ(run(), "? webhook: certificate: launchgate.gates.svc cannot be reached from here\n");
}

TEST(DoctorWaits, UntilNothingFailsOrTheTimeIsOver) {
  using std::chrono::milliseconds;
  std::vector<std::string> said;
  const auto say = [&](const std::string& line) { said.push_back(line); };
  int looks = 0;
  const auto third_time = [&] {
    if (++looks < 3) return Checks{{"way", Check::Found::fail, "refused", "wait"}};
    return Checks{{"way"}};
  };
  EXPECT_EQ(doctor_code(until_well(third_time, std::chrono::seconds{30}, milliseconds{1}, say)), 0);
  EXPECT_EQ(looks, 3);
  EXPECT_EQ(said, std::vector<std::string>{"waiting: way: refused"}) << "once, not each time";
  looks = -1000000;
  EXPECT_EQ(doctor_code(until_well(third_time, milliseconds{20}, milliseconds{1}, say)), 1);
  looks = 0;
  EXPECT_EQ(doctor_code(until_well(third_time, milliseconds{0}, milliseconds{1}, say)), 1);
  EXPECT_EQ(looks, 1) << "without a time it looks once";
}

TEST_F(Doctor, NamesPermissionsThatAreLacking) {
  denied = {"patch validatingwebhookconfigurations", "create events"};
  EXPECT_EQ(run(), "FAIL permissions: these credentials may not create events (to write Events), patch validatingwebhookconfigurations.admissionregistration.k8s.io (to publish its CA)\n");
  options.account = "launchgate";
  EXPECT_THAT(run(), HasSubstr("service account gates/launchgate may not"));
  EXPECT_TRUE(users.count("system:serviceaccount:gates:launchgate"));
}

TEST_F(Doctor, NamesALeaseThatNobodyHolds) {
  lease("", "2026-11-24T11:59:55Z");
  EXPECT_EQ(run(), "FAIL Lease: nobody holds it\n");
  lease("gone", "2026-11-24T11:00:00.000000Z");
  EXPECT_EQ(run(), "FAIL Lease: gone has not renewed it since 2026-11-24T11:00:00.000000Z\n");
  api.drop(kLeases, "gates", "launchgate");
  EXPECT_EQ(run(), "FAIL Lease: there is no Lease gates/launchgate\n");
}

TEST_F(Doctor, TheProbeSaysWhereACallIsLost) {
  probe = R"(Internal error occurred: failed calling webhook "validate.launchgate.dev": tls: failed to verify certificate: x509: certificate signed by unknown authority)";
  EXPECT_THAT(run(), HasSubstr("FAIL probe: Internal error"));
  EXPECT_THAT(checks.back().fix, HasSubstr("caBundle"));
  probe = R"(Internal error occurred: failed calling webhook "validate.launchgate.dev": context deadline exceeded)";
  run();
  EXPECT_THAT(checks.back().fix, HasSubstr("cannot reach the webhook"));
  probe = R"(namespaces "default" not found)";
  EXPECT_EQ(run(), "? probe: namespaces \"default\" not found\n");
  options.probe_ns.clear();
  EXPECT_EQ(run(), "");
}

}  // namespace
}  // namespace launchgate::testing
