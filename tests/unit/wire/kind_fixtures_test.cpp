// tests/fixtures/kinds/<kind>/: for each row of the kinds table an object as it is created, and edits of it: another image,
// another model, replicas (and whatever else is no rollout), metadata, status. Adding a kind is one row and one folder.
//
//   create.yaml     the object
//   image.yaml      JSON pointers and the values to put there: a rollout
//   model.yaml      likewise
//   replicas.yaml   likewise: no rollout; metadata.yaml and status.yaml too
//   expected.yaml   detection, the images and models that are found, agent: whether it can act; none: which of the edits the
//                   kind cannot have, and why
#include <gtest/gtest.h>

#include <set>

#include "support/world.h"
#include "verdict/detect.h"

namespace launchgate {
namespace {

using testing::doc_of;
using testing::Json;
using testing::said;
namespace fs = std::filesystem;

const fs::path& folder() {
  static const auto path = testing::in_source("tests/fixtures/kinds");
  return path;
}
Json file(const Kind& kind, const char* name) { return testing::yaml(testing::slurp(folder() / qualified(kind) / (std::string{name} + ".yaml"))); }
bool has(const Kind& kind, const char* name) { return fs::exists(folder() / qualified(kind) / (std::string{name} + ".yaml")); }

Json edited(const Kind& kind, const char* name) {
  Json object = file(kind, "create");
  const Json edits = file(kind, name);
  for (const auto& [at, value] : edits.items()) object[Json::json_pointer{at}] = value;
  return object;
}

// As a platform that enforces on everything would see it, with a policy that gates even routes.
const Snapshot& strict() {
  static const auto world = [] {
    std::string policy = "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: enforce, detection: {detected: enforce, suspected: enforce}, workloadKinds: [";
    for (const Kind& k : kinds_table())
      if (k.posture == KindPosture::Audit) policy += "{group: " + std::string{k.group} + ", kind: " + std::string{k.kind} + ", posture: gate}, ";
    return testing::world(policy + "]}}");
  }();
  return *world;
}

Verdict judged(const Doc& after, const Doc* before = nullptr) {
  Change c = as_create(after.root());
  if (before) c.operation = Operation::Update, c.before = before->root();
  return judge(strict(), c, testing::time_at("2026-11-24T12:00:00Z"));
}

TEST(KindFixtures, EveryKindHasAFolderAndEveryFolderAKind) {
  std::set<std::string> wanted, found;
  for (const Kind& k : kinds_table()) wanted.insert(qualified(k));
  for (const auto& entry : fs::directory_iterator{folder()}) found.insert(entry.path().filename().string());
  for (const auto& name : wanted) EXPECT_TRUE(found.count(name)) << "kind " << name << " has no folder tests/fixtures/kinds/" << name;
  for (const auto& name : found) EXPECT_TRUE(wanted.count(name)) << "tests/fixtures/kinds/" << name << " is of no kind in the table";
}

TEST(KindFixtures, NoneIsForgotten) {
  for (const Kind& k : kinds_table()) {
    const Json none = file(k, "expected").value("none", Json::object());
    for (const char* name : {"create", "image", "model", "replicas", "metadata", "status", "expected"}) {
      const bool wanted = !none.contains(name);
      EXPECT_EQ(has(k, name), wanted) << "tests/fixtures/kinds/" << qualified(k) << "/" << name << ".yaml: "
                                      << (wanted ? "write it, or say in expected.yaml why there is none" : "expected.yaml says that there is none");
    }
    std::set<std::string> known{"create.yaml", "image.yaml", "model.yaml", "replicas.yaml", "metadata.yaml", "status.yaml", "expected.yaml"};
    for (const auto& entry : fs::directory_iterator{folder() / qualified(k)}) EXPECT_TRUE(known.count(entry.path().filename().string())) << entry.path();
  }
}

TEST(KindFixtures, AreFoundAsTheyAre) {
  for (const Kind& k : kinds_table()) {
    const Doc doc = doc_of(file(k, "create"));
    const Workload w = Workload::view(doc.root());
    ASSERT_EQ(w.kind, &k) << qualified(k);
    EXPECT_EQ(w.ns.empty(), !k.namespaced) << qualified(k);
    const Json expected = file(k, "expected");
    const Detection d = detect(w, false, false);
    EXPECT_EQ(to_string(d.detected), expected["detection"].get<std::string>()) << qualified(k) << ": " << ::testing::PrintToString(texts(d.signals));
    EXPECT_EQ(d.agent_capable, expected.value("agent", false)) << qualified(k) << ": " << ::testing::PrintToString(texts(d.agent_signals));
    std::vector<std::string> images, models;
    for (const PodView& pod : w.pods)
      for (Node c : pod.containers) images.emplace_back(c["image"].text());
    for (Node n : w.images) images.push_back(image_text(n));
    for (Node n : w.models) models.emplace_back(n.text());
    EXPECT_EQ(images, expected["images"].get<std::vector<std::string>>()) << qualified(k);
    EXPECT_EQ(models, expected["models"].get<std::vector<std::string>>()) << qualified(k);
  }
}

TEST(KindFixtures, ACreationIsJudged) {
  for (const Kind& k : kinds_table()) {
    const Doc doc = doc_of(file(k, "create"));
    const auto v = judged(doc);
    EXPECT_EQ(said(v).substr(0, 11), k.gated() ? "Judged deny" : "NotGated al") << qualified(k) << ": " << v.note;
  }
}

TEST(KindFixtures, AnotherImageOrModelIsARollout) {
  for (const Kind& k : kinds_table())
    for (const char* what : {"image", "model"}) {
      if (!k.gated() || !has(k, what)) continue;
      const Doc before = doc_of(file(k, "create")), after = doc_of(edited(k, what));
      EXPECT_NE(rollout_digest(k, before.root()), rollout_digest(k, after.root())) << qualified(k) << " " << what;
      EXPECT_FALSE(same_rollout(k, before.root(), after.root())) << qualified(k) << " " << what;
      EXPECT_EQ(said(judged(after, &before)).substr(0, 11), "Judged deny") << qualified(k) << " " << what;
    }
}

TEST(KindFixtures, ReplicasMetadataAndStatusAreNone) {
  for (const Kind& k : kinds_table())
    for (const char* what : {"replicas", "metadata", "status"}) {
      if (!k.gated() || !has(k, what)) continue;
      const Doc before = doc_of(file(k, "create")), after = doc_of(edited(k, what));
      EXPECT_NE(testing::canonical(before.root()), testing::canonical(after.root())) << qualified(k) << " " << what << " changes nothing";
      EXPECT_EQ(rollout_digest(k, before.root()), rollout_digest(k, after.root())) << qualified(k) << " " << what;
      EXPECT_EQ(said(judged(after, &before)), "Unchanged allow") << qualified(k) << " " << what;
    }
}

// Back to what was approved, under a review that is suspended.
TEST(KindFixtures, ARollbackIsNeverForbidden) {
  for (const Kind& k : kinds_table()) {
    if (!k.gated() || !k.namespaced || !has(k, "image")) continue;
    const Doc old = doc_of(file(k, "create")), running = doc_of(edited(k, "image"));
    const auto name = std::string{k.kind};
    const auto world = testing::world("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: shop}, spec: {suspend: true, covers: [{kind: " + name +
                                      ", name: sample}]}, status: {approvedRevisions: [{workload: {kind: " + name + ", name: sample}, digest: \"" + rollout_digest(k, old.root()) + "\"}]}}");
    Change c = as_create(old.root());
    c.operation = Operation::Update;
    c.before = running.root();
    EXPECT_EQ(said(judge(*world, c, testing::time_at("2026-11-24T12:00:00Z"))), "Rollback allow") << qualified(k);
  }
}

}  // namespace
}  // namespace launchgate
