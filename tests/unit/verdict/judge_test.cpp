// Every step of DESIGN §3, in its order, and which of two goes first where both could settle it.
#include "verdict/judge.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "support/world.h"

namespace launchgate {
namespace {

using testing::said;
using testing::Story;

constexpr const char* kOtherImage = "spec: {template: {spec: {containers: [{name: app, image: \"registry.example.com/team/assistant:v2\"}]}}}";
constexpr const char* kRestart = "spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: \"2026-11-24T11:00:00Z\"}}}}";
constexpr const char* kSuspend = "spec: {suspend: true}";
constexpr const char* kExpired = "spec: {expiresAt: \"2026-11-01T00:00:00Z\"}";
constexpr const char* kNoOwner = "spec: {ownership: {team: null}}";
constexpr const char* kBlockedRisk = "spec: {risks: [{id: R1, title: t, disposition: blocked, unblock: wait for legal}]}";

// Digests that were admitted a moment ago.
class Memory : public AdmittedRevisions {
 public:
  bool contains(std::string_view kind, std::string_view ns, std::string_view name, std::string_view digest) const override {
    return known.count(std::string{kind} + " " + std::string{ns} + "/" + std::string{name} + " " + std::string{digest}) != 0;
  }
  std::set<std::string> known;
};

const GateResult* gate(const Verdict& v, std::string_view id) {
  for (const GateResult& r : v.gates)
    if (gate_table()[r.gate].id == id) return &r;
  return nullptr;
}
std::string result(const Verdict& v, std::string_view id) {
  const GateResult* r = gate(v, id);
  return r ? std::string{to_string(r->finding.outcome)} + " " + std::string{to_string(r->action)} : "off";
}

TEST(Judge, TheBaseReviewIsAdmitted) {
  Story story;
  const Verdict v = story.create();
  EXPECT_EQ(said(v), "Judged allow");
  EXPECT_EQ(v.review->name, "assistant");
  EXPECT_EQ(to_string(v.tiering.tier), "low");
  EXPECT_EQ(to_string(v.mode), "enforce");
  EXPECT_EQ(to_string(v.detection.detected), "labelled");
  EXPECT_EQ(v.digest.substr(0, 10), "r1:sha256:");
  EXPECT_EQ(v.counts.fail + v.counts.warn + v.counts.unknown + v.counts.waived, 0);
  EXPECT_EQ(v.counts.total(), static_cast<int>(v.gates.size()));
  EXPECT_TRUE(v.missing.empty());
}

// ---- 1. What launchgate has no business with. ----

TEST(Judge1, NotGated) {
  const auto settled = [](const char* object, Operation operation = Operation::Create, const char* subresource = "") {
    const Doc doc = testing::doc_of(testing::yaml(object));
    Change c = as_create(doc.root());
    c.operation = operation;
    c.subresource = subresource;
    const Verdict v = judge(*build_snapshot({}), c, testing::time_at("2026-11-24"));
    return said(v) + ": " + v.note;
  };
  const char* labelled = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: ns, labels: {launchgate.dev/llm: \"true\"}}, spec: {template: {spec: {containers: []}}}}";
  EXPECT_EQ(settled(labelled).substr(0, 11), "Judged deny") << "it is judged at all";
  EXPECT_EQ(settled(labelled, Operation::Other), "NotGated allow: neither a CREATE nor an UPDATE");
  EXPECT_EQ(settled(labelled, Operation::Update, "status"), "NotGated allow: a subresource");
  EXPECT_EQ(settled(labelled, Operation::Update, "scale"), "NotGated allow: a subresource");
  EXPECT_EQ(settled("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: ns, labels: {launchgate.dev/llm: \"true\"}}}"), "NotGated allow: not a gated kind");
  EXPECT_EQ(settled("{apiVersion: acme.dev/v1, kind: Deployment, metadata: {name: c, namespace: ns, labels: {launchgate.dev/llm: \"true\"}}}"), "NotGated allow: not a gated kind");
  EXPECT_EQ(settled("{apiVersion: apps/v9, kind: Deployment, metadata: {name: d, namespace: ns, labels: {launchgate.dev/llm: \"true\"}}, spec: {template: {spec: {containers: []}}}}").substr(0, 11), "Judged deny")
      << "any version of a known group counts";
  EXPECT_EQ(settled("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: ns, deletionTimestamp: \"2026-11-24T00:00:00Z\", labels: {launchgate.dev/llm: \"true\"}}}", Operation::Update),
            "NotGated allow: the object is being deleted");
}

TEST(Judge1, ADyingObjectMayLoseItsFinalizersWhateverItsReviewSays) {
  Story story;
  story.review(kSuspend).review(kNoOwner).then().workload(kOtherImage).workload("metadata: {deletionTimestamp: \"2026-11-24T11:00:00Z\", finalizers: null}");
  EXPECT_EQ(said(story.update()), "NotGated allow");
}

TEST(Judge1, ScaleOfARecordedDeployment) {
  const auto request = testing::recorded("update-deployment-scale-subresource");
  EXPECT_EQ(said(judge(*build_snapshot({}), request.change, testing::time_at("2026-11-24"))), "NotGated allow");
}

// ---- 2. Exemptions, before anything about the workload is asked. ----

TEST(Judge2, ExemptByNamespaceUserAndGroup) {
  const char* exempt = "exempt: {users: [root], groups: [breakglass], namespaces: [other]}";
  EXPECT_EQ(said(Story{}.no_review().policy(exempt).by("root").create()), "Exempt allow");
  EXPECT_EQ(said(Story{}.no_review().policy(exempt).by("jo", {"dev", "breakglass"}).create()), "Exempt allow");
  EXPECT_EQ(said(Story{}.no_review().policy(exempt).by("jo", {"dev"}).create()), "Judged deny: PRR-COV-01");
  EXPECT_EQ(said(Story{}.review(kSuspend).review(kBlockedRisk).policy(exempt).by("root").create()), "Exempt allow") << "before suspend";
  Story story;
  const Verdict v = story.policy(exempt).by("root").create();
  EXPECT_EQ(v.note, "exempt by ReadinessPolicy platform") << "the audit annotation says by whom";
}

// ---- 3. Owners. ----

TEST(Judge3, OwnedByAGatedKind) {
  const char* owner = "metadata: {ownerReferences: [{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, name: root, uid: u, controller: true}]}";
  const char* root = "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: root, namespace: team}, spec: {predictor: {containers: []}}}";
  Story story;
  story.no_review().workload(owner).with(root);
  const Verdict v = story.create();
  EXPECT_EQ(said(v), "OwnedByGated allow");
  EXPECT_EQ(v.note, "controlled by InferenceService root, which is gated itself");
  EXPECT_EQ(said(Story{}.no_review().workload(owner).create()), "Judged deny: PRR-COV-01") << "an owner that can't be found does not excuse";
  EXPECT_EQ(said(Story{}.review(kSuspend).workload(owner).with(root).create()), "OwnedByGated allow") << "before suspend";
}

// ---- 4. Not an LLM workload. ----

TEST(Judge4, OnlyLlmWorkloadsAreJudged) {
  const char *plain = "{metadata: {labels: {launchgate.dev/llm: null}}, spec: {template: {spec: {containers: [{name: web, image: nginx}]}}}}",
             *vllm = "{metadata: {labels: {launchgate.dev/llm: null}}, spec: {template: {spec: {containers: [{name: m, image: vllm/vllm-openai}]}}}}",
             *key = "{metadata: {labels: {launchgate.dev/llm: null}}, spec: {template: {spec: {containers: [{name: m, image: acme/x, env: [{name: GEMINI_API_KEY, valueFrom: {secretKeyRef: {name: a, key: b}}}]}]}}}}",
             *opted_out = "{metadata: {labels: {launchgate.dev/llm: \"false\"}, annotations: {launchgate.dev/not-llm-reason: a cache}}, spec: {template: {spec: {containers: [{name: m, image: vllm/vllm-openai}]}}}}";
  EXPECT_EQ(said(Story{}.no_review().workload(plain).create()), "NotAnLLMWorkload allow");
  EXPECT_EQ(said(Story{}.no_review().workload(vllm).create()), "Judged warn: PRR-COV-01,PRR-COV-03") << "signals only warn by default";
  EXPECT_EQ(said(Story{}.no_review().workload(key).create()), "Judged audit: PRR-COV-01") << "a suspicion is only recorded";
  EXPECT_EQ(said(Story{}.no_review().workload(vllm).policy("detection: {detected: enforce}").create()), "Judged deny: PRR-COV-01,PRR-COV-03");
  EXPECT_EQ(said(Story{}.no_review().workload(vllm).policy("detection: {detected: ignore}").create()), "NotAnLLMWorkload allow");
  EXPECT_EQ(said(Story{}.no_review().workload(opted_out).create()), "Judged warn: PRR-COV-01,PRR-COV-03") << "the baseline allows no opt-out";
  Story story;
  const Verdict v = story.no_review().workload(opted_out).policy("detection: {allowOptOut: true}").create();
  EXPECT_EQ(said(v), "NotAnLLMWorkload allow");
  EXPECT_EQ(v.note, "opted out by the label launchgate.dev/llm: \"false\" (a cache)") << "it is recorded";
  EXPECT_EQ(said(Story{}.workload(plain).review(kNoOwner).create()), "Judged deny: PRR-OWN-01") << "a review that covers it decides";
}

// ---- 5. The rollout is as it was. ----

TEST(Judge5, AnUpdateThatIsNoRollout) {
  for (const char* edit : {"spec: {replicas: 9}", kRestart, "metadata: {labels: {x: z}, annotations: {a: b}, finalizers: [c.dev/d]}", "spec: {paused: true}"}) {
    EXPECT_EQ(said(Story{}.then().workload(edit).review(kNoOwner).update()), "Unchanged allow") << edit;
    EXPECT_EQ(said(Story{}.then().workload(edit).review(kSuspend).update()), "Unchanged allow") << edit << ": a paused feature may be scaled";
    EXPECT_EQ(said(Story{}.then().workload(edit).review(kExpired).update()), "Unchanged allow") << edit;
    EXPECT_EQ(said(Story{}.then().workload(edit).no_review().update()), "Unchanged allow") << edit << ": what ran before launchgate came may be scaled";
    EXPECT_EQ(said(Story{}.workload(edit).review(kNoOwner).create()), "Judged deny: PRR-OWN-01") << edit << ": a creation is always a rollout";
  }
  EXPECT_EQ(said(Story{}.then().workload(kOtherImage).review(kNoOwner).update()), "Judged deny: PRR-OWN-01");
  EXPECT_EQ(said(Story{}.then().workload("spec: {template: {metadata: {labels: {launchgate.dev/llm: \"true\"}}}}").review(kNoOwner).update()), "Judged deny: PRR-OWN-01")
      << "declaring itself in the template is an edit of the template";
}

TEST(Judge5, AnUpdateWithoutAnOldObjectIsARollout) {
  Story story;
  story.review(kNoOwner);
  EXPECT_EQ(said(story.update()), "Judged deny: PRR-OWN-01");
}

// ---- 6. A rollback: nothing below can forbid it. ----

TEST(Judge6, ARollbackBeatsEverythingBelow) {
  const auto undo = [](const char* review, const char* policy = "{}") {
    Story story;
    story.approved();
    story.review(review).policy(policy);
    return said(story.create());
  };
  EXPECT_EQ(undo("{}"), "Rollback allow");
  EXPECT_EQ(undo(kSuspend), "Rollback allow") << "before suspend";
  EXPECT_EQ(undo(kExpired), "Rollback allow") << "of an expired review";
  EXPECT_EQ(undo(kNoOwner), "Rollback allow") << "whatever the gates say";
  EXPECT_EQ(undo(kBlockedRisk), "Rollback allow") << "with a risk that blocks";
  EXPECT_EQ(undo("{}", "{gates: {PRR-OBS-01: {mode: block, minStrength: attested}}, tierFloors: [{minTier: critical}], unknownAxis: worst}"), "Rollback allow") << "under a new policy";
  Story story;
  const Verdict v = story.approved().create();
  EXPECT_EQ(v.note, "a revision that was approved before");
  EXPECT_TRUE(v.gates.empty()) << "no gate is asked";
}

TEST(Judge6, ARestartOfAnApprovedRevisionIsThatRevision) {
  EXPECT_EQ(said(Story{}.approved().workload(kRestart).review(kSuspend).create()), "Rollback allow");
  EXPECT_EQ(said(Story{}.approved().workload("{metadata: {namespace: team}, spec: {replicas: 40}}").review(kSuspend).create()), "Rollback allow");
}

TEST(Judge6, OnlyTheSameRevisionOfTheSameWorkload) {
  EXPECT_EQ(said(Story{}.approved().workload(kOtherImage).review(kSuspend).create()), "Suspended deny") << "another template";
  EXPECT_EQ(said(Story{}.approved().review("status: {approvedRevisions: []}").review(kSuspend).create()), "Suspended deny") << "no revision";
  Story other;
  other.approved().workload("metadata: {name: assistant-2}").review("spec: {covers: [{kind: Deployment, labelSelector: {matchLabels: {app: assistant}}}], suspend: true}");
  EXPECT_EQ(said(other.create()), "Suspended deny") << "another workload of the same review";
  EXPECT_EQ(said(Story{}.approved().no_review().create()), "Judged deny: PRR-COV-01") << "without the review there is no record";
}

TEST(Judge6, OfTwoReviewsEitherMayKnowTheRevision) {
  Story story;
  story.approved().with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: a-second, namespace: team}, spec: {covers: [{kind: Deployment, name: assistant}]}}");
  EXPECT_EQ(said(story.create()), "Rollback allow");
}

TEST(Judge6, WhatWasAdmittedAMomentAgo) {
  Story story;
  story.review(kSuspend);
  Memory memory;
  const Verdict first = story.create(&memory);
  EXPECT_EQ(said(first), "Suspended deny");
  const auto digest = first.digest;
  memory.known = {"Deployment team/assistant " + digest};
  EXPECT_EQ(said(story.create(&memory)), "Rollback allow");
  memory.known = {"Deployment other/assistant " + digest, "Deployment team/other " + digest, "StatefulSet team/assistant " + digest};
  EXPECT_EQ(said(story.create(&memory)), "Suspended deny");
}

// ---- 7. The pause switch. ----

TEST(Judge7, Suspended) {
  EXPECT_EQ(said(Story{}.review(kSuspend).create()), "Suspended deny");
  EXPECT_EQ(said(Story{}.review(kSuspend).policy("mode: enforce").create()), "Suspended deny");
  EXPECT_EQ(said(Story{}.review(kSuspend).policy("mode: warn").create()), "Suspended deny") << "wherever the mode is warn or enforce";
  EXPECT_EQ(said(Story{}.review(kSuspend).policy("{mode: enforce, enforceFrom: \"2027-01-01\"}").create()), "Suspended deny");
  EXPECT_EQ(said(Story{}.review(kSuspend).policy("mode: audit").create()), "Suspended audit");
  EXPECT_EQ(said(Story{}.review(kSuspend).review(kNoOwner).create()), "Suspended deny") << "no gate is asked";
  EXPECT_EQ(said(Story{}.review("spec: {suspend: false}").create()), "Judged allow");
}

TEST(Judge7, ItSaysWhoMayLiftIt) {
  const auto note = [](const char* patch) {
    Story story;
    return story.review(kSuspend).review(patch).create().note;
  };
  EXPECT_EQ(note("{}"), "review assistant is suspended: no new rollout; assistant-oncall, assistant-eng may lift it");
  EXPECT_EQ(note("spec: {rollout: {pauseAuthority: null}}"), "review assistant is suspended: no new rollout; assistant-eng may lift it");
  EXPECT_EQ(note("spec: {rollout: {pauseAuthority: []}, ownership: {team: null}}"), "review assistant is suspended: no new rollout");
}

TEST(Judge7, EitherOfTwoReviewsMaySuspend) {
  Story story;
  story.with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: zz, namespace: team}, spec: {suspend: true, covers: [{kind: Deployment, name: assistant}]}}");
  const Verdict v = story.create();
  EXPECT_EQ(said(v), "Suspended deny");
  EXPECT_EQ(v.review->name, "zz");
}

// ---- 8. No review, or two. ----

TEST(Judge8, NoReviewCoversIt) {
  Story story;
  const Verdict v = story.no_review().create();
  EXPECT_EQ(said(v), "Judged deny: PRR-COV-01");
  EXPECT_EQ(v.missing, std::vector<std::string_view>{"ReadinessReview"}) << "a live look-up may find it";
  EXPECT_EQ(v.review, nullptr);
  for (const GateResult& r : v.gates) EXPECT_TRUE(gate_table()[r.gate].without_review) << gate_table()[r.gate].id;
  EXPECT_EQ(said(Story{}.no_review().policy("mode: warn").create()), "Judged warn: PRR-COV-01");
  EXPECT_EQ(said(Story{}.no_review().policy("mode: audit").create()), "Judged audit: PRR-COV-01");
  EXPECT_EQ(said(Story{}.review("metadata: {namespace: other}").create()), "Judged deny: PRR-COV-01") << "a review of another namespace";
}

TEST(Judge8, TwoReviewsAreBothNamed) {
  Story story;
  story.with("{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: second, namespace: team}, spec: {covers: [{kind: Deployment, labelSelector: {matchLabels: {app: assistant}}}]}}");
  const Verdict v = story.create();
  EXPECT_EQ(said(v), "Judged deny: PRR-COV-01");
  EXPECT_EQ(gate(v, "PRR-COV-01")->finding.message, "2 ReadinessReviews cover Deployment team/assistant: assistant and second");
  EXPECT_TRUE(v.missing.empty()) << "nothing to look up";
}

TEST(Judge8, ASignOfAnExposedKeyIsSaidAlsoWithoutAReview) {
  EXPECT_EQ(said(Story{}.no_review().workload("spec: {template: {spec: {containers: [{name: app, image: a, env: [{name: OPENAI_API_KEY, value: \"sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl\"}]}]}}}").create()),
            "Judged deny: PRR-COV-01,PRR-SEC-04");
}

// ---- 9. The gates, and the mode. ----

TEST(Judge9, ModesAndDates) {
  const auto judged = [](const char* policy) { return said(Story{}.review(kNoOwner).policy(policy).create()); };
  EXPECT_EQ(judged("mode: enforce"), "Judged deny: PRR-OWN-01");
  EXPECT_EQ(judged("mode: warn"), "Judged warn: PRR-OWN-01");
  EXPECT_EQ(judged("mode: audit"), "Judged audit: PRR-OWN-01");
  EXPECT_EQ(judged("{mode: enforce, enforceFrom: \"2026-12-01\"}"), "Judged warn: PRR-OWN-01");
  EXPECT_EQ(judged("{mode: enforce, enforceFrom: \"2026-11-24\"}"), "Judged deny: PRR-OWN-01");
  EXPECT_EQ(judged("{gates: {PRR-OWN-01: {mode: warn}}}"), "Judged warn: PRR-OWN-01");
  EXPECT_EQ(judged("{gates: {PRR-OWN-01: {mode: \"off\"}}}"), "Judged allow");
  EXPECT_EQ(judged("packs: []"), "Judged allow") << "no gate at all";
}

TEST(Judge9, TheTierDecidesWhichGatesRun) {
  const auto results = [](const char* policy) {
    Story story;
    const Verdict v = story.review("spec: {covers: [{kind: Deployment, name: assistant}]}").policy(policy).create();
    return std::string{to_string(v.tiering.tier)} + ": " + result(v, "PRR-COV-02");
  };
  EXPECT_EQ(results("{}"), "low: off");
  EXPECT_EQ(results("tierFloors: [{minTier: moderate}]"), "moderate: Fail warn");
  EXPECT_EQ(results("tierFloors: [{minTier: high}]"), "high: Fail deny");
  EXPECT_EQ(results("tierFloors: [{minTier: critical}]"), "critical: Fail deny");
}

TEST(Judge9, DeclaringALowTierLowersNothing) {
  Story story;
  const Verdict v = story.review("spec: {declaredTier: low, useCase: {audience: public, disclosure: {where: a, text: b}}}").create();
  EXPECT_EQ(to_string(v.tiering.tier), "moderate");
  EXPECT_EQ(result(v, "PRR-RISK-01"), "Fail deny");
}

TEST(Judge9, ABlockedRiskDeniesInWarnModeToo) {
  EXPECT_EQ(said(Story{}.review(kBlockedRisk).create()), "Judged deny: PRR-RISK-04");
  EXPECT_EQ(said(Story{}.review(kBlockedRisk).policy("mode: warn").create()), "Judged deny: PRR-RISK-04");
  EXPECT_EQ(said(Story{}.review(kBlockedRisk).policy("{mode: enforce, enforceFrom: \"2027-01-01\"}").create()), "Judged deny: PRR-RISK-04");
  EXPECT_EQ(said(Story{}.review(kBlockedRisk).policy("gates: {PRR-RISK-04: {mode: warn}}").create()), "Judged deny: PRR-RISK-04") << "a gate may not soften what the owners say";
  EXPECT_EQ(said(Story{}.review(kBlockedRisk).policy("mode: audit").create()), "Judged audit: PRR-RISK-04");
}

// It denied at once and said "enforced from 2027-01-01" beside it.
TEST(Judge9, ABlockedRiskThatDeniesNowHasNoCountdown) {
  Story story;
  const Verdict v = story.review(kBlockedRisk).policy("{mode: enforce, enforceFrom: \"2027-01-01\"}").create();
  EXPECT_EQ(result(v, "PRR-RISK-04"), "Fail deny");
  EXPECT_EQ(countdown(*gate(v, "PRR-RISK-04"), v.now), "");
}

TEST(Judge9, UnknownWarnsAndDoesNotDeny) {
  const char* waiting = "spec: {evaluation: {reports: [{ref: configmap/not-there#x, digest: \"sha256:d29e873b7586f3f92ff0ce57ea3d739763fc8248d8b5cd892ed913a742d2a0ec\"}]}}";
  const auto judged = [&](const char* policy) {
    Story story;
    const Verdict v = story.review(waiting).policy(policy).create();
    return result(v, "PRR-EVAL-02");
  };
  EXPECT_EQ(judged("{gates: {PRR-EVAL-02: {mode: block}}}"), "Unknown warn");
  EXPECT_EQ(judged("{gates: {PRR-EVAL-02: {mode: block, params: {unknown: block}}}}"), "Unknown deny");
  EXPECT_EQ(judged("{mode: warn, gates: {PRR-EVAL-02: {mode: block, params: {unknown: block}}}}"), "Unknown warn");
  EXPECT_EQ(judged("{mode: audit, gates: {PRR-EVAL-02: {mode: block}}}"), "Unknown record");
}

// It never denies, and yet it announced from when it would.
TEST(Judge9, UnknownHasNoCountdownUnlessItWillDeny) {
  const char* waiting = "spec: {evaluation: {reports: [{ref: configmap/not-there#x, digest: \"sha256:d29e873b7586f3f92ff0ce57ea3d739763fc8248d8b5cd892ed913a742d2a0ec\"}]}}";
  const auto counted = [&](const char* policy) {
    Story story;
    const Verdict v = story.review(waiting).policy(policy).create();
    return countdown(*gate(v, "PRR-EVAL-02"), v.now);
  };
  EXPECT_EQ(counted("{enforceFrom: \"2026-12-01\", gates: {PRR-EVAL-02: {mode: block}}}"), "");
  EXPECT_EQ(counted("{enforceFrom: \"2026-12-01\", gates: {PRR-EVAL-02: {mode: block, params: {unknown: block}}}}"), " (enforced from 2026-12-01, in 7 days)");
}

TEST(Judge9, EvidenceTooWeakFails) {
  Story story;
  const Verdict v = story.policy("gates: {PRR-COST-01: {minStrength: measured}}").create();
  EXPECT_EQ(said(v), "Judged deny: PRR-COST-01");
  EXPECT_EQ(gate(v, "PRR-COST-01")->finding.reason, "EvidenceTooWeak");
  EXPECT_EQ(gate(v, "PRR-COST-01")->finding.message, "claimed, needs measured");
}

// A reference to nothing got past what a reference that cannot be followed did not.
TEST(Judge9, AReferenceToNothingIsTooWeakAsWell) {
  const auto quota = [](const char* ref, const char* policy) {
    Story story;
    const Verdict v = story.review(std::string{"spec: {cost: {quota: {ref: \""} + ref + "\"}}}").policy(policy).create();
    return said(v) + " (" + gate(v, "PRR-COST-02")->finding.message + ")";
  };
  const char* linked = "gates: {PRR-COST-02: {mode: block, minStrength: linked}}";
  EXPECT_EQ(quota("resourcequota/not-there", linked),
            "Judged deny: PRR-COST-02 (the quota refers to resourcequota/not-there, which is not there: claimed, needs linked)");
  EXPECT_EQ(quota("https://quota.example.com", linked), "Judged deny: PRR-COST-02 (claimed, needs linked)");
  EXPECT_EQ(quota("resourcequota/not-there", "gates: {PRR-COST-02: {mode: block}}"),
            "Judged warn (the quota refers to resourcequota/not-there, which is not there)") << "nobody asks for more";
}

// A sidecar warns, and the digests of everything else were seen.
TEST(Judge9, AWarningAboutWhatWasObservedIsNotTooWeak) {
  Story story;
  story.policy("gates: {PRR-COV-02: {mode: block, minStrength: observed}}")
      .workload("spec: {template: {spec: {initContainers: [{name: proxy, image: \"ghcr.io/mesh/proxy:v1\"}]}}}");
  EXPECT_EQ(said(story.create()), "Judged warn");
}

TEST(Judge9, CountsAddUp) {
  Story story;
  const Verdict v = story.review(kNoOwner).review("spec: {risks: [], profileRef: {name: gone}}").policy("tierFloors: [{minTier: high}]").create();
  int pass = 0, fail = 0, warn = 0, other = 0;
  for (const GateResult& r : v.gates)
    switch (r.finding.outcome) {
      case Outcome::Pass: ++pass; break;
      case Outcome::Fail: ++fail; break;
      case Outcome::Warn: ++warn; break;
      default: ++other;
    }
  EXPECT_EQ(v.counts.pass, pass);
  EXPECT_EQ(v.counts.fail, fail);
  EXPECT_EQ(v.counts.warn, warn);
  EXPECT_EQ(v.counts.total(), pass + fail + warn + other);
  EXPECT_GT(fail, 1);
  EXPECT_GT(warn, 0);
  EXPECT_TRUE(std::is_sorted(v.gates.begin(), v.gates.end(), [](const GateResult& a, const GateResult& b) { return a.gate < b.gate; })) << "in the table's order";
}

// ---- Which step goes first, where several could settle it: the earlier one, for every pair. ----

TEST(Judge, TheEarlierStepSettlesIt) {
  // Each row makes one more step apply, from the last to the first; all rows above it still apply.
  const char* image = kOtherImage;
  Story story;
  story.then().workload(image).review(kBlockedRisk);
  EXPECT_EQ(said(story.update()).substr(0, 11), "Judged deny");
  story.review(kSuspend);
  EXPECT_EQ(said(story.update()), "Suspended deny");
  story.approved();
  EXPECT_EQ(said(story.update()), "Rollback allow");
  story.then();
  EXPECT_EQ(said(story.update()), "Unchanged allow");
  story.policy("detection: {labelled: ignore}");
  EXPECT_EQ(said(story.update()), "NotAnLLMWorkload allow");
  story.workload("metadata: {ownerReferences: [{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, name: root, uid: u, controller: true}]}")
      .with("{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, metadata: {name: root, namespace: team}, spec: {predictor: {containers: []}}}");
  EXPECT_EQ(said(story.update()), "OwnedByGated allow");
  story.policy("{exempt: {users: [jo]}, detection: {labelled: ignore}}", "exempting").by("jo");
  EXPECT_EQ(said(story.update()), "Exempt allow");
  story.subresource("status");
  EXPECT_EQ(said(story.update()), "NotGated allow");
}

TEST(Judge, ACreateIsWhatCheckJudges) {
  const Doc doc = testing::doc_of(testing::yaml("{apiVersion: batch/v1, kind: CronJob, metadata: {name: c, namespace: s}}"));
  const Change c = as_create(doc.root());
  EXPECT_EQ(c.operation, Operation::Create);
  EXPECT_EQ(std::string{c.group} + " " + std::string{c.kind} + " " + std::string{c.ns} + "/" + std::string{c.name}, "batch CronJob s/c");
  EXPECT_FALSE(c.before);
  EXPECT_EQ(c.user, "");
}

TEST(Judge, TheSameQuestionHasTheSameAnswer) {
  Story story;
  story.review(kNoOwner).policy("tierFloors: [{minTier: high}]");
  const auto text = [&] { return denial_text(story.create()); };
  const auto first = text();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(text(), first);
}

// ---- What is remembered between requests is invisible. ----

std::string in_full(const Verdict& v) {
  std::string out = said(v) + " tier " + std::string{to_string(v.tiering.tier)} + " derived " + std::string{to_string(v.tiering.derived)} + " floor " +
                    std::string{to_string(v.tiering.hard_floor)} + " digest " + v.digest + " gates " + std::to_string(v.counts.total()) + " of " +
                    std::to_string(v.counts_before_waivers.pass) + " of " + v.workload.reference();
  for (const TierReason& r : v.tiering.reasons) out += "\n" + r.code + ": " + r.text;
  for (const Clue& signal : v.detection.signals) out += "\n" + signal.text();
  for (const auto missing : v.missing) out += "\nmissing " + std::string{missing};
  for (const GateResult& r : v.gates)
    out += "\n" + std::string{gate_table()[r.gate].id} + " " + std::string{to_string(r.finding.outcome)} + " " + std::string{to_string(r.finding.strength)} + " " +
           std::string{r.finding.reason} + " " + std::string{to_string(r.action)} + ": " + r.finding.message + " @" + r.finding.path + " fix " + r.finding.fix + " by " + r.by->name +
           (r.enforced_from ? " from " + format_time(*r.enforced_from) : "") + (r.waiver ? " waived by " + r.waiver->name : "") + " else " + std::string{to_string(r.without_waiver)};
  return out;
}

// Several requests about one review, to one snapshot in any order and into one verdict, and each to a snapshot and into a
// verdict of its own: now and then, and back again.
TEST(Judge, AVerdictDoesNotDependOnWhatWasAskedBefore) {
  const char* workloads[] = {
      "{}",
      kOtherImage,
      "spec: {revisionHistoryLimit: 0, template: {spec: {containers: [{name: app, image: a, env: [{name: OPENAI_API_KEY, value: sk-0}]}]}}}",
      "{metadata: {labels: {launchgate.dev/llm: null, class: b}}}",
      "{spec: {template: null}}",
      "{metadata: {deletionTimestamp: \"2026-11-24T12:00:00Z\"}}",
  };
  const char* nows[] = {"2026-11-24T12:00:00Z", "2027-06-01T00:00:00Z", "2026-11-24T12:00:01Z", "2026-12-24T00:00:00Z", "2026-12-24T00:00:01Z", "2026-11-25T00:00:00Z"};
  for (const char* floors : {"", "tierFloors: [{workloadSelector: {matchLabels: {class: b}}, minTier: critical}], "})
   for (const char* review : {"{}", kNoOwner, "spec: {cost: null, rollout: null, evaluation: null}", "spec: {useCase: {automation: act-with-approval, tools: [{name: mail, effect: external-message}]}}", kExpired}) {
    const auto make = [&] {
      auto story = std::make_unique<Story>();
      story->review(review).policy("{" + std::string{floors} + "gates: {PRR-EVAL-02: {mode: block, params: {thresholds: [{metric: groundedness, op: \">=\", value: 0.99}]}}, PRR-AGT-04: {mode: block}, PRR-AGT-05: {mode: block}, PRR-AGT-10: {mode: block}, "
          "PRR-OBS-01: {mode: block, minStrength: {low: observed, moderate: observed, high: observed, critical: observed}}}}", "b")
          .policy("{detection: {covered: ignore}, gates: {PRR-OWN-05: {mode: block, params: {groups: [x]}}}}", "a");
      return story;
    };
    std::vector<Doc> docs;
    for (const char* w : workloads) docs.push_back(testing::doc_of([&] {
      testing::Json object = testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml"))).at(1);
      object.merge_patch(testing::yaml(w));
      return object;
    }()));
    std::map<std::pair<const char*, const Doc*>, std::string> alone;  // by now and what was asked
    for (const char* now : nows)
      for (const Doc& d : docs) {
        auto own = make();
        alone[{now, &d}] = in_full(judge(own->world(), as_create(d.root()), testing::time_at(now)));
      }
    Verdict used;
    for (const Doc& first : docs) {
      auto shared = make();  // what is remembered is what the first one left
      const Snapshot& world = shared->world();
      for (const char* now : nows) {
        (void)judge(world, as_create(first.root()), testing::time_at(now));
        for (const Doc& d : docs) {
          judge(world, as_create(d.root()), testing::time_at(now), nullptr, used);
          EXPECT_EQ(in_full(used), alone.at({now, &d})) << review << " at " << now;
        }
      }
    }
  }
}

// A gate that is marked so may be remembered for its review: whatever the workload and the date, it says the same.
TEST(Judge, ReviewOnlyGatesLookAtNothingElse) {
  const auto findings = [](Tier tier, const char* workload, const char* now) {
    Story story;
    story.policy("{tierFloors: [{minTier: " + std::string{to_string(tier)} + "}]}").workload(workload).at(now);
    std::map<std::string_view, std::string> out;
    const Verdict v = story.create();
    EXPECT_TRUE(v.judged());
    for (const GateResult& r : v.gates)
      if (gate_table()[r.gate].review_only)
        out[gate_table()[r.gate].id] = std::string{to_string(r.finding.outcome)} + " " + std::string{to_string(r.finding.strength)} + " " + r.finding.message;
    return out;
  };
  const char* other = "{metadata: {labels: {app: evil, team: other, launchgate.dev/llm: null}, annotations: {a: b}}, spec: {revisionHistoryLimit: 0, template: {metadata: {labels: null, annotations: {c: d}}, spec: "
                      "{serviceAccountName: root, hostNetwork: true, containers: [{name: a, image: \"evil:latest\", args: [--model, gpt-4, --enable-auto-tool-choice], securityContext: {privileged: true}, "
                      "env: [{name: OPENAI_API_KEY, value: sk-1}, {name: LLM_MODEL, value: gpt-4}, {name: SMTP_PASSWORD, value: x}, {name: OTEL_SDK_DISABLED, value: \"true\"}, {name: MAX_TOKENS, value: \"999999\"}, "
                      "{name: PROMPT_VERSION, value: v0}, {name: LANGSMITH_TRACING, value: \"true\"}]}]}}}}";
  for (Tier tier : kTiers) {
    const auto usual = findings(tier, "{}", "2026-11-24T12:00:00Z");
    EXPECT_GT(usual.size(), 5u);
    for (const auto& [id, finding] : findings(tier, other, "2026-11-24T12:00:00Z")) EXPECT_EQ(finding, usual.at(id)) << id << " looks at the workload";
    for (const auto& [id, finding] : findings(tier, "{}", "2036-11-24T12:00:00Z")) EXPECT_EQ(finding, usual.at(id)) << id << " looks at the date";
    for (const auto& [id, finding] : findings(tier, "{}", "2016-11-24T12:00:00Z")) EXPECT_EQ(finding, usual.at(id)) << id << " looks at the date";
  }
}

// Whatever stands where an object's parts should be, judge() is total.
TEST(Judge, OddObjectsAreJudgedWithoutHarm) {
  for (const char* object : {"{apiVersion: apps/v1, kind: Deployment}", "{apiVersion: apps/v1, kind: Deployment, metadata: 1, spec: 2}", "{apiVersion: apps/v1, kind: Deployment, metadata: [], spec: {template: []}}",
                             "{apiVersion: apps/v1, kind: Deployment, metadata: {labels: {launchgate.dev/llm: \"true\"}, ownerReferences: 7}, spec: {template: {spec: {containers: {a: b}}}}}",
                             "{apiVersion: v1, kind: Pod, metadata: {labels: {launchgate.dev/llm: \"true\"}, ownerReferences: [1, {controller: true}]}, spec: 1}",
                             "{apiVersion: batch/v1, kind: CronJob, metadata: {labels: {launchgate.dev/llm: \"true\"}}, spec: {jobTemplate: []}}"}) {
    const Doc doc = testing::doc_of(testing::yaml(object));
    for (Operation operation : {Operation::Create, Operation::Update}) {
      Change c = as_create(doc.root());
      c.operation = operation;
      const Verdict v = judge(*build_snapshot({}), c, testing::time_at("2026-11-24"));
      EXPECT_FALSE(to_string(v.step).empty()) << object;
    }
  }
}

}  // namespace
}  // namespace launchgate
