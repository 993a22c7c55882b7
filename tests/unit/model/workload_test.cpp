// A workload's view of its object: the places that matter, found through the kinds table.
#include "model/workload.h"

#include <gtest/gtest.h>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;

TEST(Workload, FindsItsPods) {
  const Doc deployment = doc(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d","namespace":"s","labels":{"a":"b"},"annotations":{"c":"d"}},
    "spec":{"template":{"metadata":{"labels":{"x":"z"}},"spec":{"containers":[{"name":"one"},{"name":"two"}],"initContainers":[{"name":"init"}]}}}})");
  const Workload w = Workload::view(deployment.root());
  ASSERT_NE(w.kind, nullptr);
  EXPECT_EQ(w.reference(), "Deployment s/d");
  EXPECT_EQ(w.label("a"), "b");
  EXPECT_EQ(w.label("none"), "");
  EXPECT_EQ(w.annotations["c"].text(), "d");
  ASSERT_EQ(w.pods.size(), 1u);
  EXPECT_EQ(w.pods[0].metadata["labels"]["x"].text(), "z");
  ASSERT_EQ(w.pods[0].containers.size(), 2u);
  EXPECT_EQ(w.pods[0].containers[1]["name"].text(), "two");
  ASSERT_EQ(w.pods[0].init_containers.size(), 1u);
}

TEST(Workload, OfEveryCoreKind) {
  const std::pair<const char*, const char*> rows[] = {
      {"apps/v1 StatefulSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"apps/v1 DaemonSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"apps/v1 ReplicaSet", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"batch/v1 Job", R"("spec":{"template":{"spec":{"containers":[{"name":"c"}]}}})"},
      {"batch/v1 CronJob", R"("spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"c"}]}}}}})"},
      {"v1 Pod", R"("spec":{"containers":[{"name":"c"}]})"},
  };
  for (const auto& [what, spec] : rows) {
    const std::string text = what, version = text.substr(0, text.find(' ')), kind = text.substr(text.find(' ') + 1);
    const Doc d = doc("{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind + "\"," + spec + "}");
    const Workload w = Workload::view(d.root());
    ASSERT_NE(w.kind, nullptr) << what;
    ASSERT_EQ(w.pods.size(), 1u) << what;
    ASSERT_EQ(w.pods[0].containers.size(), 1u) << what;
  }
}

TEST(Workload, TheRequestKnowsNameAndNamespaceBetter) {
  const Doc d = doc(R"({"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"eval-"}})");
  EXPECT_EQ(Workload::view(d.root()).reference(), "Job eval-");
  EXPECT_EQ(Workload::view(d.root(), "shop", "eval-7x").reference(), "Job shop/eval-7x");
}

TEST(Workload, OddShapes) {
  for (const char* json : {R"({"apiVersion":"apps/v1","kind":"Deployment"})", R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":7,"spec":[]})",
                           R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[1,null,"x",[],{}],"initContainers":{"a":1}}}}})"}) {
    const Doc d = doc(json);
    const Workload w = Workload::view(d.root());
    EXPECT_NE(w.kind, nullptr) << json;
    for (const PodView& pod : w.pods) EXPECT_LE(pod.containers.size(), 1u) << json << ": only what is an object is a container";
  }
  for (const char* json : {"7", "[]", "null", "{}", R"({"kind":"Deployment"})", R"({"apiVersion":7,"kind":[]})"}) {
    const Doc d = doc(json);
    EXPECT_EQ(Workload::view(d.root()).kind, nullptr) << json;
  }
}

TEST(Workload, ItsController) {
  const auto controller = [](const char* owners) {
    const Doc d = doc(std::string{R"({"metadata":{"ownerReferences":)"} + owners + "}}");
    return std::string{controller_of(d.root())["name"].text()};
  };
  EXPECT_EQ(controller(R"([{"name":"a"},{"name":"b","controller":true},{"name":"c","controller":true}])"), "b");
  EXPECT_EQ(controller(R"([{"name":"a","controller":false}])"), "");
  EXPECT_EQ(controller(R"([{"name":"a","controller":"true"}])"), "") << "a text is no boolean";
  for (const char* odd : {"[]", "null", "7", R"({"name":"a","controller":true})", "[null,7,[]]"}) EXPECT_EQ(controller(odd), "") << odd;
}

}  // namespace
}  // namespace launchgate
