// The kinds table and the small path language that it is written in.
#include "model/kinds.h"

#include <gtest/gtest.h>

#include <set>

#include "model/path.h"
#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;

std::string walked(std::string_view json, std::string_view path) {
  const Doc d = doc(json);
  std::string out;
  walk(d.root(), path, [&](Node n) { out += (out.empty() ? "" : " ") + testing::text(n); });
  return out;
}

TEST(Path, WalksKeysListsMapsAndTheObjectItself) {
  EXPECT_EQ(walked(R"({"a":1})", ""), R"({"a":1})");
  EXPECT_EQ(walked(R"({"a":{"b":2}})", "a.b"), "2");
  EXPECT_EQ(walked(R"({"a":{"b":2}})", "a"), R"({"b":2})");
  EXPECT_EQ(walked(R"({"a":[{"b":1},{"b":2},{"c":3}]})", "a[].b"), "1 2") << "absent places are passed over";
  EXPECT_EQ(walked(R"({"a":[1,2]})", "a[]"), "1 2");
  EXPECT_EQ(walked(R"({"a":{"x":{"b":1},"z":{"b":2}}})", "a{*}.b"), "1 2");
  EXPECT_EQ(walked(R"({"a":[[1,2],[3]]})", "a[][]"), "1 2 3");
  EXPECT_EQ(walked(R"([{"b":1}])", "[].b"), "1");
  EXPECT_EQ(walked(R"({"a":null})", "a"), "") << "null is absent";
  for (const char* path : {"x", "a.x", "a[]", "a{*}", "a[].b", "a.b.c"}) EXPECT_EQ(walked(R"({"a":7})", path), "") << path;
  EXPECT_EQ(walked(R"({"a":[1]})", "a{*}"), "");
  EXPECT_EQ(walked(R"({"a":{"b":1}})", "a[]"), "");
}

TEST(Path, Grammar) {
  for (const char* good : {"", "spec", "spec.template", "spec.a[].b", "spec.a{*}.b", "a[]", "a{*}", "[].a", "a[][]", "a[]{*}.b"}) EXPECT_TRUE(is_valid_path(good)) << good;
  for (const char* bad : {".", "a.", ".a", "a..b", "a[]b", "a{*}b"}) EXPECT_FALSE(is_valid_path(bad)) << bad;
}

TEST(Kinds, EveryRowIsWellFormed) {
  std::set<std::string> seen;
  for (const Kind& k : kinds_table()) {
    const auto name = std::string{k.group} + "/" + std::string{k.kind};
    EXPECT_TRUE(seen.insert(name).second) << name << " stands twice";
    EXPECT_FALSE(k.kind.empty() || k.plural.empty() || k.versions.empty()) << name;
    EXPECT_FALSE(k.rollout.empty()) << name << ": nothing of it would ever be a rollout";
    for (auto path : k.pod_templates) EXPECT_TRUE(is_valid_path(path)) << name << ": " << path;
    for (auto path : k.rollout) EXPECT_TRUE(is_valid_path(path)) << name << ": " << path;
    EXPECT_EQ(find_kind(k.group, k.kind), &k) << name;
    EXPECT_EQ(std::string{k.plural}.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos) << name;
  }
}

// A container of a pod template that no rollout path reaches could be changed unseen.
TEST(Kinds, EveryPodTemplateIsPartOfTheRollout) {
  for (const Kind& k : kinds_table())
    for (std::string_view t : k.pod_templates) {
      bool covered = false;
      for (std::string_view r : k.rollout) covered |= t.substr(0, r.size()) == r || r.substr(0, t.size()) == t;
      EXPECT_TRUE(covered) << k.kind << ": " << t;
    }
}

TEST(Kinds, TheGroupCountsAndNotTheVersion) {
  EXPECT_NE(find_kind("apps", "Deployment"), nullptr);
  EXPECT_EQ(find_kind("", "Deployment"), nullptr);
  EXPECT_EQ(find_kind("apps", "deployment"), nullptr);
  EXPECT_EQ(find_kind("apps", "Pod"), nullptr);
  EXPECT_NE(find_kind("", "Pod"), nullptr);
  EXPECT_EQ(find_kind("", ""), nullptr);
  EXPECT_EQ(group_of("apps/v1"), "apps");
  EXPECT_EQ(group_of("v1"), "");
  EXPECT_EQ(group_of(""), "");
  EXPECT_EQ(group_of("serving.kserve.io/v1beta1"), "serving.kserve.io");
}

}  // namespace
}  // namespace launchgate
