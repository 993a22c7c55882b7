// What the cluster shows counts for the tier as if the review had said so: no answer that it contradicts is the cheaper
// one. The base review suggests, to staff, over internal data: low.
#include <gtest/gtest.h>

#include "gates/table.h"
#include "support/world.h"
#include "verdict/build.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::Json;
using testing::sentence;
using testing::Story;
using testing::time_at;

const TimePoint kNow = time_at("2026-11-24T12:00:00Z");

constexpr const char* kIngress = R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: team}
spec: {rules: [{host: ask.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: assistant, port: {number: 80}}}}]}}]}
)";
constexpr const char* kBalancer = "{apiVersion: v1, kind: Service, metadata: {name: front, namespace: team}, spec: {type: LoadBalancer, selector: {app: assistant}}}";
constexpr const char* kRoute = R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: team}
spec: {parentRefs: [{name: edge}], hostnames: [ask.example.com], rules: [{backendRefs: [{name: assistant, port: 80}]}]}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: edge, namespace: team}, spec: {gatewayClassName: public}}
)";
constexpr const char* kInsideOnly = R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: team}
spec: {ingressClassName: nginx-internal, rules: [{host: ask.example.com, http: {paths: [{path: /, backend: {service: {name: assistant}}}]}}]}
)";
constexpr const char* kMayWrite = R"(
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: orders, namespace: team}, rules: [{apiGroups: [shop], resources: [orders], verbs: [get, update]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: orders, namespace: team}, roleRef: {kind: Role, name: orders}, subjects: [{kind: ServiceAccount, name: assistant}]}
)";
constexpr const char* kMayRead = R"(
{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: all, namespace: team}, rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}]}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: all, namespace: team}, roleRef: {kind: Role, name: all}, subjects: [{kind: ServiceAccount, name: assistant}]}
)";
constexpr const char* kIsAdmin =
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: root}, roleRef: {kind: ClusterRole, name: cluster-admin}, "
    "subjects: [{kind: ServiceAccount, name: assistant, namespace: team}]}";
constexpr const char* kIsSomething =
    "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: some}, roleRef: {kind: ClusterRole, name: unheard-of}, "
    "subjects: [{kind: ServiceAccount, name: assistant, namespace: team}]}";
constexpr const char* kToken = "spec: {template: {spec: {automountServiceAccountToken: true}}}";

const std::string kOpened =
    "; observed: Ingress team/web for ask.example.com lets the public in: audience counts as public until it is closed or explained in "
    "spec.useCase.observedExceptions[]";
const std::string kWrites =
    "observed: RoleBinding team/orders lets service account assistant update orders (Role team/orders): automation counts as act-with-approval "
    "until that right is taken away or explained in spec.useCase.observedExceptions[]";

struct Row {
  const char* what;
  const char* use_case;   // patch of spec.useCase
  std::initializer_list<const char*> objects;
  std::string tier;       // "tier | code: reason; …", or its beginning
};

TEST(Observed, FactsAndTheirTier) {
  const std::string low = "low | base: suggest x internal = low";
  const std::string open = "moderate | base: suggest x internal = low; audience: public audience: +1";
  const std::string acts = "moderate | base: act-with-approval x internal = moderate; ";
  const Row rows[] = {
      {"nothing to see", "{}", {}, low},
      {"a public Ingress", "{}", {kIngress}, open + kOpened},
      {"… and nobody has answered: what is open is public", "{audience: null}", {kIngress}, open + kOpened},
      {"… and public is what it says", "{audience: public}", {kIngress}, open},
      {"… and partners come in by public addresses", "{audience: partner}", {kIngress}, "moderate | base: suggest x internal = low; audience: partner audience: at least moderate"},
      {"… explained", "{observedExceptions: [{axis: audience, evidence: Ingress team/web, reason: the login of the office, until: \"2026-12-24\"}]}", {kIngress}, low},
      {"… explained without a reason", "{observedExceptions: [{axis: audience, evidence: Ingress team/web, until: \"2026-12-24\"}]}", {kIngress}, open + kOpened},
      {"… explained until yesterday", "{observedExceptions: [{axis: audience, evidence: Ingress team/web, reason: the login, until: \"2026-11-23\"}]}", {kIngress}, open + kOpened},
      {"… explained on another axis", "{observedExceptions: [{axis: automation, evidence: Ingress team/web, reason: the login, until: \"2026-12-24\"}]}", {kIngress}, open + kOpened},
      {"an Ingress of the inside", "{}", {kInsideOnly}, low},
      {"a load balancer", "{}", {kBalancer}, open + "; observed: Service team/front of type LoadBalancer lets the public in: "},
      {"a route on a Gateway", "{}", {kRoute}, open + "; observed: HTTPRoute team/web for ask.example.com lets the public in: "},
      {"as high without it: no reason", "{automation: autonomous, dataClassification: restricted}", {kIngress}, "critical | base: autonomous x restricted = critical"},
      {"rights to write", "{}", {kMayWrite}, acts + kWrites},
      {"… of what drafts", "{automation: draft}", {kMayWrite}, acts + kWrites},
      {"… and it says that it acts", "{automation: act-with-approval}", {kMayWrite}, "moderate | base: act-with-approval x internal = moderate"},
      {"… explained", "{observedExceptions: [{axis: automation, evidence: Role orders, reason: it takes orders back, until: \"2026-12-24\"}]}", {kMayWrite}, low},
      {"rights to read everything", "{}", {kMayRead}, low},
      {"a role that everybody knows", "{}", {kIsAdmin}, acts + "observed: ClusterRoleBinding root lets service account assistant change nearly anything (ClusterRole cluster-admin): "},
      {"a role that is not at hand is no fact", "{}", {kIsSomething}, low},
      {"both", "{}", {kIngress, kMayWrite}, "high | base: act-with-approval x internal = moderate; audience: public audience: +1; " + kWrites + kOpened},
      {"what is open hears strangers: the rule of two", "{untrustedInput: null, retrieval: null, dataClassification: confidential, tools: [{name: note, effect: write-internal}]}", {kIngress},
       "high | base: suggest x confidential = moderate; audience: public audience: +1; F2: untrusted input, confidential data and a tool that changes state (rule of two)" + kOpened},
  };
  for (const Row& row : rows) {
    Story story;
    story.review(std::string{"{spec: {useCase: "} + row.use_case + "}}").workload(kToken);
    for (const char* object : row.objects) story.with(object);
    const auto tier = sentence(story.create().tiering);
    EXPECT_EQ(tier.substr(0, row.tier.size()), row.tier) << row.what;
    if (row.tier.find("observed") == std::string::npos) {
      EXPECT_EQ(tier.find("observed"), std::string::npos) << row.what;
    }
    const Snapshot& world = story.world();
    EXPECT_EQ(sentence(audit(world, world.find("Deployment", "team", "assistant")->object->root(), kNow).tiering), tier) << row.what << ": the audit says the same";
  }
}

TEST(Observed, RightsCountOnlyWithTheTokenToUseThem) {
  Story story;
  story.with(kMayWrite).with(kIsAdmin);  // the base workload takes no token
  EXPECT_EQ(sentence(story.create().tiering), "low | base: suggest x internal = low");
}

TEST(Observed, FalseAnswersAreNotCheaperThanHonestOnes) {
  const auto denied = [](const char* use_case) {
    Story story;
    story.review(std::string{"{spec: {evaluation: null, useCase: "} + use_case + "}}").with(kIngress);
    const Verdict v = story.create();
    EXPECT_FALSE(v.allowed()) << use_case;
    return v.tiering.tier;
  };
  EXPECT_EQ(denied("{audience: internal}"), denied("{audience: public}"));
  EXPECT_EQ(denied("{audience: null}"), denied("{audience: public}"));
}

TEST(Observed, ADeclaredTierIsMeasuredAgainstIt) {
  Story story;
  const Verdict v = story.review("spec: {declaredTier: low}").with(kIngress).create();
  for (const GateResult& r : v.gates) {
    if (gate_table()[r.gate].id == "PRR-RISK-01") {
      EXPECT_EQ(r.finding.message.rfind("declared low, derived moderate because suggest x internal = low; public audience: +1; Ingress team/web", 0), 0u) << r.finding.message;
    }
  }
}

// ---- What a review is remembered for. ----

// The base workload with these labels of its pods, account and token.
Doc workload(const Snapshot& world, const char* app, const char* account) {
  Json o = testing::json(world.find("Deployment", "team", "assistant")->object->root());
  o.merge_patch(testing::yaml(kToken));
  o["spec"]["template"]["metadata"]["labels"]["app"] = app;
  o["spec"]["template"]["spec"]["serviceAccountName"] = account;
  return doc_of(o);
}
std::string tier_in(const Snapshot& world, const Doc& object) {
  return std::string{to_string(judge(world, as_create(object.root()), kNow).tiering.tier)};
}

TEST(Observed, OfOneWorkloadIsNotRememberedForAnother) {
  Story story;
  const Snapshot& world = story.with(kIngress).with(kMayWrite).world();
  const Doc plain = workload(world, "inside", "other"), open = workload(world, "assistant", "other"),
            writes = workload(world, "inside", "assistant"), both = workload(world, "assistant", "assistant");
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(tier_in(world, plain), "low") << round;
    EXPECT_EQ(tier_in(world, both), "high") << round;
    EXPECT_EQ(tier_in(world, open), "moderate") << round;
    EXPECT_EQ(tier_in(world, writes), "moderate") << round;
  }
}

TEST(Observed, IsForgottenWhenTheClusterChanges) {
  Story with_it;
  const auto objects_of = [](const Snapshot& world, bool ingress, bool binding) {
    World w;
    w.reviews = world.reviews;
    for (const auto& o : world.objects)
      if ((o->kind != "Ingress" || ingress) && (o->kind != "RoleBinding" || binding)) w.objects.push_back(o);
    w.namespaces = world.namespaces;
    return w;
  };
  const Snapshot& all = with_it.with(kIngress).with(kMayWrite).world();
  const Doc object = workload(all, "assistant", "assistant");
  std::shared_ptr<const Snapshot> now = build_snapshot(objects_of(all, true, true));
  EXPECT_EQ(tier_in(*now, object), "high");
  EXPECT_EQ(tier_in(*now, object), "high") << "as remembered";
  const auto then = [&](bool ingress, bool binding) {
    now = build_snapshot(objects_of(all, ingress, binding), now.get());
    EXPECT_EQ(tier_in(*now, object), tier_in(*now, object));
    return tier_in(*now, object);
  };
  EXPECT_EQ(then(false, true), "moderate") << "the Ingress is gone";
  EXPECT_EQ(then(false, false), "low") << "and the binding";
  EXPECT_EQ(then(true, false), "moderate") << "and one is back";
}

}  // namespace
}  // namespace launchgate
