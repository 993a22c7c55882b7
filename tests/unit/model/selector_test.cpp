// Label selectors, as Kubernetes reads them.
#include "model/selector.h"

#include <gtest/gtest.h>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;

bool matches(std::string_view selector, std::string_view labels) {
  const Doc s = doc(selector), l = doc(labels);
  const auto decoded = Selector::decode(s.root());
  EXPECT_TRUE(decoded) << selector << ": " << decoded.error().text();
  return decoded && decoded->matches(l.root());
}

struct Row {
  const char *selector, *labels;
  bool matches;
};

TEST(Selector, MatchesAsInKubernetes) {
  constexpr const char* expression = R"({"matchExpressions":[{"key":"app",)";
  const auto expr = [&](const char* rest) { return std::string{expression} + rest + "}]}"; };
  const std::pair<std::string, std::vector<std::pair<const char*, bool>>> rows[] = {
      {"{}", {{"{}", true}, {R"({"a":"b"})", true}, {"null", true}}},
      {R"({"matchLabels":{}})", {{"{}", true}}},
      {R"({"matchLabels":{"app":"bot"}})", {{R"({"app":"bot"})", true}, {R"({"app":"bot","x":"z"})", true}, {R"({"app":"Bot"})", false}, {R"({"app":""})", false}, {"{}", false}, {"null", false}}},
      {R"({"matchLabels":{"app":""}})", {{R"({"app":""})", true}, {"{}", false}}},
      {R"({"matchLabels":{"a":"1","b":"2"}})", {{R"({"a":"1","b":"2"})", true}, {R"({"a":"1"})", false}, {R"({"a":"1","b":"1"})", false}}},
      {expr(R"("operator":"In","values":["bot","cat"])"), {{R"({"app":"bot"})", true}, {R"({"app":"cat"})", true}, {R"({"app":"dog"})", false}, {"{}", false}}},
      {expr(R"("operator":"In","values":[])"), {{R"({"app":"bot"})", false}, {"{}", false}}},
      {expr(R"("operator":"NotIn","values":["bot"])"), {{R"({"app":"bot"})", false}, {R"({"app":"cat"})", true}, {"{}", true}}},   // without the key it matches
      {expr(R"("operator":"Exists")"), {{R"({"app":"bot"})", true}, {R"({"app":""})", true}, {"{}", false}}},
      {expr(R"("operator":"DoesNotExist")"), {{R"({"app":"bot"})", false}, {R"({"other":"bot"})", true}, {"null", true}}},
      {R"({"matchLabels":{"a":"1"},"matchExpressions":[{"key":"b","operator":"Exists"}]})", {{R"({"a":"1","b":"2"})", true}, {R"({"a":"1"})", false}, {R"({"b":"2"})", false}}},
  };
  for (const auto& [selector, cases] : rows)
    for (const auto& [labels, expected] : cases) EXPECT_EQ(matches(selector, labels), expected) << selector << " on " << labels;
}

TEST(Selector, AbsentIsNotEmpty) {
  const Doc some = doc(R"({"s":{},"n":null})");
  EXPECT_TRUE(Selector::decode(some.root()["s"])->present());
  EXPECT_FALSE(Selector::decode(some.root()["n"])->present());
  EXPECT_FALSE(Selector::decode(Node{})->present());
  EXPECT_FALSE(Selector{}.present());
}

TEST(Selector, AnUnknownOperatorIsAnError) {
  const Doc d = doc(R"({"matchExpressions":[{"key":"a","operator":"Like","values":["b"]}]})");
  const auto decoded = Selector::decode(d.root());
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().text(), "matchExpressions: operator is \"Like\": expected In, NotIn, Exists or DoesNotExist");
  const Doc none = doc(R"({"matchExpressions":[{"key":"a"}]})");
  EXPECT_FALSE(Selector::decode(none.root()));
}

TEST(Selector, LabelsMayBeAnything) {
  for (const char* labels : {"7", "[]", "\"app\"", "true", "null"}) {
    EXPECT_FALSE(matches(R"({"matchLabels":{"app":"bot"}})", labels)) << labels;
    EXPECT_TRUE(matches("{}", labels)) << labels;
  }
}

}  // namespace
}  // namespace launchgate
