#include <gtest/gtest.h>

#include "gates/facts.h"
#include "support/docs.h"

namespace launchgate {
namespace {

TEST(PathTo, NamesEveryPlace) {
  const Doc d = testing::doc(R"({"request":{"object":{"spec":{"a":null,"list":[1,{"x":[[],[2,3]]}],"b":{"c":true}}}}})");
  const Node root = d.root(), object = root["request"]["object"], list = object["spec"]["list"];
  const std::pair<Node, std::string_view> rows[] = {
      {object, ""},
      {object["spec"], "spec"},
      {list, "spec.list"},
      {list.at(0), "spec.list[0]"},
      {list.at(1), "spec.list[1]"},
      {list.at(1)["x"].at(0), "spec.list[1].x[0]"},
      {list.at(1)["x"].at(1).at(1), "spec.list[1].x[1][1]"},
      {object["spec"]["a"], "spec.a"},   // null, and there
      {object["spec"]["b"]["c"], "spec.b.c"},
  };
  for (const auto& [place, path] : rows) EXPECT_EQ(path_to(object, place), path);
  EXPECT_EQ(path_to(root, list.at(0)), "request.object.spec.list[0]");
}

TEST(PathTo, EndsWhereThePlaceIsNotBelow) {
  const Doc d = testing::doc(R"({"a":{"b":1},"c":{"d":2}})");
  EXPECT_EQ(path_to(d.root()["c"], d.root()["a"]["b"]), "");
  EXPECT_EQ(path_to(d.root()["a"]["b"], d.root()), "");
}

}  // namespace
}  // namespace launchgate
