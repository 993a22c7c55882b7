#include "edge/kube/mirror.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "unit/edge/kube/support.h"

namespace launchgate::kube {
namespace {

using test::Asked;
using test::Say;
using test::ScriptedServer;
using testing::Contains;
using testing::HasSubstr;

Doc json(const std::string& text) {
  auto doc = read_json(text);
  EXPECT_TRUE(doc) << text;
  return std::move(*doc);
}

struct Kept {
  Reviewed reviewed;
  int changes = 0;
  Collection collection;
  explicit Kept(Keep keep, Resource resource = kReviews) : collection(std::move(resource), keep, reviewed, [this] { ++changes; }) {}
  void upsert(const std::string& text) { collection.upsert(json(text).root()); }
  World world() const {
    World out;
    collection.add_to(out);
    return out;
  }
};

std::string review(int version, const std::string& spec) {
  return R"({"metadata":{"name":"a","namespace":"shop","resourceVersion":")" + std::to_string(version) + R"("},"spec":)" + spec + "}";
}
const char* kGood = R"({"covers":[{"kind":"Deployment","name":"a"}]})";
const char* kBad = R"({"covers":[{"kind":"Deployment","labelSelector":{"matchExpressions":[{"key":"a","operator":"Near"}]}}]})";

TEST(Collection, tells_of_changes_that_the_judgement_sees_and_of_no_others) {
  Kept kept{Keep::Whole};
  kept.upsert(review(1, kGood));
  EXPECT_EQ(kept.changes, 1);
  kept.upsert(review(2, kGood));
  EXPECT_EQ(kept.changes, 1) << "only its version has moved";
  kept.upsert(review(3, R"({"covers":[{"kind":"Deployment","name":"b"}]})"));
  EXPECT_EQ(kept.changes, 2);
}

TEST(Collection, a_broken_review_keeps_its_last_good_version_and_says_so) {
  Kept kept{Keep::Whole};
  kept.upsert(review(1, kGood));
  kept.upsert(review(2, kBad));
  const World world = kept.world();
  ASSERT_EQ(world.reviews.size(), 1u);
  EXPECT_EQ(world.reviews[0]->covers[0].name, "a");
  ASSERT_EQ(world.problems.size(), 1u);
  EXPECT_THAT(world.problems[0].text(), HasSubstr("ReadinessReview shop/a"));
  kept.upsert(review(3, kGood));
  EXPECT_TRUE(kept.world().problems.empty());
}

TEST(Collection, a_look_up_is_believed_where_it_is_newer) {
  Kept kept{Keep::Whole};
  kept.upsert(review(5, kGood));
  kept.collection.offer(json(review(4, R"({"covers":[{"kind":"Deployment","name":"old"}]})")).root());
  EXPECT_EQ(kept.world().reviews[0]->covers[0].name, "a");
  kept.collection.offer(json(review(6, R"({"covers":[{"kind":"Deployment","name":"new"}]})")).root());
  EXPECT_EQ(kept.world().reviews[0]->covers[0].name, "new");
  kept.upsert(review(5, kGood));
  EXPECT_EQ(kept.world().reviews[0]->covers[0].name, "new") << "the watch is behind for a moment";
  kept.collection.remove(json(review(7, kGood)).root());
  kept.collection.offer(json(review(6, kGood)).root());
  EXPECT_TRUE(kept.world().reviews.empty()) << "what is gone does not come back from an old answer";
}

TEST(Collection, a_list_takes_away_what_it_does_not_name) {
  Kept kept{Keep::Whole};
  kept.upsert(review(1, kGood));
  kept.collection.replace_begin();
  EXPECT_EQ(kept.collection.size(), 1u) << "until it has ended";
  kept.collection.replace_end();
  EXPECT_EQ(kept.collection.size(), 0u);
  EXPECT_EQ(kept.changes, 2);
}

TEST(Collection, keeps_references_where_reviews_stand_only) {
  Kept kept{Keep::Reference, kConfigMaps};
  const std::string map = R"({"metadata":{"name":"m","namespace":"shop","resourceVersion":"1"},"data":{"a":"b"}})";
  kept.upsert(map);
  EXPECT_EQ(kept.collection.size(), 0u);
  EXPECT_THAT(kept.reviewed.replace({"shop"}), Contains("shop"));
  kept.collection.offer(json(map).root(), true);
  ASSERT_EQ(kept.world().objects.size(), 1u);
  EXPECT_EQ(kept.world().objects[0]->kind, "ConfigMap");
  EXPECT_EQ(kept.world().objects[0]->object->root()["data"]["a"].text(), "b");
}

TEST(Collection, keeps_a_skeleton_of_what_is_no_llm_workload) {
  Kept kept{Keep::Workload, {"apps", "v1", "deployments", "Deployment"}};
  const auto deployment = [](const std::string& image) {
    return R"({"metadata":{"name":")" + image.substr(0, 4) + R"(","namespace":"shop","uid":"u","resourceVersion":"1"},"spec":{"template":{"spec":{"containers":[{"name":"c","image":")" + image + R"("}]}}}})";
  };
  kept.upsert(deployment("nginx:1"));
  kept.upsert(deployment("vllm/vllm-openai:v0.9.0"));
  for (const auto& object : kept.world().objects) {
    EXPECT_EQ(object->uid, "u");
    EXPECT_EQ(static_cast<bool>(object->object->root()["spec"]), object->name == "vllm");
  }
}

// A small API server: our kinds and Deployments, everything else is not there.
Say serve(const Asked& asked, const std::atomic<bool>& crds) {
  const auto verbs = R"("verbs":["list","watch"])";
  const auto resource = [&](const char* plural, const char* kind) {
    return std::string{R"({"resource":")"} + plural + R"(","responseKind":{"kind":")" + kind + R"("},"scope":"Namespaced",)" + verbs + "}";
  };
  if (asked.target == "/api")
    return Say::json(R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[)" + resource("configmaps", "ConfigMap") + "]}]}]}");
  if (asked.target == "/apis")
    return Say::json(R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[)" + resource("deployments", "Deployment") + "]}]}]}");
  const std::string end = R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9","annotations":{"k8s.io/initial-events-end":"true"}}}})";
  if (asked.has("launchgate.dev") && !crds) return Say::status(404, "NotFound");
  if (asked.has("/readinessreviews?watch"))
    return Say::events({R"({"type":"ADDED","object":)" + review(1, kGood) + "}", end});
  if (asked.has("/configmaps?watch"))
    return Say::events({R"({"type":"ADDED","object":{"metadata":{"name":"m","namespace":"shop","resourceVersion":"1"}}})", end});
  if (asked.has("/namespaces/shop/readinessreviews?"))
    return Say::json(R"({"metadata":{"resourceVersion":"20"},"items":[)" + review(20, R"({"covers":[{"kind":"Deployment","name":"late"}]})") + "]}");
  if (asked.has("/namespaces/shop/")) return Say::json(R"({"metadata":{"resourceVersion":"20"},"items":[]})");
  return Say::events({end});
}

struct Following {
  std::atomic<bool> crds{true};
  ScriptedServer server{[this](const Asked& asked) { return serve(asked, crds); }};
  Client client{cluster_at(server.port())}, lookups{cluster_at(server.port())};
  std::atomic<int> changes{0};
  Mirror mirror;
  Following() : mirror(client, lookups, options(), [this] { ++changes; }) {}
  static MirrorOptions options() {
    MirrorOptions out;
    out.reflector.absent = 50ms;
    out.reflector.first_backoff = 10ms;
    return out;
  }
};

TEST(Mirror, holds_the_world_once_everything_is_listed) {
  Following f;
  EXPECT_FALSE(f.mirror.waiting().empty()) << "before it has begun";
  f.mirror.start();
  ASSERT_TRUE(soon([&] { return f.mirror.waiting().empty(); }));
  const World world = f.mirror.world();
  ASSERT_EQ(world.reviews.size(), 1u);
  ASSERT_EQ(world.objects.size(), 1u) << "the ConfigMap of the namespace that has a review";
  EXPECT_GT(f.changes, 0);
  EXPECT_TRUE(f.mirror.stale(60s).empty());
  EXPECT_FALSE(f.mirror.stale(0ms).empty());
}

TEST(Mirror, waits_for_its_crds_and_says_so) {
  Following f;
  f.crds = false;
  f.mirror.start();
  ASSERT_TRUE(soon([&] {
    const auto waiting = f.mirror.waiting();
    return !waiting.empty() && waiting[0].find("is the CRD installed") != std::string::npos;
  }));
  EXPECT_THAT(f.mirror.waiting()[0], HasSubstr("readinessreviews.launchgate.dev"));
  f.crds = true;
  EXPECT_TRUE(soon([&] { return f.mirror.waiting().empty(); }));
}

TEST(Mirror, a_look_up_finds_what_the_watch_has_not_brought_yet) {
  Following f;
  f.mirror.start();
  ASSERT_TRUE(soon([&] { return f.mirror.waiting().empty(); }));
  const int before = f.changes;
  EXPECT_TRUE(f.mirror.look_up("shop", {}, 2s));
  EXPECT_EQ(f.mirror.world().reviews[0]->covers[0].name, "late");
  EXPECT_GT(f.changes, before);
}

}  // namespace
}  // namespace launchgate::kube
