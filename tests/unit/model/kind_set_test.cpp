// The kinds of a cluster: the built-in table, and what its policies add to it.
#include "model/kind_set.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace launchgate {
namespace {

DeclaredKind server() {
  DeclaredKind k;
  k.group = "acme.dev";
  k.kind = "ModelServer";
  k.pod_templates = "spec.roles[].template";
  return k;
}

TEST(KindSet, WithoutPoliciesItIsTheTable) {
  const KindSet set;
  EXPECT_EQ(set.find("apps", "Deployment"), find_kind("apps", "Deployment"));
  EXPECT_EQ(set.find("acme.dev", "ModelServer"), nullptr);
  EXPECT_EQ(set.all().size(), kinds_table().size());
}

TEST(KindSet, APolicyAddsAKind) {
  const DeclaredKind k = server();
  const KindSet set{{&k}};
  const Kind* found = set.find("acme.dev", "ModelServer");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->plural, "modelservers") << "as Kubernetes guesses it";
  EXPECT_EQ(found->rollout.text(), "spec.roles[].template") << "whatever is looked at, where nobody says";
  EXPECT_EQ(found->posture, KindPosture::Gate);
  EXPECT_FALSE(found->llm_only);
  EXPECT_EQ(set.all().size(), kinds_table().size() + 1);
  EXPECT_EQ(set.all().back(), found);
  EXPECT_EQ(set.find("apps", "Deployment"), find_kind("apps", "Deployment"));
  const KindSet copy = set;
  EXPECT_EQ(copy.find("acme.dev", "ModelServer"), found) << "copies share the rows";
}

TEST(KindSet, APolicyChangesABuiltInKindInWhatItSays) {
  DeclaredKind k;
  k.group = "aigateway.envoyproxy.io";
  k.kind = "AIGatewayRoute";
  k.posture = KindPosture::Gate;
  const KindSet set{{&k}};
  const Kind *found = set.find(k.group, k.kind), *built_in = find_kind(k.group, k.kind);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->posture, KindPosture::Gate);
  EXPECT_EQ(found->models.text(), built_in->models.text()) << "what it does not say stays";
  EXPECT_EQ(found->plural, built_in->plural);
  EXPECT_EQ(built_in->posture, KindPosture::Audit);
  const auto all = set.all();
  EXPECT_EQ(all.size(), kinds_table().size());
  EXPECT_NE(std::find(all.begin(), all.end(), found), all.end()) << "in its place";
}

TEST(KindSet, SeveralPoliciesTheStricterPostureAndThePathsOfAll) {
  DeclaredKind a = server(), b = server();
  a.posture = KindPosture::Audit;
  b.posture = KindPosture::Gate;
  b.pod_templates = "spec.roles[].template spec.sidecar";
  b.images = "spec.image";
  for (const auto& order : {std::vector<const DeclaredKind*>{&a, &b}, std::vector<const DeclaredKind*>{&b, &a}}) {
    const KindSet set{order};
    const Kind* found = set.find("acme.dev", "ModelServer");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->posture, KindPosture::Gate);
    EXPECT_TRUE(found->pod_templates.holds("spec.sidecar"));
    EXPECT_TRUE(found->pod_templates.holds("spec.roles[].template"));
    EXPECT_TRUE(found->rollout.holds("spec.image"));
  }
}

TEST(KindSet, PluralsAsKubernetesGuessesThem) {
  const std::pair<const char*, const char*> rows[] = {{"ModelServer", "modelservers"}, {"Policy", "policies"}, {"Chess", "chesses"}};
  for (const auto& [kind, plural] : rows) {
    DeclaredKind k = server();
    k.kind = kind;
    const KindSet set{{&k}};
    EXPECT_EQ(set.find("acme.dev", kind)->plural, plural);
  }
}

TEST(KindSet, WhatCannotBeMeantIsSaid) {
  const auto fault = [](const DeclaredKind& k) { return fault_of(k).value_or("sound"); };
  EXPECT_EQ(fault(server()), "sound");
  DeclaredKind k = server();
  k.pod_templates.reset();
  EXPECT_EQ(fault(k), "is not built in, and says nowhere what to look at: name podTemplatePaths, imagePaths or modelPaths");
  k.posture = KindPosture::Ignore;
  EXPECT_EQ(fault(k), "sound") << "nothing to look at, and nobody looks";
  k = server();
  k.images = "spec..image";
  EXPECT_EQ(fault(k).substr(0, 24), "\"spec..image\" is no path");
  k = server();
  k.rollout = "spec.version";
  EXPECT_EQ(fault(k), "\"spec.roles[].template\" is part of no rollout path");
  k = server();
  k.ignored = "spec.roles[].replicas";
  EXPECT_EQ(fault(k), "\"spec.roles[].replicas\" is ignored, and lies below no rollout path");
}

}  // namespace
}  // namespace launchgate
