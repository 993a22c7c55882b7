// Which review covers a workload, and whose child it is.
#include "verdict/match.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::yaml;

std::string review(std::string_view name, std::string_view covers, std::string_view ns = "shop") {
  return "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: " + std::string{name} + ", namespace: " + std::string{ns} + "}, spec: {covers: " + std::string{covers} +
         "}}\n---\n";
}

// The reviews that cover an object: "a, b".
std::string covering(const Snapshot& world, std::string_view object) {
  const Doc doc = doc_of(yaml(object));
  std::string out;
  for (const Review* r : covering_reviews(world, Workload::view(doc.root()))) out += (out.empty() ? "" : ", ") + r->name;
  return out;
}

constexpr const char* kBot = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop, labels: {app: bot, tier: web}}}";

TEST(Match, WhatCoversSays) {
  const std::pair<const char*, bool> rows[] = {
      {"[{kind: Deployment, name: bot}]", true},
      {"[{apiVersion: apps/v1, kind: Deployment, name: bot}]", true},
      {"[{apiVersion: apps/v1beta2, kind: Deployment, name: bot}]", true},   // the group counts, not the version
      {"[{apiVersion: extensions/v1beta1, kind: Deployment, name: bot}]", false},
      {"[{apiVersion: v1, kind: Deployment, name: bot}]", false},   // the core group
      {"[{kind: StatefulSet, name: bot}]", false},
      {"[{kind: Deployment, name: bo}]", false},
      {"[{kind: Deployment, name: bott}]", false},
      {"[{kind: Deployment, labelSelector: {matchLabels: {app: bot}}}]", true},
      {"[{kind: Deployment, labelSelector: {matchLabels: {app: bot, tier: web}}}]", true},
      {"[{kind: Deployment, labelSelector: {matchLabels: {app: bot, tier: db}}}]", false},
      {"[{kind: Deployment, labelSelector: {}}]", true},   // an empty selector matches everything
      {"[{apiVersion: batch/v1, kind: Deployment, labelSelector: {}}]", false},
      {"[{kind: Deployment, labelSelector: {matchExpressions: [{key: app, operator: In, values: [bot, cat]}]}}]", true},
      {"[{kind: Deployment, labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [bot]}]}}]", false},
      {"[{kind: Deployment, labelSelector: {matchExpressions: [{key: canary, operator: DoesNotExist}]}}]", true},
      {"[{kind: Job, name: bot}, {kind: Deployment, name: bot}]", true},   // any of several
      {"[{kind: Deployment, name: bot}, {kind: Deployment, labelSelector: {matchLabels: {app: bot}}}]", true},   // once, though twice
  };
  for (const auto& [covers, expected] : rows) EXPECT_EQ(covering(*testing::world(review("r", covers)), kBot), expected ? "r" : "") << covers;
}

TEST(Match, OnlyInItsNamespaceAndEachOfSeveralInTheOrderOfNames) {
  const auto world = testing::world(review("z", "[{kind: Deployment, name: bot}]") + review("a", "[{kind: Deployment, labelSelector: {matchLabels: {app: bot}}}]") +
                                    review("m", "[{kind: Deployment, name: bot}]", "elsewhere") + review("other", "[{kind: Deployment, name: cat}]"));
  EXPECT_EQ(covering(*world, kBot), "a, z");
  EXPECT_EQ(covering(*world, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: elsewhere}}"), "m");
  EXPECT_EQ(covering(*world, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot}}"), "");
}

TEST(Match, AWorkloadWithoutANameYetIsFoundByItsLabels) {
  const auto world = testing::world(review("r", "[{kind: Job, labelSelector: {matchLabels: {app: eval}}}]") + review("by-name", "[{kind: Job, name: eval-}]"));
  EXPECT_EQ(covering(*world, "{apiVersion: batch/v1, kind: Job, metadata: {generateName: other-, namespace: shop, labels: {app: eval}}}"), "r");
}

TEST(Match, AmongManyTheSame) {
  std::string all;
  for (int i = 0; i < 300; ++i) all += review("r" + std::to_string(i), "[{kind: Deployment, name: d" + std::to_string(i) + "}]", "ns" + std::to_string(i % 7));
  const auto world = testing::world(all);
  for (int i = 0; i < 300; ++i)
    EXPECT_EQ(covering(*world, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d" + std::to_string(i) + ", namespace: ns" + std::to_string(i % 7) + "}}"), "r" + std::to_string(i));
}

// ---- Owners. ----

std::string owned(std::string_view world_text, std::string_view object) {
  const auto world = world_text.empty() ? build_snapshot({}) : testing::world(world_text);
  const Doc doc = doc_of(yaml(object));
  const WorldObject* owner = gated_owner(*world, Workload::view(doc.root()));
  return owner ? owner->kind + " " + owner->name : "nobody";
}

std::string pod(std::string_view owner, std::string_view labels = "{app: bot}") {
  return "{apiVersion: v1, kind: Pod, metadata: {name: bot-5c9f7-x2, namespace: shop, labels: " + std::string{labels} + ", ownerReferences: [" + std::string{owner} + "]}, spec: {containers: []}}";
}

constexpr const char* kDeployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop}, spec: {selector: {matchLabels: {app: bot}}, template: {}}}\n---\n";
constexpr const char* kReplicaSet = "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bot-5c9f7, namespace: shop}}\n---\n";
constexpr const char* kOwner = "{apiVersion: apps/v1, kind: ReplicaSet, name: bot-5c9f7, uid: u1, controller: true}";

TEST(Owner, AControllerOfAGatedKindThatExists) {
  EXPECT_EQ(owned(kReplicaSet, pod(kOwner)), "ReplicaSet bot-5c9f7");
  EXPECT_EQ(owned(kReplicaSet, pod("")), "nobody") << "no owner";
  EXPECT_EQ(owned(kReplicaSet, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot-5c9f7, uid: u1}")), "nobody") << "an owner, not the controller";
  EXPECT_EQ(owned(kReplicaSet, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot-5c9f7, uid: u1, controller: false}")), "nobody");
  EXPECT_EQ(owned(kReplicaSet, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot-other, uid: u1, controller: true}")), "nobody") << "of another name";
  EXPECT_EQ(owned(kReplicaSet, pod("{apiVersion: acme.dev/v1, kind: ReplicaSet, name: bot-5c9f7, uid: u1, controller: true}")), "nobody") << "of another group";
  EXPECT_EQ(owned("{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bot-5c9f7, namespace: elsewhere}}", pod(kOwner)), "nobody") << "in another namespace";
  EXPECT_EQ(owned("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}}", pod("{apiVersion: v1, kind: ConfigMap, name: c, uid: u, controller: true}")), "nobody")
      << "a ConfigMap is not gated";
}

TEST(Owner, TheUidHasToBeTheOneThatExists) {
  const char* known = "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bot-5c9f7, namespace: shop, uid: u1}}\n---\n";
  EXPECT_EQ(owned(known, pod(kOwner)), "ReplicaSet bot-5c9f7");
  EXPECT_EQ(owned(known, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot-5c9f7, uid: u2, controller: true}")), "nobody");
  EXPECT_EQ(owned(known, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot-5c9f7, controller: true}")), "nobody");
}

TEST(Owner, APodOfAReplicaSetThatIsNotHereBelongsToTheDeploymentThatItMatches) {
  EXPECT_EQ(owned(kDeployment, pod(kOwner)), "Deployment bot");
  EXPECT_EQ(owned(kDeployment, pod(kOwner, "{app: other}")), "nobody") << "its labels do not match the selector";
  EXPECT_EQ(owned(kDeployment, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: cat-5c9f7, uid: u1, controller: true}")), "nobody") << "of another Deployment";
  EXPECT_EQ(owned(kDeployment, pod("{apiVersion: apps/v1, kind: ReplicaSet, name: bot, uid: u1, controller: true}")), "nobody") << "a ReplicaSet of its own";
  EXPECT_EQ(owned("", pod(kOwner)), "nobody") << "an owner that can't be found does not excuse";
  EXPECT_EQ(owned("{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop}, spec: {template: {}}}", pod(kOwner)), "nobody") << "a Deployment without a selector";
  EXPECT_EQ(owned(std::string{kDeployment} + kReplicaSet, pod(kOwner)), "ReplicaSet bot-5c9f7") << "where it is here, it is the owner";
}

// The ReplicaSet was known under another uid, so the reference was forged, and the Deployment's name excused it anyway.
TEST(Owner, AForgedReplicaSetIsNotExcusedByItsDeployment) {
  const auto world = std::string{kDeployment} + "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bot-5c9f7, namespace: shop, uid: u9}}";
  EXPECT_EQ(owned(world, pod(kOwner)), "nobody");
}

// A Deployment that named itself as its controller passed every gate from its second version on.
TEST(Owner, NobodyOwnsHimself) {
  const char* world = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop, uid: u1}, spec: {selector: {matchLabels: {app: bot}}, template: {}}}";
  EXPECT_EQ(owned(world, "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop, uid: u1, labels: {app: bot}, "
                         "ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: bot, uid: u1, controller: true}]}}"),
            "nobody");
}

// Two that own each other have no root that is gated.
TEST(Owner, TwoThatOwnEachOtherAreOwnedByNobody) {
  const auto deployment = [](const char* name, const char* owner) {
    return std::string{"{apiVersion: apps/v1, kind: Deployment, metadata: {name: "} + name + ", namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: " + owner +
           ", uid: u, controller: true}]}, spec: {template: {}}}\n---\n";
  };
  EXPECT_EQ(owned(deployment("a", "b") + deployment("b", "a"), deployment("a", "b").substr(0, deployment("a", "b").size() - 5)), "nobody");
  EXPECT_EQ(owned(deployment("a", "b") + deployment("b", "c") + deployment("c", "a"), deployment("a", "b").substr(0, deployment("a", "b").size() - 5)), "nobody");
}

TEST(Owner, AChainOfOwnersEndsAtARoot) {
  const auto world = std::string{kDeployment} +
                     "{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: bot-5c9f7, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: bot, uid: u, controller: true}]}}";
  EXPECT_EQ(owned(world, pod(kOwner)), "ReplicaSet bot-5c9f7");
}

// Of two objects of one kind and name, the first of any group hid the other.
TEST(Owner, TwoGroupsMayHaveAKindOfOneName) {
  const Doc child = doc_of(yaml(pod(kOwner)));
  for (const bool other_first : {true, false}) {
    World w;
    const auto add = [&](const char* version) {
      w.objects.push_back(std::make_shared<const WorldObject>(WorldObject{"ReplicaSet", "shop", "bot-5c9f7", "u1", std::make_shared<const Doc>(doc_of({{"apiVersion", version}, {"kind", "ReplicaSet"}})), ""}));
    };
    if (other_first) add("acme.dev/v1"), add("apps/v1");
    else add("apps/v1"), add("acme.dev/v1");
    const auto world = build_snapshot(std::move(w));
    const WorldObject* owner = gated_owner(*world, Workload::view(child.root()));
    ASSERT_NE(owner, nullptr);
    EXPECT_EQ(owner->object->root()["apiVersion"].text(), "apps/v1");
  }
}

TEST(Owner, JobsOfACronJob) {
  const char* cron = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly, namespace: shop, uid: u1}, spec: {jobTemplate: {}}}";
  EXPECT_EQ(owned(cron, "{apiVersion: batch/v1, kind: Job, metadata: {name: nightly-29, namespace: shop, ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u1, controller: true}]}}"),
            "CronJob nightly");
}

std::string primary(std::string_view name, std::string_view uid = "u1") {
  return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + std::string{name} + ", namespace: shop, ownerReferences: [{apiVersion: flagger.app/v1beta1, kind: Canary, name: bot, uid: " + std::string{uid} +
         ", controller: true}]}}";
}

TEST(Owner, FlaggersPrimaryIsTheStableCopyOfTheCanarysTarget) {
  const char* canary = "{apiVersion: flagger.app/v1beta1, kind: Canary, metadata: {name: bot, namespace: shop, uid: u1}, spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: bot}}}";
  EXPECT_EQ(owned(canary, primary("bot-primary")), "Canary bot");
  EXPECT_EQ(owned(canary, primary("bot-canary")), "nobody");
  EXPECT_EQ(owned(canary, primary("-primary")), "nobody");
  EXPECT_EQ(owned("", primary("bot-primary")), "nobody") << "no such Canary";
}

// Any Deployment could call itself something-primary of any Canary.
TEST(Owner, AForgedPrimaryIsNotExcused) {
  const char* canary = "{apiVersion: flagger.app/v1beta1, kind: Canary, metadata: {name: bot, namespace: shop, uid: u1}, spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: bot}}}";
  EXPECT_EQ(owned(canary, primary("evil-primary")), "nobody") << "not the copy of its target";
  EXPECT_EQ(owned(canary, primary("bot-primary", "u2")), "nobody") << "another uid";
}

TEST(Owner, RecordedChildrenOfARecordedDeployment) {
  // As in a cluster: the objects that the API server made, with their uids.
  const auto replica_set = testing::recorded("create-replicaset-owned-by-deployment"), pod_of_it = testing::recorded("create-pod-owned-by-replicaset"),
             deployment = testing::recorded("create-deployment-labelled");
  const auto name = [](const Snapshot& world, Node object) {
    const WorldObject* owner = gated_owner(world, Workload::view(object, "shop"));
    return owner ? owner->kind + " " + owner->name : std::string{"nobody"};
  };
  for (Node object : {replica_set.change.after, pod_of_it.change.after}) EXPECT_EQ(name(*build_snapshot({}), object), "nobody");
  testing::Json d = testing::json(deployment.change.after), r = testing::json(replica_set.change.after);
  d["metadata"]["uid"] = r["metadata"]["ownerReferences"][0]["uid"];
  const auto world = testing::world(d.dump() + "\n---\n" + r.dump());
  EXPECT_EQ(name(*world, replica_set.change.after), "Deployment faq-bot");
  EXPECT_EQ(name(*world, pod_of_it.change.after).substr(0, 18), "ReplicaSet faq-bot");
}

}  // namespace
}  // namespace launchgate
