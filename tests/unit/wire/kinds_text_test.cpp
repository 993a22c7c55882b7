// The table as the chart and the documentation take it: every row is in it, and nothing else.
#include "wire/kinds_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/kind_set.h"
#include "support/world.h"

namespace launchgate {
namespace {

using testing::Json;
using testing::yaml;
using ::testing::HasSubstr;
using ::testing::Not;

const KindList& all() {
  static const auto kinds = KindSet{}.all();
  return kinds;
}
bool among(const Json& list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }
// A rule names the resource.
bool names(const Json& rules, const Kind& k) {
  return std::any_of(rules.begin(), rules.end(), [&](const Json& r) { return among(r["apiGroups"], k.group) && among(r["resources"], k.plural); });
}

TEST(KindsText, WebhookRulesNameEachGatedKindAndNoOther) {
  const Json rules = yaml(kinds_webhook_rules(all()))["rules"];
  for (const Kind& k : kinds_table()) EXPECT_EQ(names(rules, k), k.gated()) << qualified(k);
  for (const Json& r : rules) {
    EXPECT_EQ(r["operations"], Json::array({"CREATE", "UPDATE"}));
    EXPECT_FALSE(r["apiVersions"].empty());
    for (const Json& resource : r["resources"]) EXPECT_EQ(resource.get<std::string>().find('/'), std::string::npos) << "no subresource: scaling must never depend on us";
  }
  EXPECT_THAT(kinds_webhook_rules(all()), HasSubstr("- apiGroups: [\"\"]\n  apiVersions: [v1]\n  operations: [CREATE, UPDATE]\n  resources: [pods]\n  scope: Namespaced\n"));
  EXPECT_THAT(kinds_webhook_rules(all()), HasSubstr("resources: [clusterservingruntimes]\n  scope: Cluster\n"));
}

TEST(KindsText, RbacReadsWhatIsNeededAndNoSecretsAndNoPods) {
  const Json rules = yaml(kinds_rbac(all()))["rules"];
  for (const Kind& k : kinds_table()) EXPECT_EQ(names(rules, k), k.kind != "Pod") << qualified(k);
  for (const Json& r : rules) {
    EXPECT_EQ(r["verbs"], Json::array({"get", "list", "watch"}));
    EXPECT_FALSE(among(r["resources"], "secrets") || among(r["resources"], "*") || among(r["apiGroups"], "*"));
  }
}

TEST(KindsText, MatchConditionsAreNullSafe) {
  const auto text = kinds_match_conditions(all());
  const Json conditions = yaml(text)["matchConditions"];
  ASSERT_EQ(conditions.size(), 2u);
  EXPECT_THAT(conditions[0]["expression"].get<std::string>(), HasSubstr("!has(oldObject.spec)")) << "a KAITO Workspace has none";
  const auto children = conditions[1]["expression"].get<std::string>();
  EXPECT_THAT(children, HasSubstr("has(object.metadata.ownerReferences)"));
  for (const char* user : {"replicaset-controller", "deployment-controller", "daemon-set-controller", "statefulset-controller", "job-controller", "cronjob-controller"})
    EXPECT_THAT(children, HasSubstr("'system:serviceaccount:kube-system:" + std::string{user} + "'"));
  EXPECT_THAT(children, Not(HasSubstr("argoproj"))) << "whose controller runs under a name that anybody may choose";
}

TEST(KindsText, JsonAndMarkdownHaveEveryRow) {
  const Json json = Json::parse(kinds_json(all()));
  ASSERT_EQ(json.size(), kinds_table().size());
  EXPECT_EQ(json[0]["kind"], "Deployment");
  EXPECT_EQ(json[0]["rolloutPaths"], Json::array({"spec.template"}));
  EXPECT_EQ(json[6]["podTemplatePaths"], Json::array({"."})) << "a Pod itself";
  const auto markdown = kinds_markdown(all()), text = kinds_text(all());
  for (const Kind& k : kinds_table()) {
    EXPECT_THAT(markdown, HasSubstr("\n## " + qualified(k) + "\n"));
    EXPECT_THAT(text, HasSubstr("\n" + std::string{k.kind} + " "));
  }
}

TEST(KindsText, AKindOfAPolicyIsInAllOfThem) {
  DeclaredKind k;
  k.group = "acme.dev";
  k.kind = "ModelServer";
  k.pod_templates = "spec.template";
  DeclaredKind off;
  off.group = "apps";
  off.kind = "DaemonSet";
  off.posture = KindPosture::Ignore;
  const KindSet set{{&k, &off}};   // owns what all() points to
  const auto kinds = set.all();
  EXPECT_THAT(kinds_webhook_rules(kinds), HasSubstr("- apiGroups: [acme.dev]\n  apiVersions: [\"*\"]\n  operations: [CREATE, UPDATE]\n  resources: [modelservers]\n"));
  EXPECT_THAT(kinds_webhook_rules(kinds), Not(HasSubstr("daemonsets")));
  EXPECT_THAT(kinds_rbac(kinds), HasSubstr("modelservers"));
}

TEST(KindsText, TheSameEachTime) { EXPECT_EQ(kinds_webhook_rules(all()), kinds_webhook_rules(KindSet{}.all())); }

}  // namespace
}  // namespace launchgate
