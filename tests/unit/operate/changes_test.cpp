// What has to be judged again when something changes, and above all what has not.
#include "operate/changes.h"

#include <gtest/gtest.h>

#include "support/api_server.h"

namespace launchgate {
namespace {

using testing::Cluster;

constexpr const char* kWorld = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {zone: prod}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: lab}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: house}, spec: {mode: warn}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}]}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: all, namespace: lab}, spec: {covers: [{kind: Deployment, labelSelector: {matchLabels: {llm: "yes"}}}]}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop}, spec: {replicas: 1}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: try, namespace: lab, labels: {llm: "yes"}}, spec: {}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts, namespace: shop}, data: {a: b}}
)";

std::string said(const Changes& c) {
  std::string out;
  const auto add = [&](std::string_view word, const std::string& what) { out += (out.empty() ? "" : "; ") + std::string{word} + " " + what; };
  if (c.all) add("everything", "");
  if (c.policies) add("policies", "");
  for (const Key& k : c.reviews) add("review", k.first + "/" + k.second);
  for (const Key& k : c.gone) add("gone", k.first + "/" + k.second);
  std::set<std::string> workloads;
  for (const WorldObject* o : c.workloads) workloads.insert(o->ns + "/" + o->name);
  for (const std::string& w : workloads) add("workload", w);
  if (!c.gone_workloads.empty()) add("gone workloads", std::to_string(c.gone_workloads.size()));
  for (const std::string& ns : c.namespaces) add("namespace", ns);
  return out.empty() ? "nothing" : out;
}

TEST(Changes, FromNothingEverything) {
  Cluster cluster;
  cluster.api.put_yaml(kWorld);
  EXPECT_EQ(said(changes_between(nullptr, *cluster.snapshot())), "everything ; policies ");
}

TEST(Changes, AreWhatChangedAndWhatLooksAtIt) {
  struct Row {
    const char *what, *yaml, *says;
  };
  const std::vector<Row> rows{
      {"nothing", "", "nothing"},
      {"the text of a review", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}], suspend: true}}", "review shop/bot"},
      {"what a review covers", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: other}]}}", "review shop/bot; workload shop/bot"},
      {"a second review of the same", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: two, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}]}}",
       "review shop/bot; review shop/two; workload shop/bot"},
      {"a workload", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop}, spec: {replicas: 2}}", "review shop/bot; workload shop/bot"},
      {"a workload that a review no longer selects", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: try, namespace: lab}, spec: {}}", "review lab/all; workload lab/try"},
      {"a new workload", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: new, namespace: lab, labels: {llm: \"yes\"}}, spec: {}}", "review lab/all; workload lab/new; namespace lab"},
      {"an object that gates look at", "{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts, namespace: shop}, data: {a: c}}", "namespace shop"},
      {"an approval", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessApproval, metadata: {name: a, namespace: shop}, spec: {review: bot, reviewDigest: x, role: risk, approver: jo, decision: approve}}", "namespace shop"},
      {"the labels of a namespace", "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {zone: test}}}", "policies ; namespace shop"},
      {"a new namespace", "{apiVersion: v1, kind: Namespace, metadata: {name: more}}", "policies ; namespace more"},
      {"a policy", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: house}, spec: {mode: enforce}}", "everything ; policies "},
      {"the status of a policy", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: house}, spec: {mode: warn}, status: {observedGeneration: 1}}", "policies "},
      {"a new policy", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: more}, spec: {mode: warn}}", "everything ; policies "},
      {"a gateway, which routes everywhere hang on", "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g, namespace: infra}, spec: {}}", "everything "},
  };
  for (const Row& row : rows) {
    Cluster cluster;
    cluster.api.put_yaml(kWorld);
    const auto before = cluster.snapshot();
    if (*row.yaml) cluster.api.put_yaml(row.yaml);
    EXPECT_EQ(said(changes_between(before.get(), *cluster.snapshot())), row.says) << row.what;
  }
}

TEST(Changes, OfWhatIsGone) {
  struct Row {
    const char *kind, *ns, *name, *says;
  };
  const std::vector<Row> rows{
      {"ReadinessReview", "shop", "bot", "gone shop/bot; workload shop/bot"},
      {"Deployment", "shop", "bot", "review shop/bot; gone workloads 1; namespace shop"},
      {"ConfigMap", "shop", "prompts", "namespace shop"},
      {"Namespace", "", "lab", "policies "},
      {"ReadinessPolicy", "", "house", "everything ; policies "},
  };
  for (const Row& row : rows) {
    Cluster cluster;
    cluster.api.put_yaml(kWorld);
    const auto before = cluster.snapshot();
    cluster.api.erase(row.kind, row.ns, row.name);
    EXPECT_EQ(said(changes_between(before.get(), *cluster.snapshot())), row.says) << row.kind;
  }
}

TEST(LooksAbroad, WhereAReferenceNamesANamespace) {
  const auto looks = [](const char* ref) {
    const auto world = testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop}, spec: {covers: [{kind: Deployment, name: bot}], evaluation: {reports: [{ref: \"" +
                                      std::string{ref} + "\"}]}}}");
    return looks_abroad(*world->reviews.front());
  };
  EXPECT_TRUE(looks("resourcequota/other/q"));
  EXPECT_FALSE(looks("resourcequota/q"));
  EXPECT_FALSE(looks("https://quota.example.com/a/b"));
  EXPECT_FALSE(looks("registry.example.com/team/app"));
}

}  // namespace
}  // namespace launchgate
