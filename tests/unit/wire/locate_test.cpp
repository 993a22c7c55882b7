// Where a finding is said to stand: the field's line, or the nearest thing above it.
#include "wire/locate.h"

#include <gtest/gtest.h>

#include <map>

#include "support/world.h"

namespace launchgate {
namespace {

constexpr const char* kFiles[][2] = {
    {"review.yaml",
     "apiVersion: launchgate.dev/v1alpha1\n"                                 // 1
     "kind: ReadinessReview\n"                                               // 2
     "metadata: {name: faq, namespace: shop}\n"                              // 3
     "spec:\n"                                                               // 4
     "  profileRef: {name: team}\n"                                          // 5
     "  covers: [{kind: Deployment, name: faq}]\n"                           // 6
     "  cost:\n"                                                             // 7
     "    budget: {amount: 1, currency: EUR, period: month}\n"               // 8
     "  risks:\n"                                                            // 9
     "  - id: R1\n"                                                          // 10
     "  - id: R2\n"                                                          // 11
     "    title: second\n"},                                                 // 12
    {"profile.yaml",
     "apiVersion: launchgate.dev/v1alpha1\n"
     "kind: ReadinessProfile\n"
     "metadata: {name: team, namespace: shop}\n"
     "spec:\n"
     "  ownership:\n"
     "    team: storefront\n"},                                              // 6
    {"app.yaml",
     "# a comment\n"
     "apiVersion: apps/v1\n"                                                 // 2
     "kind: Deployment\n"
     "metadata:\n"
     "  name: faq\n"                                                         // 5
     "  namespace: shop\n"
     "  labels: {launchgate.dev/llm: 'true'}\n"                              // 7
     "spec:\n"
     "  template:\n"
     "    spec:\n"
     "      containers:\n"
     "      - name: app\n"                                                   // 12
     "        image: x\n"
     "        env:\n"
     "        - {name: A, value: a}\n"                                       // 15
     "        - {name: B, value: b}\n"},                                     // 16
};

struct Row {
  const char *path, *expected;
};

class Located : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const auto& [file, text] : kFiles)
      for (auto& object : testing::objects(text, file)) {
        files_[object.object.get()] = file;
        if (std::string{file} == "app.yaml") manifest_ = object;
        all_.push_back(std::move(object));
      }
    world_ = testing::world_of(all_);
    verdict_ = judge(*world_, as_create(manifest_.object->root()), testing::time_at("2026-11-24T12:00:00Z"));
  }
  std::string at(const char* path, const Verdict& verdict) const {
    GateResult result;
    result.finding.path = path;
    const auto place = locate(result, verdict, {manifest_.file, manifest_.line}, [&](const Doc* d) {
      const auto found = files_.find(d);
      return found == files_.end() ? std::string{} : found->second;
    });
    return place.file + ":" + std::to_string(place.line);
  }
  std::vector<SourceObject> all_;
  std::map<const Doc*, std::string> files_;
  SourceObject manifest_;
  std::shared_ptr<const Snapshot> world_;
  Verdict verdict_;
};

TEST_F(Located, TheFieldOrTheNearestThingAboveIt) {
  constexpr Row rows[] = {
      {"spec.cost.budget", "review.yaml:8"},
      {"spec.cost.budget.owner", "review.yaml:8"},    // not there
      {"spec.cost.quota", "review.yaml:8"},           // the section's first line
      {"spec.latency.targets", "review.yaml:5"},      // no such section: the review's spec
      {"spec.risks[1].disposition", "review.yaml:11"},
      {"spec.risks[1].title", "review.yaml:12"},
      {"spec.risks[7]", "review.yaml:10"},
      {"spec.risks[].title", "review.yaml:10"},
      {"spec.ownership.team", "profile.yaml:6"},      // it came from the profile
      {"spec.ownership.incidents", "profile.yaml:6"},
      {"metadata.labels", "app.yaml:7"},
      {"spec.template.spec.containers[].env", "app.yaml:15"},
      {"spec.template.spec.containers[0].env[1]", "app.yaml:16"},
      {"spec.template.spec.containers[app].image", "app.yaml:13"},
      {"status.nothing", "app.yaml:2"},
      {"", "review.yaml:6"},                          // the row's own path: spec.covers of PRR-COV-01
  };
  for (const Row& row : rows) EXPECT_EQ(at(row.path, verdict_), row.expected) << row.path;
}

TEST_F(Located, WithoutAReviewTheWorkload) {
  all_.erase(all_.begin(), all_.begin() + 2);
  const auto world = testing::world_of(all_);
  const auto verdict = judge(*world, as_create(manifest_.object->root()), testing::time_at("2026-11-24T12:00:00Z"));
  EXPECT_EQ(at("spec.covers", verdict), "app.yaml:2");
  EXPECT_EQ(at("spec.template.spec", verdict), "app.yaml:11");
}

TEST_F(Located, HostilePathsEnd) {
  for (const char* path : {"[", "]", "..", "[[[[", "spec.[", "spec[99999999999999999999]", "spec.cost.", ".spec"})
    EXPECT_FALSE(at(path, verdict_).empty()) << path;
}

}  // namespace
}  // namespace launchgate
