// The two digests as properties: what may change without a new rollout or a new approval, and that everything else
// counts. Edits are generated from recorded objects, so that no field is forgotten.
#include "verdict/digest.h"

#include <gtest/gtest.h>

#include <functional>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::doc;
using testing::doc_of;
using testing::Json;
using testing::recorded;
using Pointer = Json::json_pointer;

const Kind& kind_of(const Json& object) {
  const auto version = object["apiVersion"].get<std::string>();
  const Kind* kind = find_kind(group_of(version), object["kind"].get<std::string>());
  EXPECT_NE(kind, nullptr) << version;
  return *kind;
}
std::string digest(const Json& object) { return rollout_digest(kind_of(object), doc_of(object).root()); }

// The object of a recorded request, and its old one.
Json after(const char* name) { return testing::json(recorded(name).change.after); }
Json before(const char* name) { return testing::json(recorded(name).change.before); }

// Every gated object that was recorded at its creation, and one of each kind.
std::vector<Json> gated_objects() {
  std::vector<Json> out;
  for (const auto& file : std::filesystem::directory_iterator{testing::in_source("tests/data/admission-reviews")}) {
    const auto name = file.path().stem().string();
    if (name.rfind("create-", 0) != 0 || file.path().extension() != ".json") continue;
    Json object = after(name.c_str());
    if (find_kind(group_of(object["apiVersion"].get<std::string>()), object["kind"].get<std::string>())) out.push_back(object);
  }
  EXPECT_GE(out.size(), 10u);
  for (const auto& folder : std::filesystem::directory_iterator{testing::in_source("tests/fixtures/kinds")}) {
    Json object = testing::yaml(testing::slurp(folder.path() / "create.yaml"));
    if (kind_of(object).gated()) out.push_back(object);
  }
  return out;
}

// Every value below `value`, containers included, as pointers.
void each_place(const Json& value, const Pointer& at, const std::function<void(const Pointer&, const Json&)>& visit) {
  visit(at, value);
  if (value.is_object())
    for (const auto& [key, child] : value.items()) each_place(child, at / key, visit);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) each_place(value[i], at / i, visit);
}

// The pointer lies at or below a place that one of the paths names.
bool is_below(Paths paths, Pointer at) {
  std::vector<std::string> keys;
  for (; !at.empty(); at.pop_back()) keys.insert(keys.begin(), at.back());
  for (std::string_view path : paths) {
    std::size_t i = 0;
    bool inside = true;
    while (inside && !path.empty()) {
      if (path[0] == '.') path.remove_prefix(1);
      if (i == keys.size()) inside = false;
      else if (path.substr(0, 2) == "[]") path.remove_prefix(2), ++i;
      else if (path.substr(0, 3) == "{*}") path.remove_prefix(3), ++i;
      else {
        const auto end = std::min(path.find_first_of(".[{"), path.size());
        inside = keys[i++] == path.substr(0, end);
        path.remove_prefix(end);
      }
    }
    if (inside) return true;
  }
  return false;
}

bool is_rollout(const Kind& kind, const Pointer& at) { return is_below(kind.rollout, at) && !is_below(kind.ignored, at); }

// What controllers write into a template.
bool is_controllers(const Pointer& at) {
  for (const char* key : {"pod-template-hash", "controller-revision-hash", "controller-uid", "batch.kubernetes.io~1controller-uid", "job-name",
                          "batch.kubernetes.io~1job-name", "creationTimestamp", "kubectl.kubernetes.io~1restartedAt"})
    if (at.to_string().find(std::string{"/"} + key) != std::string::npos) return true;
  return false;
}

Json other_value(const Json& v) {
  if (v.is_string()) return v.get<std::string>() + "x";
  if (v.is_number_float()) return v.get<double>() + 0.5;
  if (v.is_number()) return v.get<std::int64_t>() + 1;
  if (v.is_boolean()) return !v.get<bool>();
  return "x";
}

TEST(RolloutDigest, IsADigestOfItsKind) {
  const auto d = digest(after("create-deployment-labelled"));
  EXPECT_EQ(d.substr(0, 10), "r1:sha256:");
  EXPECT_EQ(d.size(), 74u);
  EXPECT_EQ(d.find_first_not_of("0123456789abcdef", 10), std::string::npos);
  EXPECT_EQ(digest(after("create-deployment-labelled")), d);
  Json stateful = after("create-deployment-labelled");
  stateful["kind"] = "StatefulSet";
  EXPECT_NE(digest(stateful), d) << "the same template in another kind is another rollout";
}

TEST(RolloutDigest, KeepsItsValueFromReleaseToRelease) {
  // Approved revisions outlive the program: a change here forbids every rollback in every cluster. Don't update; add r2.
  EXPECT_EQ(rollout_digest(*find_kind("apps", "Deployment"), doc(R"({"spec":{"template":{"spec":{"containers":[{"name":"a","image":"b"}]}}}})").root()),
            "r1:sha256:" + sha256_hex(R"({"group":"apps","kind":"Deployment","rollout":{"spec.template":[{"spec":{"containers":[{"image":"b","name":"a"}]}}]}})"));
}

TEST(RolloutDigest, EveryEditOfAnyFieldIsARolloutIfAndOnlyIfItIsInTheTemplate) {
  for (const Json& object : gated_objects()) {
    const Kind& kind = kind_of(object);
    const auto original = digest(object);
    int edits = 0, rollouts = 0;
    each_place(object, Pointer{}, [&](const Pointer& at, const Json& value) {
      if (at.empty() || at.to_string() == "/kind" || at.to_string() == "/apiVersion" || is_controllers(at)) return;
      const bool rollout = is_rollout(kind, at);
      const auto expect = [&](Json edited, const char* what, bool changes) {
        ++edits;
        rollouts += changes;
        EXPECT_EQ(digest(edited) != original, changes) << kind.kind << " " << what << " " << at.to_string();
      };
      Json edited = object;
      if (!value.is_structured() && !value.is_null()) {
        edited[at] = other_value(value);
        expect(edited, "changes", rollout);
      }
      if (value.is_object()) {
        edited = object;
        edited[at]["launchgate-test"] = "new";
        expect(edited, "gains a member in", rollout);
        edited[at]["launchgate-test"] = nullptr;
        expect(edited, "gains a null in", false);
      }
      if (value.is_array()) {
        edited = object;
        edited[at].push_back("new");
        expect(edited, "gains an element in", rollout);
        if (value.size() > 1 && value[0] != value[1]) {
          edited = object;
          std::swap(edited[at][0], edited[at][1]);
          expect(edited, "swaps two elements of", rollout);
        }
      }
      if (!value.empty() && !value.is_null() && !at.empty()) {
        edited = object;
        Json& parent = edited[at.parent_pointer()];
        if (!parent.is_object()) return;
        parent.erase(at.back());
        // It counts with the values in it that do: those in the template that no controller wrote.
        bool counts = false;
        each_place(value, at, [&](const Pointer& p, const Json& v) { counts |= is_rollout(kind, p) && !v.is_object() && !v.is_null() && !is_controllers(p); });
        expect(edited, "loses", counts);
      }
    });
    EXPECT_GT(edits, 10) << kind.kind;
    EXPECT_GE(rollouts, 1) << kind.kind;
  }
}

TEST(RolloutDigest, SpellingIsNoRollout) {
  for (const Json& object : gated_objects()) {
    const auto original = digest(object);
    // Keys the other way round, at every level.
    const std::function<Json(const Json&)> reversed = [&](const Json& v) -> Json {
      if (v.is_array()) {
        Json out = Json::array();
        for (const Json& e : v) out.push_back(reversed(e));
        return out;
      }
      if (!v.is_object()) return v;
      std::vector<std::pair<std::string, Json>> members;
      for (const auto& [key, child] : v.items()) members.emplace_back(key, reversed(child));
      Json out = Json::object();
      for (auto m = members.rbegin(); m != members.rend(); ++m) out[m->first] = m->second;
      return out;
    };
    EXPECT_EQ(digest(reversed(object)), original) << object["kind"] << ": keys reversed";
    // Numbers in other spellings of the same value. (dump writes them; then the text is changed.)
    std::string text = object.dump();
    for (const auto& [was, is] : {std::pair{"\":8080", "\":8.08e3"}, {"\":30,", "\":30.0,"}, {"\":1,", "\":1E0,"}, {"\":10,", "\":100e-1,"}})
      for (std::size_t i = 0; (i = text.find(was, i)) != std::string::npos; i += std::string_view{is}.size()) text.replace(i, std::string_view{was}.size(), is);
    EXPECT_EQ(rollout_digest(kind_of(object), doc(text).root()), original) << text;
  }
}

TEST(RolloutDigest, WhatControllersAndRestartsWriteIsNoRollout) {
  const Json object = after("create-deployment-labelled");
  const auto original = digest(object);
  const auto with = [&](const char* patch) {
    Json edited = object;
    edited.merge_patch(testing::yaml(patch));
    return digest(edited);
  };
  for (const char* patch : {
           "spec: {replicas: 9}",
           "spec: {paused: true}",
           "spec: {strategy: {type: Recreate}}",
           "spec: {revisionHistoryLimit: 3, minReadySeconds: 10, progressDeadlineSeconds: 60}",
           "metadata: {labels: {team: x}, annotations: {a: b}, generation: 7, resourceVersion: \"12\", finalizers: [x.dev/y]}",
           "metadata: {namespace: elsewhere, name: another}",
           "spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: \"2026-11-24T10:00:00Z\"}}}}",
           "spec: {template: {metadata: {labels: {pod-template-hash: 5c9f7}}}}",
           "spec: {template: {metadata: {labels: {controller-uid: a, job-name: b, batch.kubernetes.io/job-name: c, batch.kubernetes.io/controller-uid: d}}}}",
           "spec: {template: {metadata: {labels: {controller-revision-hash: web-7d}}}}",
           "spec: {template: {metadata: {creationTimestamp: \"2026-11-24T10:00:00Z\"}}}",
           "status: {replicas: 2}",
           "apiVersion: apps/v1",
       })
    EXPECT_EQ(with(patch), original) << patch;
  Json nulls = object;
  nulls["spec"]["template"]["metadata"]["creationTimestamp"] = nullptr;
  nulls["spec"]["template"]["spec"]["containers"][0]["command"] = nullptr;
  EXPECT_EQ(digest(nulls), original) << "nulls";
  for (const char* patch : {
           "spec: {template: {metadata: {labels: {app: other}}}}",
           "spec: {template: {metadata: {labels: {launchgate.dev/llm: \"false\"}}}}",
           "spec: {template: {metadata: {annotations: {restartedAt: now}}}}",
           "spec: {template: {metadata: {annotations: {sidecar.istio.io/inject: \"true\"}}}}",
           "spec: {template: {spec: {nodeSelector: {pod-template-hash: x}}}}",
           "spec: {template: {spec: {serviceAccountName: admin}}}",
           "spec: {template: {spec: {hostNetwork: true}}}",
           "spec: {template: {spec: {volumes: [{name: prompts, configMap: {name: other}}]}}}",
           "spec: {template: {spec: {initContainers: [{name: fetch, image: alpine}]}}}",
       })
    EXPECT_NE(with(patch), original) << patch;
}

TEST(RolloutDigest, TheEditsThatMatterAreRollouts) {
  const Json object = after("create-deployment-labelled");
  const auto original = digest(object);
  const std::vector<std::pair<const char*, std::function<void(Json&)>>> edits = {
      {"another image", [](Json& c) { c[0]["image"] = "registry.example.com/shop/faq-bot:v13"; }},
      {"another digest", [](Json& c) { c[0]["image"] = "registry.example.com/shop/faq-bot@sha256:0f1c0a7be8f4f4c0d1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f701"; }},
      {"another model", [](Json& c) { c[0]["env"][1]["value"] = "gpt-4.1-2025-04-14"; }},
      {"another prompt", [](Json& c) { c[0]["env"][2]["value"] = "v13"; }},
      {"one more variable", [](Json& c) { c[0]["env"].push_back({{"name", "TEMPERATURE"}, {"value", "1"}}); }},
      {"one variable less", [](Json& c) { c[0]["env"].erase(0); }},
      {"the key from elsewhere", [](Json& c) { c[0]["env"][0]["valueFrom"]["secretKeyRef"]["name"] = "other"; }},
      {"envFrom", [](Json& c) { c[0]["envFrom"] = {{{"configMapRef", {{"name", "x"}}}}}; }},
      {"arguments", [](Json& c) { c[1]["args"].push_back("--verbose"); }},
      {"a command", [](Json& c) { c[0]["command"] = {"python", "agent.py"}; }},
      {"a container more", [](Json& c) { c.push_back({{"name", "tool"}, {"image", "tool:1"}}); }},
      {"a container less", [](Json& c) { c.erase(1); }},
      {"containers change places", [](Json& c) { std::swap(c[0], c[1]); }},
      {"more memory", [](Json& c) { c[0]["resources"]["limits"]["memory"] = "1Gi"; }},
      {"privileged", [](Json& c) { c[0]["securityContext"]["privileged"] = true; }},
  };
  for (const auto& [what, edit] : edits) {
    Json edited = object;
    edit(edited["spec"]["template"]["spec"]["containers"]);
    EXPECT_NE(digest(edited), original) << what;
  }
}

struct RecordedUpdate {
  const char* name;
  bool rollout;
};

TEST(RolloutDigest, RecordedUpdatesOfARealApiServer) {
  constexpr RecordedUpdate updates[] = {
      {"update-deployment-image", true},
      {"update-deployment-set-env-model-and-prompt", true},
      {"update-deployment-server-side-apply-new-template", true},
      {"update-deployment-rollout-undo", true},
      {"update-deployment-dry-run", false},
      {"update-deployment-annotation-only", false},
      {"update-deployment-label-only", false},
      {"update-deployment-rollout-restart", false},
      {"update-deployment-rollout-pause", false},
      {"update-deployment-add-finalizer", false},
  };
  const Kind& deployment = *find_kind("apps", "Deployment");
  for (const RecordedUpdate& u : updates) {
    const auto request = recorded(u.name);
    const Node old = request.change.before, now = request.change.after;
    EXPECT_EQ(!same_rollout(deployment, old, now), u.rollout) << u.name;
    EXPECT_EQ(rollout_digest(deployment, old) != rollout_digest(deployment, now), u.rollout) << u.name << ": the quick comparison and the digests agree";
  }
  // Each recorded file stands in the table above, but for the scale subresource, whose objects are no Deployments.
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator{testing::in_source("tests/data/admission-reviews")})
    files += file.path().filename().string().rfind("update-", 0) == 0;
  EXPECT_EQ(files, std::size(updates) + 1);
}

TEST(RolloutDigest, UndoLeadsBackToAnEarlierDigest) {
  const auto undone = digest(after("update-deployment-rollout-undo"));
  EXPECT_NE(undone, digest(before("update-deployment-rollout-undo")));
  std::vector<std::string> earlier{digest(after("create-deployment-labelled"))};
  for (const char* name : {"update-deployment-image", "update-deployment-set-env-model-and-prompt", "update-deployment-label-only", "update-deployment-annotation-only",
                           "update-deployment-rollout-restart"})
    earlier.push_back(digest(before(name))), earlier.push_back(digest(after(name)));
  EXPECT_NE(std::find(earlier.begin(), earlier.end(), undone), earlier.end());
}

// Values of a map were taken in the order of the text and without their keys.
TEST(RolloutDigest, AMapHasNoOrderAndItsKeysCount) {
  const Kind kind{.group = "acme.dev", .kind = "Graph", .plural = "graphs", .rollout = "spec.services{*}.template"};
  const auto services = [&](const char* json) { return doc(std::string{R"({"spec":{"services":)"} + json + "}}"); };
  const Doc one = services(R"({"a":{"template":{"image":"x"}},"b":{"template":{"image":"z"},"replicas":1}})");
  const auto same_as_one = [&](const char* json) {
    const Doc other = services(json);
    EXPECT_EQ(same_rollout(kind, one.root(), other.root()), rollout_digest(kind, one.root()) == rollout_digest(kind, other.root())) << json;
    return same_rollout(kind, one.root(), other.root());
  };
  EXPECT_TRUE(same_as_one(R"({"b":{"replicas":7,"template":{"image":"z"}},"a":{"template":{"image":"x"}}})")) << "another order";
  EXPECT_FALSE(same_as_one(R"({"a":{"template":{"image":"z"}},"b":{"template":{"image":"x"}}})")) << "they change places";
  EXPECT_FALSE(same_as_one(R"({"b":{"template":{"image":"x"}},"a":{"template":{"image":"z"}}})")) << "they change names";
  EXPECT_FALSE(same_as_one(R"({"a":{"template":{"image":"x"}},"c":{"template":{"image":"z"}}})")) << "one is called otherwise";
  EXPECT_FALSE(same_as_one(R"({"a":{"template":{"image":"x"}}})")) << "one is gone";
  EXPECT_FALSE(same_as_one("[]"));
}

TEST(RolloutDigest, SameRolloutIsCheapAndTotal) {
  const Kind& deployment = *find_kind("apps", "Deployment");
  const Doc some = doc_of(after("create-deployment-labelled")), empty = doc("{}"), odd = doc(R"({"spec":{"template":[1,2]}})");
  EXPECT_TRUE(same_rollout(deployment, some.root(), some.root()));
  EXPECT_FALSE(same_rollout(deployment, empty.root(), some.root()));
  EXPECT_FALSE(same_rollout(deployment, some.root(), Node{}));
  EXPECT_FALSE(same_rollout(deployment, some.root(), odd.root()));
  EXPECT_TRUE(same_rollout(deployment, odd.root(), odd.root()));
}

// ---- The review's digest. ----

Json base_spec() {
  for (const Json& object : testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml"))))
    if (object["kind"] == "ReadinessReview") return object["spec"];
  ADD_FAILURE();
  return {};
}
std::string reviewed(const Json& spec) { return review_digest(doc_of(spec).root()); }

bool is_operational(const Pointer& at) {
  const auto text = at.to_string();
  for (const char* path : {"/declaredTier", "/suspend", "/expiresAt", "/ownership/incidents/contact", "/observability/dashboards"})
    if (text.rfind(path, 0) == 0) return true;
  return false;
}

TEST(ReviewDigest, EveryAnswerCountsButTheOperationalOnes) {
  Json spec = base_spec();
  spec["useCase"]["tools"] = testing::yaml("[{name: find, effect: read, reversibility: read-only, approval: none}]");
  const auto original = reviewed(spec);
  EXPECT_EQ(original.substr(0, 10), "v1:sha256:");
  int edits = 0;
  each_place(spec, Pointer{}, [&](const Pointer& at, const Json& value) {
    if (at.empty()) return;
    Json edited = spec;
    const auto expect = [&](const char* what, bool changes) {
      ++edits;
      EXPECT_EQ(reviewed(edited) != original, changes) << what << " " << at.to_string();
    };
    if (!value.is_structured()) {
      edited[at] = other_value(value);
      expect("changes", !is_operational(at));
    }
    if (value.is_array()) {
      edited = spec;
      edited[at].push_back("new");
      expect("gains an element in", !is_operational(at));
    }
    edited = spec;
    if (Json& parent = edited[at.parent_pointer()]; parent.is_object() && !value.empty()) {
      parent.erase(at.back());
      expect("loses", !is_operational(at));
    }
  });
  EXPECT_GT(edits, 300);
}

TEST(ReviewDigest, OperationalFieldsDoNotVoidAnApproval) {
  const Json spec = base_spec();
  const auto original = reviewed(spec);
  for (const char* patch : {
           "declaredTier: critical",
           "suspend: true",
           "suspend: false",
           "expiresAt: null",
           "expiresAt: \"2030-01-01T00:00:00Z\"",
           "ownership: {incidents: {contact: opsgenie/assistant}}",
           "observability: {dashboards: null}",
           "observability: {dashboards: [{ref: grafanadashboard/other, url: \"https://grafana.example.com/d/2\"}]}",
       }) {
    Json edited = spec;
    edited.merge_patch(testing::yaml(patch));
    EXPECT_EQ(reviewed(edited), original) << patch;
  }
}

TEST(ReviewDigest, IsOfTheResolvedSpecWhereverAValueStands) {
  const char* review = "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: ns}, spec: ";
  const auto of = [&](std::string yaml) { return testing::world(yaml)->reviews.at(0)->digest; };
  const auto whole = of(std::string{review} + "{covers: [{kind: Deployment, name: d}], ownership: {team: a}, latency: {maxRetries: 2}}}");
  const char* profile = "\n---\n{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessProfile, metadata: {name: p, namespace: ns}, spec: {latency: {maxRetries: 2}}}";
  EXPECT_EQ(of(std::string{review} + "{profileRef: {name: p}, covers: [{kind: Deployment, name: d}], ownership: {team: a}}}" + profile), whole)
      << "moved to a profile";
  EXPECT_EQ(of(std::string{review} + "{covers: [{kind: Deployment, name: d}], ownership: {team: a}}}" +
               "\n---\n{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {defaults: {latency: {maxRetries: 2.0}}}}"),
            whole)
      << "moved to a policy's defaults";
  EXPECT_NE(of(std::string{review} + "{profileRef: {name: p}, covers: [{kind: Deployment, name: d}], ownership: {team: a}}}"), whole)
      << "the profile is not there";
  EXPECT_NE(of(std::string{review} + "{profileRef: {name: p}, covers: [{kind: Deployment, name: d}], ownership: {team: a}, latency: {maxRetries: 3}}}" + profile), whole)
      << "the review wins";
}

TEST(ReviewDigest, ApprovalsOfTheExamplesAreOfTheirReviews) {
  const auto all = testing::objects_below(testing::in_source("examples"), "/broken/");
  const auto world = testing::world_of(all);
  int approvals = 0;
  for (const SourceObject& o : all) {
    const Node root = o.object->root();
    if (root["kind"].text() != "ReadinessApproval") continue;
    ++approvals;
    for (const auto& r : world->reviews)
      if (r->ns == root["metadata"]["namespace"].text() && r->name == root["spec"]["review"].text()) {
        EXPECT_EQ(root["spec"]["reviewDigest"].text(), r->digest) << o.file << ": the review was changed after it was approved";
      }
  }
  EXPECT_GE(approvals, 3);
}

TEST(Sha256, IsSha256) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

}  // namespace
}  // namespace launchgate
