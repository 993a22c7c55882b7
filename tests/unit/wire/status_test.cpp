// The status of reviews and policies, as it is written: golden files, and what may and may not change in it.
#include "wire/status.h"

#include <gtest/gtest.h>

#include "support/golden.h"
#include "support/world.h"
#include "wire/decode.h"
#include "wire/schema.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::Story;
using testing::time_at;

const TimePoint kNow = time_at("2026-11-24T12:00:00Z");

Json status_of(const Snapshot& world, const Json& before = Json::object(), TimePoint now = kNow) {
  const Doc held = testing::doc_of(before);
  const Examination e = examine(world, *world.reviews.front(), now);
  return testing::json(review_status(world, e, held.root(), now).root());
}

// The Deployment as a cluster has it: seen by its controller.
constexpr const char* kRuns = "{metadata: {generation: 3}, status: {observedGeneration: 3}}";

Story running() {
  Story story;
  story.review("metadata: {generation: 2}").workload(kRuns);
  return story;
}

std::string valid(const Json& status) {
  const Json object{{"apiVersion", "launchgate.dev/v1alpha1"}, {"kind", "ReadinessReview"}, {"metadata", {{"name", "r"}, {"namespace", "n"}}}, {"spec", {{"covers", Json::array({{{"kind", "Job"}, {"name", "j"}}})}}}, {"status", status}};
  const Doc doc = testing::doc_of(object);
  const SchemaReport report = validate(doc.root());
  std::string out;
  for (const Error& e : report.errors) out += e.text() + "\n";
  for (const Error& e : report.unknown) out += "unknown " + e.text() + "\n";
  return out;
}

// "Ready=True GatesPass": one condition of a status.
std::string condition(const Json& status, const std::string& type) {
  for (const Json& c : status["conditions"])
    if (c["type"] == type) return c["status"].get<std::string>() + " " + c["reason"].get<std::string>();
  return "absent";
}
std::string message(const Json& status, const std::string& type) {
  for (const Json& c : status["conditions"])
    if (c["type"] == type) return c["message"];
  return "absent";
}

// What a waiver excuses is counted as it is, and as it would be.
TEST(ReviewStatus, CountsBeforeAndAfterWaivers) {
  Story story = running();
  story.review("{spec: {cost: {quota: null}}}").policy("{tierFloors: [{minTier: high, reason: the test}]}")
      .with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessWaiver, metadata: {name: w, namespace: team}, spec: {review: assistant, gates: [PRR-COST-02], reason: The gateway gets its quota policy "
            "soon, approver: kim@example.com, until: \"2026-12-01\"}}");
  const Json status = status_of(story.world());
  EXPECT_EQ(valid(status), "");
  EXPECT_EQ(status["counts"]["waived"], 1);
  EXPECT_EQ(status["countsBeforeWaivers"]["waived"], 0);
  EXPECT_EQ(status["countsBeforeWaivers"]["fail"], status["counts"]["fail"].get<int>() + 1);
  EXPECT_EQ(status["countsBeforeWaivers"]["pass"], status["counts"]["pass"]);
}

// ---- Golden files. ----

TEST(ReviewStatus, OfAReviewWhoseWorkloadRunsAndPasses) {
  Story story = running();
  const Json status = status_of(story.world());
  EXPECT_EQ(valid(status), "");
  testing::expect_golden("status/review-passes.json", status.dump(1) + "\n");
}

TEST(ReviewStatus, OfAReviewThatFails) {
  Story story = running();
  story.review("spec: {cost: {budget: null}, ownership: {team: null}, expiresAt: \"2026-11-01T00:00:00Z\", declaredTier: low}")
      .policy("{gates: {PRR-OWN-01: {enforceFrom: \"2026-12-01\"}}}");
  const Json status = status_of(story.world());
  EXPECT_EQ(valid(status), "");
  testing::expect_golden("status/review-fails.json", status.dump(1) + "\n");
}

TEST(ReviewStatus, OfAReviewWhoseWorkloadDoesNotExistYet) {
  Story story;
  story.review("metadata: {generation: 1}").workload("metadata: {name: other}");
  const Json status = status_of(story.world());
  EXPECT_EQ(valid(status), "");
  testing::expect_golden("status/review-alone.json", status.dump(1) + "\n");
}

TEST(PolicyStatus, OfAPolicyWithThingsThatNobodyKnows) {
  auto read = read_source("policies.yaml", R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: a, generation: 4},
 spec: {namespaceSelector: {matchLabels: {zone: prod}}, packs: [baseline], enforceFrom: "2026-12-01T00:00:00Z", gates: {PRR-ZZZ-99: {mode: warn}}}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: b},
 spec: {mode: warn, workloadKinds: [{group: example.com, kind: Oven}, {group: apps, kind: Deployment}]}}
---
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: c}, spec: {namespaceSelector: {matchLabels: {zone: nowhere}}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {zone: prod}}}
)");
  ASSERT_TRUE(read) << read.error().text();
  const auto world = build_snapshot(assemble(*read));
  Json all = Json::array();
  for (const Policy& p : world->policies) all.push_back(testing::json(policy_status(*world, p, {}, kNow).root()));
  testing::expect_golden("status/policies.json", all.dump(1) + "\n");
}

// ---- Conditions, a row each. ----

TEST(ReviewConditions, SayWhatIsSo) {
  struct Row {
    const char *what, *review, *policy, *with, *type, *says;
  };
  const std::vector<Row> rows{
      {"passes", "{}", "", "", "Ready", "True GatesPass"},
      {"blocks", "spec: {cost: {budget: null}}", "", "", "Ready", "False GatesFail"},
      {"warns", "spec: {cost: {budget: null}}", "mode: warn", "", "Ready", "True GatesWarn"},
      {"is recorded", "spec: {cost: {budget: null}}", "mode: audit", "", "Ready", "True GatesRecorded"},
      {"warns until a date", "spec: {cost: {budget: null}}", "enforceFrom: \"2026-12-01T00:00:00Z\"", "", "Ready", "True GatesWarn"},
      {"is exempt", "{}", "exempt: {namespaces: [team]}", "", "Ready", "True NotAsked"},
      {"is suspended", "spec: {suspend: true}", "", "", "Ready", "False Suspended"},
      {"is suspended", "spec: {suspend: true}", "", "", "Suspended", "True Suspended"},
      {"is not", "{}", "", "", "Suspended", "False NotSuspended"},
      {"in date", "{}", "", "", "Expired", "False InDate"},
      {"past its end", "spec: {expiresAt: \"2026-11-01T00:00:00Z\"}", "", "", "Expired", "True PastEnd"},
      {"at its end", "spec: {expiresAt: \"2026-11-24T12:00:00Z\"}", "", "", "Expired", "True PastEnd"},
      {"by its age", "{metadata: {creationTimestamp: \"2024-01-01T00:00:00Z\"}, spec: {expiresAt: null}}", "", "", "Expired", "True PastEnd"},
      {"without an end", "{metadata: {creationTimestamp: null}, spec: {expiresAt: null}}", "", "", "Expired", "False NoEnd"},
      {"evidence is asked for", "{}", "tierFloors: [{minTier: high}]", "", "EvidenceFresh", "True Fresh"},
      {"and not at tier low", "{}", "", "", "EvidenceFresh", "Unknown NotAsked"},
      {"and too old", "{}", "{tierFloors: [{minTier: high}], limits: {evaluationMaxAge: {high: 1d}}}", "", "EvidenceFresh", "False ReportTooOld"},
      {"nobody approved", "{}", "", "", "ApprovalsValid", "Unknown NoApprovals"},
      {"approved as it was", "{}", "",
       "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessApproval, metadata: {name: a, namespace: team}, spec: {review: assistant, reviewDigest: "
       "\"v1:sha256:0000000000000000000000000000000000000000000000000000000000000000\", role: risk, approver: jo, decision: approve}}",
       "ApprovalsValid", "False ReviewChanged"},
      {"nothing declared", "spec: {declaredTier: null}", "", "", "TierAgreed", "True NotDeclared"},
      {"declared too low", "spec: {declaredTier: low}", "tierFloors: [{minTier: high}]", "", "TierAgreed", "False Understated"},
      {"declared higher", "spec: {declaredTier: critical}", "", "", "TierAgreed", "True Raised"},
  };
  for (const Row& row : rows) {
    Story story = running();
    story.review(row.review);
    if (*row.policy) story.policy(row.policy);
    if (*row.with) story.with(row.with);
    EXPECT_EQ(condition(status_of(story.world()), row.type), row.says) << row.type << ": " << row.what;
  }
}

TEST(ReviewConditions, ApprovalsOfThePresentStateCount) {
  Story story = running();
  const std::string digest = story.world().reviews.front()->digest;
  const auto approval = [&](const char* name, const char* role, const char* decision) {
    story.with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessApproval, metadata: {name: " + std::string{name} + ", namespace: team}, spec: {review: assistant, reviewDigest: \"" +
               digest + "\", role: " + role + ", approver: jo, decision: " + decision + "}}");
  };
  approval("a", "security", "approve");
  approval("b", "risk", "approve");
  Json status = status_of(story.world());
  EXPECT_EQ(condition(status, "ApprovalsValid"), "True Approved");
  EXPECT_EQ(message(status, "ApprovalsValid"), "what it says now was approved as risk, security");
  approval("c", "legal", "reject");
  EXPECT_EQ(condition(status_of(story.world()), "ApprovalsValid"), "False Rejected");
}

TEST(ReviewConditions, KeepTheDateOfTheirLastTransition) {
  Story story = running();
  const Json first = status_of(story.world());
  const auto since = [](const Json& status, const std::string& type) -> std::string {
    for (const Json& c : status["conditions"])
      if (c["type"] == type) return c["lastTransitionTime"];
    return {};
  };
  const TimePoint later = kNow + std::chrono::hours{3};
  story.review("spec: {cost: {budget: null}}");
  const Json second = status_of(story.world(), first, later);
  EXPECT_EQ(since(second, "Ready"), "2026-11-24T15:00:00Z");
  EXPECT_EQ(since(second, "Expired"), "2026-11-24T12:00:00Z");
  // Another reason is no transition.
  story.review("spec: {suspend: true}");
  EXPECT_EQ(since(status_of(story.world(), second, later + std::chrono::hours{1}), "Ready"), "2026-11-24T15:00:00Z");
}

TEST(ReviewStatus, OfAGateThatFailsSaysSinceWhen) {
  Story story = running();
  story.review("spec: {cost: {budget: null}}");
  const auto since = [](const Json& status) -> std::string {
    for (const Json& g : status["gates"])
      if (g["id"] == "PRR-COST-01") return g.value("since", "");
    return {};
  };
  const Json first = status_of(story.world());
  EXPECT_EQ(since(first), "2026-11-24T12:00:00Z");
  EXPECT_EQ(since(status_of(story.world(), first, kNow + std::chrono::hours{100})), "2026-11-24T12:00:00Z");
}

TEST(ReviewStatus, OfSeveralWorkloadsSaysWhoseFailureItIs) {
  Story story = running();
  story.review("spec: {covers: [{kind: Deployment, name: assistant}, {kind: Deployment, name: second}]}")
      .with(
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: second, namespace: team}, spec: {template: {spec: {containers: [{name: c, image: x, env: [{name: OPENAI_API_KEY, value: "
          "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD}]}]}}}}");
  const Json status = status_of(story.world());
  EXPECT_EQ(status["workloads"].size(), 2u);
  std::string said;
  for (const Json& g : status["gates"])
    if (g["id"] == "PRR-SEC-04") said = g["message"];
  EXPECT_TRUE(said.starts_with("Deployment second: ")) << said;
  EXPECT_EQ(said.find("sk-proj"), std::string::npos);
  EXPECT_EQ(status["workloads"][0]["verdict"], "allow");
  EXPECT_EQ(status["workloads"][1]["verdict"], "deny");
}

TEST(ReviewStatus, OfTwoReviewsThatCoverTheSameIsOfEachItsOwnTier) {
  Story story = running();
  story.review("spec: {declaredTier: high}")
      .with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: zweite, namespace: team}, spec: {covers: [{kind: Deployment, name: assistant}]}}");
  const Json status = status_of(story.world());
  EXPECT_EQ(status["tier"], "high");
  EXPECT_EQ(condition(status, "Ready"), "False GatesFail");
  EXPECT_NE(message(status, "Ready").find("PRR-COV-01"), std::string::npos);
}

// ---- What needs a write. ----

TEST(StatusDigest, IsTheSameForWhatTheSnapshotKeepsAndWhatIsWrittenNext) {
  Story story = running();
  story.review("spec: {cost: {budget: null}}");
  const Json first = status_of(story.world());
  // As it comes back from the API server: members and list maps in another order, and somebody else's condition.
  Json back = Json::object();
  for (auto it = first.rbegin(); it != first.rend(); ++it) back[it.key()] = it.value();
  std::reverse(back["gates"].begin(), back["gates"].end());
  back["conditions"].insert(back["conditions"].begin(), Json{{"type", "Blessed"}, {"status", "True"}});
  const Json object{{"apiVersion", "launchgate.dev/v1alpha1"}, {"kind", "ReadinessReview"}, {"metadata", {{"name", "assistant"}, {"namespace", "team"}, {"uid", "u"}}}, {"spec", Json::object()}, {"status", back}};
  const auto kept = slim(testing::doc_of(object).root());
  const Json again = status_of(story.world(), testing::json(kept->root()["status"]), kNow + std::chrono::hours{5});
  EXPECT_EQ(kept->root()["status"]["digest"].text(), status_digest(testing::doc_of(again).root()));
  EXPECT_FALSE(kept->root()["status"]["gates"]) << "gates are too many to keep";
}

TEST(StatusDigest, DiffersWhereTheStatusDoes) {
  Story story = running();
  const auto digest = [&](const Json& status) { return status_digest(testing::doc_of(status).root()); };
  const Json status = status_of(story.world());
  for (const char* patch : {"tier: high", "observedGeneration: 9", "counts: {fail: 7}", "workloads: []", "approvedRevisions: []", "expiresAt: \"2030-01-01T00:00:00Z\"", "gates: []", "conditions: []"}) {
    Json other = status;
    other.merge_patch(testing::yaml(patch));
    EXPECT_NE(digest(status), digest(other)) << patch;
  }
  Json seen = status;
  for (Json& r : seen["approvedRevisions"]) r["lastSeen"] = "2030-01-01T00:00:00Z";
  EXPECT_EQ(digest(status), digest(seen)) << "that time passes needs no write";
}

TEST(StatusObject, CarriesWhatTheWriteIsAbout) {
  const Doc meta = testing::doc(R"({"name":"bot","namespace":"shop","uid":"u-1","resourceVersion":"42","labels":{"a":"b"}})"), status = testing::doc(R"({"tier":"low"})");
  EXPECT_EQ(status_object("ReadinessReview", meta.root(), status.root()),
            R"({"apiVersion":"launchgate.dev/v1alpha1","kind":"ReadinessReview","metadata":{"name":"bot","namespace":"shop","uid":"u-1","resourceVersion":"42"},"status":{"tier":"low"}})");
}

}  // namespace
}  // namespace launchgate
