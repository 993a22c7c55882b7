// Words and shapes that the schema refuses, so that no fixture can hold them. A gate is total all the same, and never
// passes what it cannot read: a review may reach it from an older version of the schema.
#include <gtest/gtest.h>

#include <memory>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/table.h"
#include "support/docs.h"

namespace launchgate {
namespace {

// "Fail ReasonWord: message (path)"
std::string judge(std::string_view gate, std::string_view spec) {
  const Snapshot world;
  const Doc object = testing::doc(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"team"}})");
  const Workload workload = Workload::view(object.root());
  Review review;
  review.ns = "team";
  review.object = std::make_shared<const Doc>(testing::doc(R"({"spec":)" + std::string{spec} + "}"));
  const Review* covering[] = {&review};
  const Detection detection;
  const Tiering tiering;
  const Limits limits;
  const Policy policy;
  const Facts f{world, workload, detection, covering, &review, review.spec(), tiering, Tier::Low, limits, policy, {}, {}, {}};
  const Finding found = gate_table()[*find_gate(gate)].check(f);
  return std::string{to_string(found.outcome)} + " " + std::string{found.reason} + ": " + found.message + " (" + found.path + ")";
}

TEST(RefusedBySchema, NeverPasses) {
  struct Row {
    std::string_view gate, spec, expected;
  };
  const Row rows[] = {
      {"RISK-01", R"({"declaredTier":"medium"})",
       "Fail TierUnreadable: the declared tier is medium, expected low, moderate, high or critical ()"},
      {"RISK-03", R"({"risks":[{"id":"R1","disposition":"ignored"}]})",
       "Fail RiskUndecided: risk R1 has the unknown disposition ignored (spec.risks[0].disposition)"},
      {"RISK-03", R"({"risks":["R1"]})", "Fail RiskUndecided: an unnamed risk has no disposition (spec.risks[0].disposition)"},
      {"EXP-01", R"({"expiresAt":"next spring"})", "Fail ExpiryUnreadable: expiresAt is no date and time: next spring ()"},
      {"EXP-02", R"({"expiresAt":"next spring"})", "Unknown ValidityUnknown: expiresAt cannot be read ()"},
      {"AGT-01", R"({"useCase":{"tools":[{"effect":"read","reversibility":"read-only"}]}})",
       "Fail ToolIncomplete: an unnamed tool is declared (spec.useCase.tools[0].name)"},
      {"AGT-01", R"({"useCase":{"tools":[{"name":"rm","effect":"delete","reversibility":"irreversible"}]}})",
       "Fail ToolIncomplete: tool rm has the unknown effect delete (spec.useCase.tools[0].effect)"},
      {"AGT-01", R"({"useCase":{"automation":"sometimes"}})",
       "Fail ToolsNotListed: automation is sometimes and no tool is listed ()"},
      {"AGT-02", R"({"useCase":{"tools":[{"name":"rm","effect":"delete","reversibility":"maybe","approval":"later"}]}})",
       "Fail IrreversibleWithoutApproval: tool rm is maybe and needs no approval (spec.useCase.tools[0].approval)"},
      {"AGT-03", R"({"useCase":{"automation":"autonomous"},"agent":{"limits":{"maxSteps":"many"}}})",
       "Fail ExecutionLimitNotPositive: maxSteps is many, expected a number above 0 (spec.agent.limits.maxSteps)"},
  };
  for (const Row& row : rows) EXPECT_EQ(judge(row.gate, row.spec), row.expected) << row.gate << " " << row.spec;
}

// Secrets that got into a field of the review are not repeated in a message.
TEST(RefusedBySchema, NeverPrintsWhatLooksLikeAKey) {
  const std::string key = "gh" "p_" "a7Kq2Zx9Lm4Rt6Vb1Nc8Hd3Wf5Pg0Jsa7Kq2";
  const auto said = judge("OWN-05", R"({"ownership":{"team":"@)" + key + R"("}})");
  EXPECT_EQ(said, "Fail OwnerIsAPerson: owner (not shown) is one person (spec.ownership.team)");
}

}  // namespace
}  // namespace launchgate
