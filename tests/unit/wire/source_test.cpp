// Files -> objects -> World: what is read, what is dropped, and that a fault names its file, line and field.
#include "wire/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

using ::testing::HasSubstr;
using testing::in_source;
namespace fs = std::filesystem;

// "Deployment shop/web, Namespace shop": what was kept; or the error's text.
std::string kept(std::string_view bytes, std::string_view file = "f.yaml") {
  auto read = read_source(file, bytes);
  if (!read) return "error: " + read.error().text();
  std::string out;
  for (const SourceObject& o : *read) {
    const Node root = o.object->root(), meta = root["metadata"];
    out += (out.empty() ? "" : ", ") + std::string{root["kind"].text()} + " ";
    if (meta["namespace"]) out += std::string{meta["namespace"].text()} + "/";
    out += std::string{meta["name"].text()} + ":" + std::to_string(o.line);
  }
  return out;
}

TEST(Source, DocumentsAndLists) {
  EXPECT_EQ(kept("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"), "ConfigMap a:1");
  EXPECT_EQ(kept("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n# only a comment\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n"), "ConfigMap a:1, ConfigMap b:7");
  EXPECT_EQ(kept("---\n---\n"), "");
  EXPECT_EQ(kept(""), "");
  EXPECT_EQ(kept("# nothing\n"), "");
  EXPECT_EQ(kept(R"({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}})", "f.json"), "ConfigMap a:1");
  EXPECT_EQ(kept(R"({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}})"), "ConfigMap a:1") << "JSON by another name";
  EXPECT_EQ(kept("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"), "ConfigMap a:1") << "YAML that begins with a brace";
}

// `kubectl get -o yaml` writes kind: List, and all that stood in one was passed over.
TEST(Source, ListsAreFlattened) {
  EXPECT_EQ(kept("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: b, namespace: ns}\n"),
            "ConfigMap a:4, Deployment ns/b:7");
  EXPECT_EQ(kept("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]\n"), "ConfigMap a:6") << "a List of a List";
  EXPECT_EQ(kept("{apiVersion: v1, kind: List, items: []}"), "");
  EXPECT_EQ(kept("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReviewList, items: [{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r}, spec: {covers: [{kind: Job, name: j}]}}]}"),
            "ReadinessReview r:1");
  EXPECT_EQ(kept("apiVersion: v1\nkind: List\nitems:\n- apiVersion: launchgate.dev/v1alpha1\n  kind: ReadinessReview\n  metadata: {name: r}\n  spec: {covers: []}\n"),
            "error: f.yaml:7: ReadinessReview r: spec.covers has 0 entries: expected at least 1")
      << "a fault in a List is a fault";
}

TEST(Source, SecretsAreDroppedUnread) {
  const char* secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {key: sk-proj-x}\n";
  EXPECT_EQ(kept(secret), "");
  EXPECT_EQ(kept(std::string{"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n"} + secret), "ConfigMap a:1");
  EXPECT_EQ(kept("{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: s}}, {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}]}"), "ConfigMap a:1");
  EXPECT_EQ(kept("{apiVersion: v1, kind: SecretList, items: [{metadata: {name: s}, data: {a: b}}]}"), "");
}

TEST(Source, WhatIsKeptAndWhatIsIgnored) {
  const std::pair<const char*, bool> rows[] = {
      {"apps/v1 Deployment", true},  {"apps/v1 StatefulSet", true}, {"batch/v1 CronJob", true}, {"v1 Pod", true}, {"v1 Namespace", true}, {"v1 ConfigMap", true},
      {"v1 Service", true},          {"networking.k8s.io/v1 Ingress", true}, {"monitoring.coreos.com/v1 PrometheusRule", true}, {"gateway.networking.k8s.io/v1 HTTPRoute", true},
      {"flagger.app/v1beta1 Canary", true}, {"launchgate.dev/v1alpha1 ReadinessProfile", true}, {"rbac.authorization.k8s.io/v1 ClusterRole", true}, {"v1 Event", false},
      {"acme.dev/v1 ModelServer", true} /* a policy may say that it is a workload */, {"v1 Secret", false}, {"apiextensions.k8s.io/v1 CustomResourceDefinition", false},
  };
  for (const auto& [what, expected] : rows) {
    const std::string text = what, version = text.substr(0, text.find(' ')), kind = text.substr(text.find(' ') + 1);
    EXPECT_EQ(kept("{apiVersion: " + version + ", kind: " + kind + ", metadata: {name: x}, spec: {}}") != "", expected) << what;
  }
  for (const char* other : {"just a text", "7", "[1, 2]", "kind: ConfigMap", "apiVersion: v1", "{apiVersion: v1, kind: 7}", "{apiVersion: 1, kind: ConfigMap}", "values: {replicas: 2}"}) {
    const auto text = kept(other);
    EXPECT_TRUE(text.empty() || text.substr(0, 9) == "ConfigMap") << other << ": " << text;
  }
}

TEST(Source, NewerKindsOfOursAreIgnoredAndNewerVersionsAreRead) {
  EXPECT_EQ(kept("{apiVersion: launchgate.dev/v2, kind: ReadinessOracle, metadata: {name: x}, spec: 7}"), "");
  EXPECT_EQ(kept("{apiVersion: launchgate.dev/v1beta1, kind: ReadinessReview, metadata: {name: r}, spec: {covers: [{kind: Job, name: j}], futureSection: {a: 1}}}"), "ReadinessReview r:1");
}

TEST(Source, UnknownFieldsAreToleratedAndSaid) {
  auto read = read_source("f.yaml", "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: r}\nspec:\n  covers: [{kind: Job, name: j}]\n  cost:\n    bugdet: {amount: 5}\n  ownr: x\n");
  ASSERT_TRUE(read) << read.error().text();
  const auto& unknown = read->at(0).unknown_fields;
  ASSERT_EQ(unknown.size(), 2u);
  EXPECT_THAT(unknown[0].text(), ::testing::StartsWith("f.yaml:7: spec.cost.bugdet: is not a field that this version knows (known here: budget, quota,"));
  EXPECT_THAT(unknown[1].text(), ::testing::StartsWith("f.yaml:8: spec.ownr: is not a field that this version knows"));
  auto gate = read_source("f.yaml", "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: p}\nspec:\n  gates:\n    PRR-NEW-99: {mode: block}\n");
  ASSERT_TRUE(gate) << gate.error().text();
  ASSERT_EQ(gate->at(0).unknown_fields.size(), 1u);
  EXPECT_EQ(gate->at(0).unknown_fields[0].text(), "f.yaml:6: spec.gates.PRR-NEW-99: is not a gate that this version knows");
}

TEST(Source, KeepsWhatItNeeds) {
  const auto all = testing::objects(
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, managedFields: [{manager: kubectl}], labels: {a: b}}, spec: {replicas: 1}, status: {replicas: 1}}\n---\n"
      "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r}, spec: {covers: [{kind: Job, name: j}]}, status: {tier: low, approvedRevisions: [{workload: {kind: Job, name: j}, digest: \"r1:sha256:a\"}]}}");
  EXPECT_EQ(testing::text(all[0].object->root()), R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","labels":{"a":"b"}},"spec":{"replicas":1}})");
  EXPECT_EQ(testing::text(all[1].object->root()["status"]), R"({"approvedRevisions":[{"workload":{"kind":"Job","name":"j"},"digest":"r1:sha256:a"}]})");
}

TEST(Source, HostileFiles) {
  const auto error = [](std::string_view bytes, const char* file = "f.yaml") { return kept(bytes, file); };
  EXPECT_THAT(error("a: [1\n"), ::testing::StartsWith("error: f.yaml:"));
  EXPECT_THAT(error("apiVersion: v1\nkind: ConfigMap\nkind: Pod\n"), ::testing::AllOf(::testing::StartsWith("error: f.yaml:"), HasSubstr("key \"kind\" stands twice")));
  EXPECT_THAT(error("{\"a\":1,\"a\":2}", "f.json"), HasSubstr("f.json:1"));
  EXPECT_THAT(error("{\"a\":\n1,\n}", "f.json"), HasSubstr("f.json:2")) << "the comma";
  EXPECT_THAT(error("a: \xff\n"), ::testing::StartsWith("error: f.yaml:1"));
  EXPECT_THAT(error(std::string("a: b\0c", 6)), ::testing::StartsWith("error: f.yaml"));
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 12; ++i) {
    const auto n = std::to_string(i), below = std::to_string(i - 1);
    bomb += "a" + n + ": &a" + n + " [*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + ",*a" + below + "]\n";
  }
  EXPECT_THAT(error(bomb), ::testing::StartsWith("error: f.yaml"));
  EXPECT_THAT(error("a: " + std::string(10'000, '[')), ::testing::StartsWith("error: f.yaml"));
  EXPECT_THAT(error(std::string(8u << 20, '#')), ::testing::StartsWith("error: f.yaml"));
  EXPECT_THAT(error("{\"a\": " + std::string(10'000, '[') + std::string(10'000, ']') + "}", "f.json"), ::testing::StartsWith("error: f.json"));
}

// One faulty document makes the file faulty, wherever it stands: half of what somebody wrote is not what they meant.
TEST(Source, AFileIsReadWholeOrNotAtAll) {
  const char* good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
  const char* bad = "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: r}\nspec: {covers: [{kind: Job}], suspend: maybe}\n";
  EXPECT_EQ(kept(std::string{good} + "---\n" + bad), "error: f.yaml:8: ReadinessReview r: spec.suspend is of type string: expected boolean");
  EXPECT_EQ(kept(std::string{bad} + "---\n" + good), "error: f.yaml:4: ReadinessReview r: spec.suspend is of type string: expected boolean");
}

// A review without a name was taken in and denied rollouts as "review ".
TEST(Source, OurKindsHaveNames) {
  for (const char* metadata : {"{}", "{namespace: ns}", "{name: \"\"}", "{name: null}", "{name: [a]}", "[]", "text"}) {
    const auto text = kept(std::string{"apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: "} + metadata + "\nspec: {covers: [{kind: Job, name: j}]}\n");
    EXPECT_THAT(text, ::testing::StartsWith("error: f.yaml:")) << metadata;
    EXPECT_THAT(text, HasSubstr("metadata.name")) << metadata;
  }
  EXPECT_THAT(kept("apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nspec: {covers: [{kind: Job, name: j}]}\n"), HasSubstr("metadata.name"));
}

// ---- assemble: objects -> World. ----

std::vector<SourceObject> file(const char* name, std::string_view text) { return testing::objects(text, name); }
std::vector<SourceObject> all_of(std::initializer_list<std::vector<SourceObject>> files) {
  std::vector<SourceObject> out;
  for (const auto& f : files) out.insert(out.end(), f.begin(), f.end());
  return out;
}
std::string review(const char* name, const char* ns = "ns") {
  return std::string{"apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessReview\nmetadata: {name: "} + name + ", namespace: " + ns + "}\nspec: {covers: [{kind: Job, name: j}]}\n";
}

TEST(Assemble, DoublesNameBothFilesAndNeitherIsUsed) {
  const World w = assemble(all_of({file("one.yaml", review("r") + "---\n" + review("alone")), file("two.yaml", "# a comment\n" + review("r"))}));
  ASSERT_EQ(w.problems.size(), 1u);
  EXPECT_EQ(w.problems[0].text(), "one.yaml:1: ReadinessReview r stands here and at two.yaml:2: neither is used; keep one");
  ASSERT_EQ(w.reviews.size(), 1u);
  EXPECT_EQ(w.reviews[0]->name, "alone");
}

TEST(Assemble, DoublesOfEveryKind) {
  for (const char* object : {"{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: x}, spec: {}}", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessProfile, metadata: {name: x, namespace: ns}, spec: {}}",
                             "{apiVersion: v1, kind: Namespace, metadata: {name: x}}", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: ns}}", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: x, namespace: ns}}"}) {
    const World w = assemble(all_of({file("one.yaml", object), file("two.yaml", object)}));
    ASSERT_EQ(w.problems.size(), 1u) << object;
    EXPECT_THAT(w.problems[0].text(), HasSubstr("one.yaml:1")) << object;
    EXPECT_THAT(w.problems[0].text(), HasSubstr("two.yaml:1")) << object;
    EXPECT_EQ(w.policies.size() + w.profiles.size() + w.namespaces.size() + w.objects.size(), 0u) << object;
  }
}

TEST(Assemble, NoDoubles) {
  const World w = assemble(all_of({file("one.yaml", review("r", "a")), file("two.yaml", review("r", "b")),
                                   file("three.yaml", "{apiVersion: v1, kind: Service, metadata: {name: r, namespace: a}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: r, namespace: a}}"),
                                   file("four.yaml", "{apiVersion: batch/v1, kind: Job, metadata: {generateName: j-}}\n---\n{apiVersion: batch/v1, kind: Job, metadata: {generateName: j-}}")}));
  EXPECT_TRUE(w.problems.empty()) << w.problems[0].text();
  EXPECT_EQ(w.reviews.size(), 2u);
  EXPECT_EQ(w.objects.size(), 4u);
}

// Of three that are the same only two were named.
TEST(Assemble, OfThreeTheSameAllAreNamed) {
  const World w = assemble(all_of({file("one.yaml", review("r")), file("two.yaml", review("r")), file("three.yaml", review("r"))}));
  ASSERT_EQ(w.problems.size(), 1u);
  for (const char* name : {"one.yaml:1", "two.yaml:1", "three.yaml:1"}) EXPECT_THAT(w.problems[0].text(), HasSubstr(name));
  EXPECT_TRUE(w.reviews.empty());
}

TEST(Assemble, TheOtherVersionOfAnObjectIsTheSameObject) {
  const World w = assemble(all_of({file("one.yaml", "{apiVersion: batch/v1, kind: CronJob, metadata: {name: c}}"), file("two.yaml", "{apiVersion: batch/v1beta1, kind: CronJob, metadata: {name: c}}")}));
  EXPECT_EQ(w.problems.size(), 1u);
}

TEST(Assemble, ANamespaceCarriesItsOwnNameAsALabel) {
  const World w = assemble(all_of({file("one.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {x: z}}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: b}}\n---\n"
                                                    "{apiVersion: v1, kind: Namespace, metadata: {name: c, labels: {kubernetes.io/metadata.name: forged}}}")}));
  EXPECT_EQ(testing::text(w.namespaces.at("a")->root()), R"({"x":"z","kubernetes.io/metadata.name":"a"})");
  EXPECT_EQ(testing::text(w.namespaces.at("b")->root()), R"({"kubernetes.io/metadata.name":"b"})");
  EXPECT_EQ(testing::text(w.namespaces.at("c")->root()), R"({"kubernetes.io/metadata.name":"c"})");
}

TEST(Assemble, AFaultyPolicyIsAProblemAndNothingElseIsLost) {
  const World w = assemble(all_of({file("p.yaml", "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: p}\nspec:\n  packs:\n  - baseline\n  - stirct\n"), file("r.yaml", review("r"))}));
  ASSERT_EQ(w.problems.size(), 1u);
  EXPECT_EQ(w.problems[0].text(), "p.yaml:7: spec.packs[1]: is \"stirct\": expected one of agentic, baseline, eu-ai-act, startup, strict");
  EXPECT_TRUE(w.policies.empty());
  EXPECT_EQ(w.reviews.size(), 1u);
}

TEST(Assemble, ApprovedRevisionsComeFromTheStatus) {
  const World w = assemble(file("r.yaml", "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: ns}, spec: {covers: [{kind: Job, name: j}]}, status: {approvedRevisions: "
                                          "[{workload: {kind: Deployment, name: d}, digest: \"r1:sha256:a\"}, {workload: Job/j, digest: \"r1:sha256:b\"}, {digest: \"r1:sha256:c\"}]}}"));
  std::string seen;
  for (const ApprovedRevision& a : w.reviews.at(0)->approved) seen += a.kind + "/" + a.name + " " + a.digest + "\n";
  EXPECT_EQ(seen, "Deployment/d r1:sha256:a\nJob/j r1:sha256:b\n/ r1:sha256:c\n");
}

// ---- The examples. ----

TEST(Examples, EveryFileLoadsWithoutAWordOfWarning) {
  int files = 0;
  for (const auto& folder : fs::directory_iterator{in_source("examples")}) {
    if (!folder.is_directory() || folder.path().filename() == "broken") continue;
    std::vector<SourceObject> all;
    for (const auto& entry : fs::recursive_directory_iterator{folder.path()}) {
      if (entry.path().extension() != ".yaml") continue;
      ++files;
      auto read = read_source(entry.path().string(), testing::slurp(entry.path()));
      ASSERT_TRUE(read) << read.error().text();
      for (const SourceObject& o : *read) {
        for (const Error& e : o.unknown_fields) ADD_FAILURE() << e.text();
        all.push_back(o);
      }
    }
    const World w = assemble(all);
    for (const Error& e : w.problems) ADD_FAILURE() << e.text();
  }
  EXPECT_GE(files, 20);
}

// The folder is named after the tier that its review comes to.
TEST(Examples, TheTierIsWhatTheFolderSays) {
  for (Tier tier : kTiers) {
    const auto folder = in_source("examples") / std::string{to_string(tier)};
    if (!fs::exists(folder)) continue;
    const auto all = testing::objects_below(folder);
    const auto world = testing::world_of(all);
    int judged = 0;
    for (const SourceObject& o : all) {
      if (!find_kind(group_of(o.object->root()["apiVersion"].text()), o.object->root()["kind"].text())) continue;
      const Verdict v = judge(*world, as_create(o.object->root()), testing::time_at("2026-11-24T12:00:00Z"));
      if (!v.judged() || v.workload.kind->posture != KindPosture::Gate) continue;
      ++judged;
      EXPECT_EQ(to_string(v.tiering.tier), to_string(tier)) << o.file;
      // At low nobody asks for an evaluation, and its absence is said; at high that it is not signed.
      const char* said = tier == Tier::Low    ? "Judged warn: PRR-EVAL-01,PRR-EVAL-02"
                         : tier == Tier::High ? "Judged warn: PRR-EVAL-10"
                                              : "Judged allow";
      EXPECT_EQ(testing::said(v), said) << o.file << "\n" << denial_text(v);
    }
    EXPECT_GE(judged, 1) << folder;
  }
}

}  // namespace
}  // namespace launchgate
