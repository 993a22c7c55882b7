// Every rule of the CRDs has one twin in C++, and every twin a rule. Whether the two say the same of an object is shown
// against the API server's library: tests/crds/apiserver.
#include "wire/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/yaml_read.h"
#include "support/world.h"
#include "wire/embedded.h"

namespace launchgate {
namespace {

void collect(Node n, std::set<std::string>& rules) {
  for (Node rule : n["x-kubernetes-validations"]) rules.emplace(rule["rule"].text());
  for (Node child : n) collect(child, rules);
}

std::set<std::string> rules_of_the_crds() {
  std::set<std::string> rules;
  for (const auto& file : embedded_files())
    if (file.name.substr(0, 5) == "crds/") {
      const auto docs = read_yaml(file.text);
      for (const Doc& doc : *docs) collect(doc.root(), rules);
    }
  return rules;
}

TEST(Rules, EveryRuleOfTheCrdsHasATwinAndEveryTwinARule) {
  std::multiset<std::string> twins;
  for (const Rule& rule : rule_table()) twins.emplace(rule.text);
  const auto rules = rules_of_the_crds();
  EXPECT_GE(rules.size(), 12u);
  EXPECT_THAT(twins, ::testing::ElementsAreArray(rules)) << "webhook/wire/rules.cpp: a rule changed in crds/*.yaml needs its twin changed, by its text";
}

struct Row {
  const char* what;
  const char* kind;
  const char* rest;   // from line 4 on
  const char* error;  // empty: accepted
};

TEST(Rules, AFileIsRefusedWithTheMessageOfTheRule) {
  const Row rows[] = {
      {"covers by name and labels", "ReadinessReview", "spec:\n  covers:\n  - {kind: Pod, name: a, labelSelector: {matchLabels: {a: b}}}\n",
       "r.yaml:6: ReadinessReview r: spec.covers[0] breaks a rule: give exactly one of name and labelSelector"},
      {"covers by neither", "ReadinessReview", "spec:\n  covers:\n  - kind: Pod\n", "r.yaml:6: ReadinessReview r: spec.covers[0] breaks a rule: give exactly one of name and labelSelector"},
      {"steps descend", "ReadinessReview", "spec:\n  covers: [{kind: Pod, name: a}]\n  rollout:\n    exposure:\n      steps: [50, 5, 100]\n",
       "r.yaml:8: ReadinessReview r: spec.rollout.exposure.steps breaks a rule: exposure steps must ascend"},
      {"equal steps are sorted", "ReadinessReview", "spec: {covers: [{kind: Pod, name: a}], rollout: {exposure: {steps: [5, 5.0, 100]}}}\n", ""},
      {"steps stop short", "ReadinessReview", "spec: {covers: [{kind: Pod, name: a}], rollout: {exposure: {steps: [5, 99]}}}\n", "the last step of rollout.exposure.steps must be 100"},
      {"an experiment may stop short", "ReadinessReview", "spec: {stage: experiment, covers: [{kind: Pod, name: a}], rollout: {exposure: {steps: [5]}}}\n", ""},
      {"no steps at all", "ReadinessReview", "spec: {covers: [{kind: Pod, name: a}], rollout: {exposure: {steps: []}}}\n", ""},
      {"a gate by its slug", "ReadinessPolicy", "spec: {gates: {budget-set: {mode: warn}}}\n", "r.yaml:4: ReadinessPolicy r: spec.gates.budget-set breaks a rule: a key of gates is the id of a gate, such as PRR-COST-02"},
      {"the key of a gate is named, and its line", "ReadinessPolicy", "spec:\n  gates:\n    PRR-COST-02: {mode: block}\n    PRR-EVAL-1: {mode: block}\n    cost-01: {mode: block}\n",
       "r.yaml:7: ReadinessPolicy r: spec.gates.PRR-EVAL-1 breaks a rule: a key of gates is the id of a gate, such as PRR-COST-02 (and 1 more)"},
      {"In without values", "ReadinessPolicy", "spec: {namespaceSelector: {matchExpressions: [{key: a, operator: In}]}}\n", "In and NotIn need values"},
      {"Exists with values", "ReadinessPolicy", "spec: {namespaceSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}\n", "Exists and DoesNotExist take none"},
      {"what breaks the schema is said first", "ReadinessReview", "spec: {suspend: 7, covers: [{kind: Pod}]}\n", "r.yaml:4: ReadinessReview r: spec.suspend is of type number 7: expected boolean"},
      {"a null in a list", "ReadinessReview", "spec: {covers: [{kind: Pod, name: a}], useCase: {intents: [null]}}\n", "spec.useCase.intents[0] is null: expected string"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    const auto read = read_source("r.yaml", "apiVersion: launchgate.dev/v1alpha1\nkind: " + std::string{row.kind} + "\nmetadata: {name: r}\n" + row.rest);
    const auto said = read ? std::string{} : read.error().text();
    if (*row.error) EXPECT_THAT(said, ::testing::HasSubstr(row.error));
    else EXPECT_EQ(said, "");
  }
}

}  // namespace
}  // namespace launchgate
