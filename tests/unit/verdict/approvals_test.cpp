// Approvals: bound to what was read. No approval survives a material change, and what changed is named.
#include "verdict/approvals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gates/table.h"
#include "support/world.h"
#include "verdict/signature.h"

namespace launchgate {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using testing::Json;
using testing::said;
using testing::Story;

constexpr const char* kHigh = "tierFloors: [{minTier: high}]";

Story approved() {
  Story story;
  story.policy(kHigh).world();
  const Json product = story.approval("product", "ana@example.com"), platform = story.approval("platform", "raj@example.com");
  story.add(product).add(platform);
  return story;
}

std::string message_of(const Verdict& v, std::string_view id) {
  for (const GateResult& r : v.gates)
    if (gate_table()[r.gate].id == id) return r.finding.message;
  return "off";
}

TEST(Approvals, OfThePresentStateLetItIn) { EXPECT_EQ(said(approved().create()), "Judged allow"); }

// Every field of the base review, dropped or changed, one at a time.
TEST(Approvals, NoneSurvivesAMaterialChange) {
  const Json spec = testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml"))).at(0)["spec"];
  int changes = 0;
  for (const auto& [section, fields] : spec.items()) {
    if (section == "expiresAt" || !fields.is_object()) continue;
    for (const auto& [field, value] : fields.items()) {
      if (field == "dashboards") continue;  // operational: a link may move
      Story story = approved();
      story.review("spec: {" + section + ": {" + field + ": null}}");
      const Verdict v = story.create();
      EXPECT_THAT(message_of(v, "PRR-APPR-01"), HasSubstr("approvals missing")) << section << "." << field;
      EXPECT_THAT(message_of(v, "PRR-APPR-03"), HasSubstr("approval by ana@example.com is for")) << section << "." << field;
      EXPECT_THAT(message_of(v, "PRR-EXP-03"), HasSubstr(section + "." + field + " changed since")) << section << "." << field;
      EXPECT_FALSE(v.allowed());
      EXPECT_THAT(v.missing, Contains("ReadinessApproval"));
      ++changes;
    }
  }
  EXPECT_GE(changes, 40);
}

TEST(Approvals, SurviveWhatIsOutsideOfTheDigest) {
  for (const char* patch : {"spec: {expiresAt: \"2027-01-30T00:00:00Z\"}", "spec: {ownership: {incidents: {contact: opsgenie/assistant}}}", "spec: {declaredTier: high}", "spec: {observability: {dashboards: [{url: \"https://g.example.com\"}]}}"})
    EXPECT_EQ(said(approved().review(patch).create()), "Judged allow") << patch;
}

TEST(Approvals, ARejectionStandsAgainstThem) {
  Story story = approved();
  story.add(story.approval("security", "eve@example.com", "reject"));
  EXPECT_THAT(message_of(story.create(), "PRR-APPR-01"), HasSubstr("rejected by eve@example.com (security)"));
}

TEST(Signature, ReadsWhatItIsGivenAndNoMore) {
  EXPECT_FALSE(read_envelope(""));
  EXPECT_FALSE(read_envelope("{}"));
  EXPECT_FALSE(read_envelope(R"({"payload": "*", "signatures": []})"));
  EXPECT_TRUE(read_envelope(R"({"payload": "aGk=", "payloadType": "t", "signatures": [{"sig": "AAAA"}]})"));
  EXPECT_FALSE(verifies("text", "AAAA", "no key"));
  EXPECT_FALSE(verifies("text", "%%%", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"));
}

// The critical example's evaluation is signed by the key in its policy; another statement, or another key, is not.
TEST(Signature, OfTheExampleVerifies) {
  const auto all = testing::objects_below(testing::in_source("examples/critical"));
  std::string pem, envelope;
  for (const SourceObject& o : all) {
    const Node root = o.object->root();
    if (const Node keys = root["spec"]["trust"]["evalSigners"]) pem = keys.at(0)["publicKey"].text();
    if (root["metadata"]["name"].text() == "inbox-agent-attestation") envelope = root["data"]["test-result.dsse.json"].text();
  }
  auto read = read_envelope(envelope);
  ASSERT_TRUE(read);
  EXPECT_TRUE(verifies(*read, pem));
  read->payload[read->payload.find("PASSED")] = 'p';
  EXPECT_FALSE(verifies(*read, pem));
}

}  // namespace
}  // namespace launchgate
