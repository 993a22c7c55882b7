#include "cli/cleanup.h"

#include <gmock/gmock.h>

#include "certs/live.h"
#include "support/api_twin.h"

namespace launchgate::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = ApiTwin::Json;

const kube::Resource kPolicies{"admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", false};
const kube::Resource kLeases{"coordination.k8s.io", "v1", "leases", "Lease"};
const kube::Resource kSecrets{"", "v1", "secrets", "Secret"};
const kube::Resource kCrds{"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false};
const Json kOurs{{"app.kubernetes.io/name", "launchgate"}};

class Cleanup : public ::testing::Test {
 protected:
  Cleanup() {
    options.again = std::chrono::milliseconds{1};
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "launchgate"}}}, {"webhooks", {{{"name", "validate.launchgate.dev"}}}}});
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "gate-of-another-name"}, {"labels", kOurs}}}, {"webhooks", Json::array()}});
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "renamed"}}}, {"webhooks", {{{"name", "validate.launchgate.dev"}}}}});
    api.put(kWebhookConfigurations, "", {{"metadata", {{"name", "somebody-elses"}}}, {"webhooks", {{{"name", "validate.example.com"}}}}});
    api.put(kPolicies, "", {{"metadata", {{"name", "approver"}, {"labels", kOurs}}}});
    api.put(kPolicies, "", {{"metadata", {{"name", "other"}}}});
    api.put(kLeases, "gates", {{"metadata", {{"name", "launchgate"}}}});
    api.put(kSecrets, "gates", {{"metadata", {{"name", "launchgate-tls"}}}});
    api.put(kCrds, "", {{"metadata", {{"name", "readinessreviews.launchgate.dev"}}}, {"spec", {{"group", "launchgate.dev"}}}});
    api.put(kCrds, "", {{"metadata", {{"name", "things.example.com"}}}, {"spec", {{"group", "example.com"}}}});
  }
  int run() {
    said.clear();
    return cleanup(api, options, [this](const std::string& line) { said.push_back(line); });
  }
  bool there(const kube::Resource& r, const std::string& ns, const std::string& name) { return !api.peek(r, ns, name).is_null(); }

  ApiTwin api;
  CleanupOptions options{.ns = "gates"};
  std::vector<std::string> said;
};

TEST_F(Cleanup, TakesWhatIsOursAndTheWebhooksFirst) {
  EXPECT_EQ(run(), 0);
  EXPECT_THAT(said, ElementsAre("deleted ValidatingWebhookConfiguration gate-of-another-name", "deleted ValidatingWebhookConfiguration launchgate",
                                "deleted ValidatingWebhookConfiguration renamed", "deleted ValidatingAdmissionPolicy approver", "deleted Lease gates/launchgate",
                                "deleted Secret gates/launchgate-tls", "no webhook configuration of launchgate is left: nothing is refused any more"));
  EXPECT_TRUE(there(kWebhookConfigurations, "", "somebody-elses"));
  EXPECT_TRUE(there(kPolicies, "", "other"));
  EXPECT_TRUE(there(kCrds, "", "readinessreviews.launchgate.dev")) << "reviews are kept";
}

// The chart with certificates.mode secret: the Secret is the user's.
TEST_F(Cleanup, ASecretThatIsSomebodyElsesStays) {
  options.secret.clear();
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(there(kSecrets, "gates", "launchgate-tls"));
  for (const std::string& call : api.calls()) EXPECT_EQ(call.find("secrets"), std::string::npos) << call;
}

// It was deleted before the uninstall, made anew by a replica that still ran, and stayed for ever.
TEST_F(Cleanup, TheLeaseOfAHelmReleaseIsLeftToHelm) {
  api.put(kLeases, "gates", {{"metadata", {{"name", "launchgate"}, {"labels", {{"app.kubernetes.io/managed-by", "Helm"}}}}}});
  EXPECT_EQ(run(), 0);
  EXPECT_TRUE(there(kLeases, "gates", "launchgate"));
}

TEST_F(Cleanup, TwiceIsAsGoodAsOnce) {
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(run(), 0);
  EXPECT_THAT(said, ElementsAre(HasSubstr("no webhook configuration")));
}

TEST_F(Cleanup, ADryRunDeletesNothing) {
  options.dry_run = true;
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(said.size(), 6u);
  EXPECT_EQ(said.front(), "would delete ValidatingWebhookConfiguration gate-of-another-name");
  EXPECT_EQ(api.writes(), 0u);
}

TEST_F(Cleanup, CrdsGoWhenTheyAreAskedFor) {
  options.crds = true;
  EXPECT_EQ(run(), 0);
  EXPECT_FALSE(there(kCrds, "", "readinessreviews.launchgate.dev"));
  EXPECT_TRUE(there(kCrds, "", "things.example.com"));
}

TEST_F(Cleanup, WhatTheApiServerRefusesIsPassedOver) {
  api.fails = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call.starts_with("remove secrets") || call.find("validatingadmission") != std::string::npos || call.starts_with("remove leases"))
      return kube::Failure{403, "Forbidden", call + ": 403 Forbidden"};
    return std::nullopt;
  };
  EXPECT_EQ(run(), 0) << "the cluster is usable";
  EXPECT_THAT(said, ::testing::Contains(HasSubstr("could not delete Secret gates/launchgate-tls: ")));
}

TEST_F(Cleanup, AWebhookThatCannotBeDeletedIsTheOneFailure) {
  api.fails = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call == "remove validatingwebhookconfigurations launchgate") return kube::Failure{403, "Forbidden", "403 Forbidden"};
    return std::nullopt;
  };
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(said.back(), HasSubstr("kubectl delete validatingwebhookconfiguration launchgate"));
  EXPECT_FALSE(there(kSecrets, "gates", "launchgate-tls")) << "the rest has gone";
}

TEST_F(Cleanup, WithoutPermissionToListTheOneWithTheNameGoes) {
  api.fails = [](const std::string& call) -> std::optional<kube::Failure> {
    if (call.starts_with("list validatingwebhook")) return kube::Failure{403, "Forbidden", "403 Forbidden"};
    return std::nullopt;
  };
  EXPECT_EQ(run(), 0);
  EXPECT_FALSE(there(kWebhookConfigurations, "", "launchgate"));
}

TEST_F(Cleanup, NobodyAnswers) {
  api.fails = [](const std::string&) { return kube::Failure{0, "Unreachable", "GET /apis: connection refused"}; };
  EXPECT_EQ(run(), 2);
  EXPECT_THAT(said, ElementsAre("the API server cannot be asked: GET /apis: connection refused"));
}

TEST_F(Cleanup, ItEndsInTime) {
  options.deadline = std::chrono::milliseconds{0};
  EXPECT_EQ(run(), 1);
  EXPECT_THAT(said.front(), HasSubstr("out of time"));
}

TEST_F(Cleanup, ASecretThatWasMadeAgainGoesToo) {
  int looks = 0;
  api.before = [&](const std::string& call) {   // a replica that was about to write it when the first one went
    if (call == "get secrets gates/launchgate-tls" && ++looks == 2) api.put(kSecrets, "gates", {{"metadata", {{"name", "launchgate-tls"}}}});
  };
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(looks, 2);
  EXPECT_FALSE(there(kSecrets, "gates", "launchgate-tls"));
}

}  // namespace
}  // namespace launchgate::testing
