#include "wire/edit.h"

#include <gtest/gtest.h>

#include "support/docs.h"

namespace launchgate {
namespace {

std::string edited(const char* json, const char* path, const char* value) {
  const Doc before = testing::doc(json);
  const auto steps = path_steps(path);
  if (!steps) return "no path";
  const auto after = with_value(before.root(), *steps, value);
  return after ? testing::text(after->root()) : "no such item";
}

TEST(Edit, SetsOneValueAndLeavesTheRest) {
  EXPECT_EQ(edited(R"({"a":{"b":1,"c":"x"},"d":[]})", "a.c", "y"), R"({"a":{"b":1,"c":"y"},"d":[]})");
  EXPECT_EQ(edited(R"({"a":[{"b":"x"},{"b":"y"}]})", "a[1].b", "2026-12-01"), R"({"a":[{"b":"x"},{"b":"2026-12-01"}]})");
  EXPECT_EQ(edited(R"({"a":{}})", "a.b.c", "new"), R"({"a":{"b":{"c":"new"}}})");
  EXPECT_EQ(edited(R"({"a":"x"})", "a.b", "y"), R"({"a":{"b":"y"}})");
}

TEST(Edit, KeepsTheTypeWhereTheTextAllowsIt) {
  EXPECT_EQ(edited(R"({"a":1})", "a", "2.5"), R"({"a":2.5})");
  EXPECT_EQ(edited(R"({"a":true})", "a", "false"), R"({"a":false})");
  EXPECT_EQ(edited(R"({"a":1})", "a", "many"), R"({"a":"many"})");
  EXPECT_EQ(edited(R"({"a":"1"})", "a", "2"), R"({"a":"2"})");
  EXPECT_EQ(edited(R"({"a":1})", "a", "{\"b\":2}"), R"({"a":"{\"b\":2}"})");
}

TEST(Edit, RefusesWhatIsNoPathOrNoItem) {
  for (const char* path : {"", ".", "a.", ".a", "a[]", "a[x]", "a[1", "a[-1]", "a, b", "a[].b", "a..b"}) EXPECT_EQ(edited("{}", path, "x"), "no path") << path;
  EXPECT_EQ(edited(R"({"a":[1]})", "a[1]", "x"), "no such item");
  EXPECT_EQ(edited("{}", "a[0].b", "x"), "no such item");
}

TEST(Edit, APathIsUnderItsBeginningAndItself) {
  EXPECT_TRUE(is_under("spec.risks[0].until", "spec.risks"));
  EXPECT_TRUE(is_under("spec.risks[0].until", "spec.risks[0]"));
  EXPECT_TRUE(is_under("spec.reason", "spec.reason"));
  EXPECT_FALSE(is_under("spec.approvers[0]", "spec.approver"));
  EXPECT_FALSE(is_under("spec", "spec.reason"));
}

TEST(Edit, WhatIsAppliedIsTheWholeObjectAndNothingOfTheApiServers) {
  const Doc object = testing::doc(R"({"status":{"tier":"low"},"spec":{"a":1},"kind":"K","metadata":{"uid":"u","generation":3,"name":"n","namespace":"s","labels":{"l":"1"},"annotations":{"a":"2"}},"apiVersion":"v"})");
  EXPECT_EQ(testing::text(to_apply(object.root()).root()),
            R"({"apiVersion":"v","kind":"K","metadata":{"name":"n","namespace":"s","labels":{"l":"1"},"annotations":{"a":"2"}},"spec":{"a":1}})");
}

TEST(Edit, PatchesTheSectionsThatDiffer) {
  const Doc before = testing::doc(R"({"spec":{"a":{"x":1},"b":2}})"), after = testing::doc(R"({"spec":{"a":{"x":3},"b":2,"c":4}})");
  EXPECT_EQ(testing::text(spec_patch(before.root(), after.root()).root()), R"({"spec":{"a":{"x":3},"c":4}})");
}

}  // namespace
}  // namespace launchgate
