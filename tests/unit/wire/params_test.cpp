// `params` of a policy's gates were never checked: a quote or a letter too many, and the gate was weaker than its policy
// says, in silence.
#include "wire/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/yaml_read.h"
#include "support/world.h"
#include "verdict/judge.h"
#include "wire/decode.h"
#include "wire/resources.h"
#include "wire/status.h"

namespace launchgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Json;

constexpr const char* kHead = "apiVersion: launchgate.dev/v1alpha1\nkind: ReadinessPolicy\nmetadata: {name: p}\nspec:\n  gates:\n";

// As a folder is read: the error, else the warnings.
std::string of_file(const std::string& gates) {
  auto read = read_source("p.yaml", kHead + gates);
  if (!read) return read.error().text();
  std::string out;
  for (const Error& e : read->at(0).unknown_fields) out += (out.empty() ? "" : "\n") + e.text();
  return out;
}

// As a cluster hands it over: nobody has looked at it.
std::shared_ptr<const Policy> of_cluster(const std::string& gates) {
  const auto docs = read_yaml(kHead + gates);
  auto part = decode(slim(docs->front().root()), {});
  EXPECT_TRUE(part) << part.error().text();
  return std::get<std::shared_ptr<const Policy>>(*part);
}
Json accepted(const std::string& gates) {
  World world;
  add_to(world, Part{of_cluster(gates)});
  const auto snapshot = build_snapshot(std::move(world));
  const Json status = testing::json(policy_status(*snapshot, snapshot->policies.at(0), {}, testing::time_at("2026-11-24T12:00:00Z")).root());
  for (const Json& c : status["conditions"])
    if (c["type"] == "Accepted") return c;
  return {};
}

TEST(PolicyParams, AFileWithAValueThatCannotBeReadIsRefused) {
  EXPECT_EQ(of_file("    PRR-COST-01:\n      params:\n        waivable: \"false\"\n"),
            "p.yaml:8: ReadinessPolicy p: spec.gates.PRR-COST-01.params.waivable is the text \"false\": expected true or false, without quotes");
  EXPECT_EQ(of_file("    PRR-EXP-04: {params: {approvers: \"2\"}}\n"),
            "p.yaml:6: ReadinessPolicy p: spec.gates.PRR-EXP-04.params.approvers is the text \"2\": expected a whole number, without quotes");
  EXPECT_EQ(of_file("    PRR-EVAL-02: {params: {unknown: deny}}\n"),
            "p.yaml:6: ReadinessPolicy p: spec.gates.PRR-EVAL-02.params.unknown is the text \"deny\": expected one of warn, block");
  EXPECT_EQ(of_file("    PRR-COST-01: {params: {waivable: }}\n"), "p.yaml:6: ReadinessPolicy p: spec.gates.PRR-COST-01.params.waivable is empty: expected true or false");
}

TEST(PolicyParams, ANameThatTheGateDoesNotTakeIsSaid) {
  EXPECT_EQ(of_file("    PRR-COST-01: {params: {waiveable: false}}\n"), "p.yaml:6: spec.gates.PRR-COST-01.params.waiveable: is no parameter of PRR-COST-01 (known here: waivable, unknown)");
  EXPECT_EQ(of_file("    PRR-COST-01: {params: {Waivable: false}}\n"), "p.yaml:6: spec.gates.PRR-COST-01.params.Waivable: is no parameter of PRR-COST-01 (known here: waivable, unknown)");
  EXPECT_EQ(of_file("    PRR-EXP-04: {params: {approver: 2}}\n"), "p.yaml:6: spec.gates.PRR-EXP-04.params.approver: is no parameter of PRR-EXP-04 (known here: waivable, unknown, approvers)");
  EXPECT_EQ(of_file("    PRR-COST-01: {params: {approvers: 2}}\n"),
            "p.yaml:6: spec.gates.PRR-COST-01.params.approvers: is no parameter of PRR-COST-01 (known here: waivable, unknown); it is one of PRR-EXP-04");
  EXPECT_EQ(of_file("    PRR-EXP-04: {params: {approvers: 2, waivable: false, unknown: block}}\n"), "");
  EXPECT_EQ(of_file("    PRR-ZZZ-99: {params: {anything: 2}}\n"), "p.yaml:6: spec.gates.PRR-ZZZ-99: is not a gate that this version knows");
}

TEST(PolicyParams, InAClusterTheyAreAProblemAndAConditionOfThePolicy) {
  const char* quoted = "    PRR-COST-01: {params: {waivable: \"false\"}}\n";
  const auto policy = of_cluster(quoted);
  ASSERT_EQ(policy->problems.size(), 1u);
  EXPECT_EQ(policy->problems[0].text(), "line 6: spec.gates.PRR-COST-01.params.waivable: ReadinessPolicy p: waivable is the text \"false\": expected true or false, without quotes; "
                                        "until it is mended, no waiver excuses the gate");
  World world;
  add_to(world, Part{policy});
  EXPECT_EQ(world.problems.size(), 1u) << "serve names it as well";
  EXPECT_EQ(accepted(quoted)["status"], "False");
  EXPECT_EQ(accepted(quoted)["reason"], "UnreadableParams");
  EXPECT_THAT(accepted(quoted)["message"].get<std::string>(), HasSubstr("until it is mended, no waiver excuses the gate"));
  const char* misspelt = "    PRR-COST-01: {params: {waiveable: false}}\n";
  EXPECT_THAT(of_cluster(misspelt)->problems, IsEmpty());
  EXPECT_EQ(accepted(misspelt)["reason"], "UnknownParams");
  EXPECT_EQ(accepted(misspelt)["message"], "parameters that their gates do not take: spec.gates.PRR-COST-01.params.waiveable");
  EXPECT_EQ(accepted("    PRR-COST-01: {params: {waivable: false}}\n")["reason"], "Accepted");
}

// What becomes of the base fixture's Deployment under a policy that nobody has checked.
GateResult judged(const char* gate, const std::string& params, const char* review = "{}") {
  const auto base = testing::yaml_all(testing::slurp(testing::in_source("tests/fixtures/gates/base.yaml")));
  World world;
  Doc workload;
  for (Json object : base) {
    if (object["kind"] == "ReadinessReview") object.merge_patch(testing::yaml(review));
    for (const SourceObject& o : testing::objects(object.dump(), "base.json")) add_to(world, *decode(o.object, "base.json:1"));
    if (object["kind"] == "Deployment") workload = testing::doc_of(object);
  }
  add_to(world, Part{of_cluster("    " + std::string{gate} + ": {mode: block, params: " + params + "}\n")});
  const auto snapshot = build_snapshot(std::move(world));
  const Verdict v = judge(*snapshot, as_create(workload.root()), testing::time_at("2026-11-24T12:00:00Z"));
  for (const GateResult& r : v.gates)
    if (gate_table()[r.gate].id == gate) return r;
  ADD_FAILURE() << gate << " did not run";
  return {};
}

TEST(PolicyParams, WhatCannotBeReadNeverWeakensAGate) {
  struct Row {
    const char *gate, *params, *review, *message;
  };
  const Row rows[] = {
      {"PRR-EVAL-02", "{thresholds: strict}", "{}", "the policy's PRR-EVAL-02.params.thresholds is the text \"strict\": expected a list of"},
      {"PRR-EVAL-09", "{maxAttackSuccessRate: low}", "{spec: {useCase: {untrustedInput: true}}}", "the policy allows low"},
      {"PRR-AGT-02", "{approval: perAction}", "{spec: {useCase: {tools: [{name: t, effect: money, reversibility: irreversible, approval: threshold}]}}}", "the policy asks for each action"},
      {"PRR-AGT-06", "{allowedUrls: \"https://mcp.example.com\"}",
       "{spec: {agent: {mcpServers: [{name: m, url: \"https://evil.example.com\", toolsDigest: \"sha256:0000000000000000000000000000000000000000000000000000000000000000\"}]}}}",
       "which the policy does not allow"},
      {"PRR-AGT-07", "{maxTtlDays: month}", "{spec: {agent: {memory: {store: s, scope: user, ttlDays: 900, writeGate: human, resettable: true}}}}", "the memory forgets after 900d; the policy allows month"},
      {"PRR-APPR-01", "{lowRoles: risk}", "{}", "approvals missing: any role but owner"},
  };
  for (const Row& row : rows) {
    const GateResult r = judged(row.gate, row.params, row.review);
    SCOPED_TRACE(std::string{row.gate} + " " + row.params + ": " + r.finding.message);
    EXPECT_EQ(r.finding.outcome, Outcome::Fail);
    EXPECT_THAT(r.finding.message, HasSubstr(row.message));
  }
}

TEST(PolicyParams, OfThePacksAreInOrder) {
  for (const char* name : {"baseline", "startup", "strict", "agentic"}) {
    const Node pack = pack_object(name);
    ASSERT_TRUE(pack) << name;
    const auto faults = param_faults(pack);
    for (const Error& e : faults.unknown) ADD_FAILURE() << name << ": " << e.text();
    for (const Error& e : faults.wrong) ADD_FAILURE() << name << ": " << e.text();
  }
}

}  // namespace
}  // namespace launchgate
