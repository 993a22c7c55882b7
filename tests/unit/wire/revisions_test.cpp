// Approved revisions: what is recorded, what is kept, and what goes.
#include "wire/revisions.h"

#include <gtest/gtest.h>

#include "support/world.h"
#include "wire/status.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using testing::time_at;

TimePoint day(int n) { return time_at("2026-11-24T12:00:00Z") + std::chrono::hours{24 * n}; }

// A review and its Deployment through time: each look sees the status of the one before.
class Ledger {
 public:
  Ledger() { story.review("metadata: {generation: 1}").workload("{metadata: {generation: 1}, status: {observedGeneration: 1}}"); }
  Ledger& image(int n) {
    story.workload("spec: {template: {metadata: {annotations: {build: \"" + std::to_string(n) + "\"}}}}");
    return *this;
  }
  void look(int n) {
    const Doc before = testing::doc_of(status);
    const Snapshot& world = story.world();
    // What the review's status says is what the judgement knows.
    story.review("status: {approvedRevisions: " + (status.contains("approvedRevisions") ? status["approvedRevisions"].dump() : "[]") + "}");
    const Snapshot& current = story.world();
    (void)world;
    status = testing::json(review_status(current, examine(current, *current.reviews.front(), day(n)), before.root(), day(n)).root());
  }
  std::string said() const {
    std::string out;
    for (const Json& r : status["approvedRevisions"])
      out += r["firstAdmitted"].get<std::string>().substr(5, 5) + " to " + r["lastSeen"].get<std::string>().substr(5, 5) + (r.contains("baseline") ? " baseline" : "") + "; ";
    return out;
  }
  std::string condition(const std::string& type) const {
    for (const Json& c : status["conditions"])
      if (c["type"] == type) return c["status"].get<std::string>() + " " + c["reason"].get<std::string>();
    return "absent";
  }
  Story story;
  Json status = Json::object();
};

TEST(ApprovedRevisions, WhatRunsAndIsAdmittedIsRecorded) {
  Ledger l;
  l.look(0);
  EXPECT_EQ(l.said(), "11-24 to 11-24; ");
  EXPECT_EQ(l.condition("Drifted"), "False Admitted");
  l.image(2).look(3);
  EXPECT_EQ(l.said(), "11-24 to 11-27; 11-27 to 11-27; ") << "the first ran until it was replaced";
  l.image(3).look(4);
  EXPECT_EQ(l.said(), "11-24 to 11-27; 11-27 to 11-28; 11-28 to 11-28; ");
}

TEST(ApprovedRevisions, NotBeforeItsControllerHasTakenItUp) {
  Ledger l;
  l.story.workload("{metadata: {generation: 2}}");
  l.look(0);
  EXPECT_EQ(l.said(), "");
  EXPECT_EQ(l.condition("Drifted"), "False Admitted");
  l.story.workload("{status: {observedGeneration: 2}}");
  l.look(0);
  EXPECT_EQ(l.said(), "11-24 to 11-24; ");
}

TEST(ApprovedRevisions, WhatRanBeforeLaunchgateCameIsTakenAsItStands) {
  Ledger l;
  l.story.review("spec: {cost: {budget: null}}");
  l.look(0);
  EXPECT_EQ(l.said(), "11-24 to 11-24 baseline; ");
  EXPECT_EQ(l.condition("Ready"), "False GatesFail");
  EXPECT_EQ(l.condition("Drifted"), "False Admitted");
}

TEST(ApprovedRevisions, WhatCameInUnadmittedIsNotRecordedAndIsDrift) {
  Ledger l;
  l.look(0);
  l.story.review("spec: {cost: {budget: null}}");
  l.image(2).look(1);
  EXPECT_EQ(l.said(), "11-24 to 11-25; ");
  EXPECT_EQ(l.condition("Drifted"), "True NotAdmitted");
  l.story.review("spec: {cost: {budget: {amount: 5000, currency: EUR, period: month}}}");
}

TEST(ApprovedRevisions, WhatComesInWhileTheReviewIsSuspendedIsNotAdmitted) {
  Ledger l;
  l.look(0);
  l.story.review("spec: {suspend: true}");
  l.image(2).look(1);
  EXPECT_EQ(l.said(), "11-24 to 11-25; ");
  EXPECT_EQ(l.condition("Drifted"), "True NotAdmitted");
}

TEST(ApprovedRevisions, StayAcrossEditsOfTheReview) {
  Ledger l;
  l.look(0);
  l.story.review("{metadata: {generation: 2}, spec: {expiresAt: \"2026-11-01T00:00:00Z\", cost: {budget: null}}}");
  l.look(1);
  EXPECT_EQ(l.said(), "11-24 to 11-25; ");
  EXPECT_EQ(l.condition("Drifted"), "False Admitted");
}

TEST(ApprovedRevisions, TenForEachWorkloadAndNeverTheOneThatRuns) {
  Ledger l;
  for (int n = 0; n < 14; ++n) l.image(n).look(n);
  EXPECT_EQ(l.status["approvedRevisions"].size(), kRevisionsEach);
  EXPECT_TRUE(l.said().starts_with("11-28 to 11-29; ")) << l.said();
  // Back to the oldest that is left, and on again: it runs, and stays.
  l.image(4).look(20);
  for (int n = 21; n < 23; ++n) l.image(100 + n).look(n);
  EXPECT_EQ(l.status["approvedRevisions"].size(), kRevisionsEach);
  EXPECT_TRUE(l.said().starts_with("11-28 to 12-15; ")) << "it ran until the 21st day: " << l.said();
  l.image(4).look(30);
  for (const Json& r : l.status["approvedRevisions"]) {
    if (r["digest"] == l.status["workloads"][0]["digest"]) return;
  }
  ADD_FAILURE() << "what runs was dropped: " << l.said();
}

TEST(ApprovedRevisions, OfWorkloadsThatAreGoneTheLastOnesAreKept) {
  Ledger l;
  Json gone = Json::array();
  for (int n = 0; n < 60; ++n)
    gone.push_back({{"workload", {{"kind", "Job"}, {"name", "job-" + std::to_string(n)}}},
                    {"digest", "r1:sha256:" + std::string(62, '0') + std::to_string(10 + n)},
                    {"firstAdmitted", format_time(day(-100 + n))},
                    {"lastSeen", format_time(day(-100 + n))}});
  l.status = {{"observedGeneration", 1}, {"approvedRevisions", gone}};
  l.look(0);
  std::size_t jobs = 0, oldest = 100;
  for (const Json& r : l.status["approvedRevisions"]) {
    if (r["workload"]["kind"] != "Job") continue;
    ++jobs;
    oldest = std::min<std::size_t>(oldest, std::stoul(r["workload"]["name"].get<std::string>().substr(4)));
  }
  EXPECT_EQ(jobs, kGoneWorkloads);
  EXPECT_EQ(oldest, 60 - kGoneWorkloads);
}

TEST(IsObserved, ByTheGenerationWhereTheKindReportsIt) {
  const auto observed = [](const char* group, const char* kind, const char* object) {
    const Doc doc = testing::doc(object);
    return is_observed(*find_kind(group, kind), doc.root());
  };
  EXPECT_TRUE(observed("apps", "Deployment", R"({"metadata":{"generation":3},"status":{"observedGeneration":3}})"));
  EXPECT_FALSE(observed("apps", "Deployment", R"({"metadata":{"generation":3},"status":{"observedGeneration":2}})"));
  EXPECT_FALSE(observed("apps", "Deployment", R"({"metadata":{"generation":1}})"));
  EXPECT_TRUE(observed("batch", "CronJob", R"({"metadata":{"generation":1}})"));
  EXPECT_TRUE(observed("", "Pod", R"({"metadata":{}})"));
}

TEST(ApprovedRevisions, APauseBeforeTheControllerHasTakenItUpDoesNotLoseIt) {
  Ledger l;
  l.look(0);
  l.image(2).story.workload("{metadata: {generation: 2}, status: {observedGeneration: 1}}");
  l.look(1);
  EXPECT_EQ(l.said(), "11-24 to 11-25; ") << "nobody has taken up the second yet";
  l.story.review("{metadata: {generation: 2}, spec: {suspend: true}}");
  l.story.workload("status: {observedGeneration: 2}");
  l.look(2);
  EXPECT_EQ(l.said(), "11-24 to 11-25; 11-26 to 11-26; ");
}

TEST(ApprovedRevisions, WhatCameDuringAPausePastTheWebhookIsNotRecordedHoweverOftenItIsSeen) {
  Ledger l;
  l.look(0);
  l.story.review("{metadata: {generation: 2}, spec: {suspend: true}}");
  l.look(1);
  l.image(2);
  for (int n = 2; n < 5; ++n) {
    l.look(n);
    EXPECT_EQ(l.said(), "11-24 to 11-26; ");
    EXPECT_EQ(l.condition("Drifted"), "True NotAdmitted");
  }
}

// An InferenceService and the ServingRuntime that it names, whose image is another one in `build`.
std::string served(int build, int generation, const Json& status) {
  return "{apiVersion: v1, kind: Namespace, metadata: {name: team}}\n---\n"
         "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: p}, spec: {mode: audit}}\n---\n"
         "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r, namespace: team, generation: " + std::to_string(generation) + "}, spec: {covers: [{kind: InferenceService, name: llm}]}, status: " + status.dump() + "}\n---\n"
         "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: llm, namespace: team}, spec: {predictor: {model: {runtime: vllm, modelFormat: {name: vLLM}, storageUri: 'hf://a/b'}}}}\n---\n"
         "{apiVersion: serving.kserve.io/v1alpha1, kind: ServingRuntime, metadata: {name: vllm, namespace: team}, spec: {containers: [{name: kserve-container, image: 'vllm/vllm-openai:v" + std::to_string(build) + "'}]}}";
}

TEST(ApprovedRevisions, AModelThatChangesWithNoWorkloadWriteIsADriftUntilTheReviewIsWrittenAnew) {
  Json status = Json::object();
  const auto look = [&](int build, int generation) {
    const auto world = testing::world(served(build, generation, status));
    const Doc before = testing::doc_of(status);
    status = testing::json(review_status(*world, examine(*world, *world->reviews.front(), day(0)), before.root(), day(0)).root());
    for (const Json& c : status["conditions"])
      if (c["type"] == "Drifted") return c["status"].get<std::string>() + " " + c["reason"].get<std::string>() + ": " + c["message"].get<std::string>();
    return std::string{"absent"};
  };
  EXPECT_EQ(look(1, 1), "False Admitted: what runs was admitted");
  EXPECT_EQ(look(1, 1), "False Admitted: what runs was admitted");
  EXPECT_EQ(look(2, 1), "True DependencyChanged: what InferenceService llm depends on (ServingRuntime team/vllm) has changed since it was admitted: look at the review again, and write it anew");
  EXPECT_EQ(look(2, 1).substr(0, 4), "True") << "it does not forget";
  EXPECT_EQ(look(1, 1).substr(0, 5), "False") << "and back";
  EXPECT_EQ(look(2, 2).substr(0, 5), "False") << "somebody has looked";
  EXPECT_EQ(look(2, 2).substr(0, 5), "False");
}

}  // namespace
}  // namespace launchgate
