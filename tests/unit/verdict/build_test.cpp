// From one snapshot to the next: what has not changed is taken over as it is, and what anything it is made of has
// changed is built anew.
#include "verdict/build.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace launchgate {
namespace {

constexpr const char* kReview = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: bot, namespace: shop},
 spec: {covers: [{kind: Deployment, name: bot}], profileRef: {name: team},
        evaluation: {reports: [{ref: configmap/eval}]}, observability: {promptRefs: [{ref: configmap/prompts}]}}})";
constexpr const char* kOther = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: other, namespace: lab}, spec: {covers: [{kind: Deployment, name: x}]}})";
constexpr const char* kProfile = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessProfile, metadata: {name: team, namespace: shop}, spec: {ownership: {team: web}}})";
constexpr const char* kPolicy = R"(
{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessPolicy, metadata: {name: house},
 spec: {namespaceSelector: {matchLabels: {zone: prod}}, defaults: {cost: {budget: {currency: EUR}}}}})";
constexpr const char* kNamespace = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {zone: prod}}}";
constexpr const char* kEval = "{apiVersion: v1, kind: ConfigMap, metadata: {name: eval, namespace: shop}, data: {a: '{}'}}";

// The files of a directory: what is not named in `changed` keeps its Docs, as edge/files and edge/kube do.
class Files {
 public:
  void set(const std::string& name, std::string_view yaml) { files_[name] = testing::objects(yaml, name); }
  void remove(const std::string& name) { files_.erase(name); }
  std::shared_ptr<const Snapshot> build(const std::shared_ptr<const Snapshot>& before = nullptr) const {
    std::vector<SourceObject> all;
    for (const auto& [name, objects] : files_) all.insert(all.end(), objects.begin(), objects.end());
    return build_snapshot(assemble(all), before.get());
  }

 private:
  std::map<std::string, std::vector<SourceObject>> files_;
};

const Review& review(const Snapshot& s, std::string_view name) {
  for (const auto& r : s.reviews)
    if (r->name == name) return *r;
  ADD_FAILURE() << name;
  return *s.reviews.front();
}

TEST(BuildSnapshot, OnlyWhatChangedIsResolvedAgain) {
  struct Row {
    const char* what;
    std::function<void(Files&)> change;
    bool same;   // review `bot` is the very same one as before
  };
  const std::vector<Row> rows{
      {"nothing", [](Files&) {}, true},
      {"another review", [](Files& f) { f.set("other", std::string{kOther} + " "); }, true},
      {"another review is gone", [](Files& f) { f.remove("other"); }, true},
      {"a ConfigMap that nobody refers to", [](Files& f) { f.set("cm", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: shop}}"); }, true},
      {"a workload", [](Files& f) { f.set("w", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: bot, namespace: shop}}"); }, true},
      {"itself, rewritten with the same text", [](Files& f) { f.set("review", kReview); }, false},
      {"its profile", [](Files& f) { f.set("profile", kProfile); }, false},
      {"its profile is gone", [](Files& f) { f.remove("profile"); }, false},
      {"the policy whose defaults reach it", [](Files& f) { f.set("policy", kPolicy); }, false},
      {"its namespace's labels, so that the policy reaches it no more", [](Files& f) { f.remove("ns"); }, false},
      {"its evaluation report", [](Files& f) { f.set("eval", kEval); }, false},
      {"its evaluation report is gone", [](Files& f) { f.remove("eval"); }, false},
      {"the prompts that were missing", [](Files& f) { f.set("p", "{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts, namespace: shop}}"); }, false},
      {"prompts in another namespace", [](Files& f) { f.set("p", "{apiVersion: v1, kind: ConfigMap, metadata: {name: prompts, namespace: lab}}"); }, true},
  };
  for (const Row& row : rows) {
    Files files;
    files.set("review", kReview), files.set("other", kOther), files.set("profile", kProfile), files.set("policy", kPolicy);
    files.set("ns", kNamespace), files.set("eval", kEval);
    const auto before = files.build();
    ASSERT_TRUE(before->problems.empty()) << before->problems.front().text();
    row.change(files);
    const auto after = files.build(before), fresh = files.build();
    EXPECT_EQ(&review(*after, "bot") == &review(*before, "bot"), row.same) << row.what;
    // Taken over or not: it says what one that is built from nothing says.
    const Review &a = review(*after, "bot"), &b = review(*fresh, "bot");
    EXPECT_EQ(a.digest, b.digest) << row.what;
    EXPECT_EQ(testing::text(a.spec()), testing::text(b.spec())) << row.what;
    EXPECT_EQ(a.missing_profile, b.missing_profile) << row.what;
    ASSERT_EQ(a.evidence.reports.size(), 1u) << row.what;
    EXPECT_EQ(a.evidence.reports[0].link, b.evidence.reports[0].link) << row.what;
  }
}

TEST(BuildSnapshot, PositionsAreThoseOfTheList) {
  Files files;
  for (int i = 0; i < 50; ++i)
    files.set(std::to_string(i), "{apiVersion: launchgate.dev/v1alpha1, kind: ReadinessReview, metadata: {name: r" + std::to_string(i) + ", namespace: n" +
                                     std::to_string(i % 7) + "}, spec: {covers: [{kind: Deployment, name: x}]}}");
  const auto world = files.build();
  for (std::size_t i = 0; i < world->reviews.size(); ++i) EXPECT_EQ(world->position_of(*world->reviews[i]), i);
}

}  // namespace
}  // namespace launchgate
