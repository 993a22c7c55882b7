#include "wire/spec_diff.h"

#include <gtest/gtest.h>

#include "support/docs.h"

namespace launchgate {
namespace {

std::string diff(const char* before, const char* after) {
  const Doc a = testing::doc(before), b = testing::doc(after);
  return diff_text(spec_diff(a.root(), b.root()));
}

TEST(SpecDiff, SaysWhatAPersonWouldSay) {
  EXPECT_EQ(diff(R"({"cost":{"budget":{"amount":100}}})", R"({"cost":{"budget":{"amount":200}}})"), "  ~ cost.budget.amount: 100 -> 200\n");
  EXPECT_EQ(diff(R"({"useCase":{"tools":[{"name":"read","effect":"read"}]}})", R"({"useCase":{"tools":[{"name":"refund","effect":"money"},{"name":"read","effect":"read"}]}})"),
            "  + useCase.tools[refund]: {\"name\":\"refund\",\"effect\":\"money\"}\n");
  EXPECT_EQ(diff(R"({"useCase":{"tools":[{"name":"a","effect":"read"},{"name":"b"}]}})", R"({"useCase":{"tools":[{"name":"a","effect":"money"}]}})"),
            "  ~ useCase.tools[a].effect: read -> money\n  - useCase.tools[b]: {\"name\":\"b\"}\n");
  EXPECT_EQ(diff(R"({"a":{"intents":["x","y"]}})", R"({"a":{"intents":["y","z"]}})"), "  + a.intents[z]: z\n  - a.intents[x]: x\n");
  EXPECT_EQ(diff(R"({"a":{"steps":[[1],[2]]}})", R"({"a":{"steps":[[1],[3],[4]]}})"), "  ~ a.steps[1][0]: 2 -> 3\n  + a.steps[2]: [4]\n");
  EXPECT_EQ(diff(R"({"a":"x"})", R"({"a":{"b":1}})"), "  ~ a: x -> {\"b\":1}\n");
}

TEST(SpecDiff, SaysNothingOfOrderAndOfNulls) {
  EXPECT_EQ(diff(R"({"a":1,"b":{"c":2}})", R"({"b":{"c":2},"a":1})"), "");
  EXPECT_EQ(diff(R"({"a":1})", R"({"a":1,"b":null})"), "");
  EXPECT_EQ(diff(R"({"t":[{"name":"a"},{"name":"b"}]})", R"({"t":[{"name":"b"},{"name":"a"}]})"), "");
}

TEST(SpecDiff, ClipsAndHides) {
  const std::string out = diff("{}", (R"({"a":")" + std::string(5000, 'x') + R"("})").c_str());
  EXPECT_LT(out.size(), 250u);
  EXPECT_EQ(diff("{}", R"({"a":"sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF"})").find("abcdefghij"), std::string::npos);
}

}  // namespace
}  // namespace launchgate
