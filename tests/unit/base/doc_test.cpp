#include "base/doc.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;
using testing::text;

TEST(Node, NowhereIsNullAndEmptyInEveryRespect) {
  const Node nowhere;
  EXPECT_FALSE(nowhere);
  EXPECT_EQ(nowhere.type(), Type::Null);
  EXPECT_EQ(nowhere.text(), "");
  EXPECT_EQ(nowhere.key(), "");
  EXPECT_EQ(nowhere.size(), 0u);
  EXPECT_EQ(nowhere.line(), 0u);
  EXPECT_EQ(nowhere.origin(), 0u);
  EXPECT_FALSE(nowhere["a"]["b"].at(3));
  for (Node child : nowhere) FAIL() << "a child of nowhere: " << child.text();
  EXPECT_FALSE(Doc{}.root());
}

TEST(Node, KnowsTypesAndTexts) {
  const Doc d = doc(R"({"n":null,"t":true,"f":false,"i":-0.50,"s":"x","e":"","a":[1],"o":{"k":2}})");
  struct Row {
    const char* key;
    Type type;
    const char* name;
    const char* text;
    bool present;
  };
  const Row rows[] = {
      {"n", Type::Null, "null", "", false},         {"t", Type::True, "boolean", "true", true},
      {"f", Type::False, "boolean", "false", true}, {"i", Type::Number, "number", "-0.50", true},
      {"s", Type::String, "string", "x", true},     {"e", Type::String, "string", "", true},
      {"a", Type::Array, "array", "", true},        {"o", Type::Object, "object", "", true},
      {"absent", Type::Null, "null", "", false},
  };
  for (const Row& row : rows) {
    const Node node = d.root()[row.key];
    EXPECT_EQ(node.type(), row.type) << row.key;
    EXPECT_EQ(to_string(node.type()), row.name) << row.key;
    EXPECT_EQ(node.text(), row.text) << row.key;
    EXPECT_EQ(static_cast<bool>(node), row.present) << row.key;
    EXPECT_EQ(node.is_object(), row.type == Type::Object) << row.key;
    EXPECT_EQ(node.is_array(), row.type == Type::Array) << row.key;
    EXPECT_EQ(node.is_string(), row.type == Type::String) << row.key;
    EXPECT_EQ(node.is_number(), row.type == Type::Number) << row.key;
    EXPECT_EQ(node.is_bool(), row.type == Type::True || row.type == Type::False) << row.key;
    EXPECT_EQ(node.is_true(), row.type == Type::True) << row.key;
  }
}

TEST(Node, WalksObjectsAndArraysInTheOrderOfTheText) {
  const Doc d = doc(R"({"b":[10,[20,21],{"x":1},30],"a":{},"c":[]})");
  std::vector<std::string> keys;
  for (Node child : d.root()) keys.emplace_back(child.key());
  EXPECT_EQ(keys, (std::vector<std::string>{"b", "a", "c"}));

  const Node b = d.root()["b"];
  EXPECT_EQ(b.size(), 4u);
  std::vector<std::string> items;
  for (Node child : b) items.push_back(text(child));
  EXPECT_EQ(items, (std::vector<std::string>{"10", "[20,21]", R"({"x":1})", "30"}));
  for (std::uint32_t i = 0; i < b.size(); ++i) EXPECT_EQ(text(b.at(i)), items[i]);
  EXPECT_FALSE(b.at(4));
  EXPECT_FALSE(b["x"]) << "an array has no keys";
  EXPECT_EQ(b.at(1).key(), "") << "an element has no key";

  for (const char* empty : {"a", "c"})
    for (Node child : d.root()[empty]) FAIL() << empty << " has a child " << child.text();
  EXPECT_FALSE(d.root()["a"]["x"]);
}

TEST(Node, FindsKeysByAllTheirBytes) {
  const Doc d = doc(R"({"":1,"a":2,"a\u0000":3,"a\u0000b":4,"A":5,"app.kubernetes.io/name":6})");
  EXPECT_EQ(d.root()[""].text(), "1");
  EXPECT_EQ(d.root()["a"].text(), "2");
  EXPECT_EQ(d.root()[std::string_view("a\0", 2)].text(), "3");
  EXPECT_EQ(d.root()[std::string_view("a\0b", 3)].text(), "4");
  EXPECT_EQ(d.root()["A"].text(), "5");
  EXPECT_EQ(d.root()["app.kubernetes.io/name"].text(), "6");
}

TEST(DocBuilder, WritesWhatNodesThenRead) {
  Doc d;
  DocBuilder build{d};
  build.line(1);
  build.open(Type::Object);
  build.key("spec");
  build.line(2);
  build.origin(3);
  build.open(Type::Array);
  build.string("x");
  build.boolean(true);
  build.scalar(Type::Number, "1e3");
  build.scalar(Type::Null);
  EXPECT_EQ(build.depth(), 2u);
  EXPECT_EQ(build.values(), 6u);
  ASSERT_TRUE(build.close());
  ASSERT_TRUE(build.close());
  EXPECT_EQ(text(d.root()), R"({"spec":["x",true,1e3,null]})");
  EXPECT_EQ(d.root().line(), 1u);
  EXPECT_EQ(d.root().origin(), 0u);
  EXPECT_EQ(d.root()["spec"].at(0).line(), 2u);
  EXPECT_EQ(d.root()["spec"].at(0).origin(), 3u);
}

TEST(DocBuilder, RebuildsIntoTheSameDocWithoutGrowingIt) {
  Doc d;
  const auto write = [&] {
    DocBuilder build{d};
    build.open(Type::Array);
    for (int i = 0; i < 100; ++i) build.string("some text of a value");
    ASSERT_TRUE(build.close());
  };
  write();
  const auto before = d.bytes();
  for (int i = 0; i < 10; ++i) write();
  EXPECT_EQ(d.bytes(), before);
  EXPECT_EQ(d.root().size(), 100u);
}

TEST(Doc, ACompactedDocKeepsItsLines) {
  for (const std::uint32_t values : {3u, 5000u}) {  // packed, and too long to be
    Doc d;
    DocBuilder build{d};
    std::vector<std::uint32_t> lines;
    std::uint32_t line = 1;
    build.line(line);
    build.open(Type::Array);
    for (std::uint32_t i = 0; i < values; ++i) {
      line = i % 3 == 2 ? line / 2 : line + 1 + i * 7;  // forth and, as after an alias, back
      lines.push_back(line);
      build.line(line);
      build.string("value");
    }
    ASSERT_TRUE(build.close());
    d.compact();
    EXPECT_EQ(d.root().line(), 1u);
    std::uint32_t at = 0;
    for (Node value : d.root()) ASSERT_EQ(value.line(), lines[at++]) << values;
    d.compact();
    EXPECT_EQ(d.root().at(values - 1).line(), lines.back()) << "and once more";
  }
}

TEST(DocBuilder, RefersToValuesOfAnotherDoc) {
  const Doc source = doc(R"({"budget":{"amount":12.50,"tags":["x"]},"word":"yes","list":[1,2]})");
  Doc d;
  DocBuilder build{d};
  build.open(Type::Object);
  for (Node member : source.root()) {
    build.key(member.key());
    build.refer(member, 4);
  }
  build.key("own");
  build.string("text");
  ASSERT_TRUE(build.close());
  EXPECT_EQ(text(d.root()), R"({"budget":{"amount":12.50,"tags":["x"]},"word":"yes","list":[1,2],"own":"text"})");
  const Node amount = d.root()["budget"]["amount"];
  EXPECT_EQ(amount.text(), "12.50");
  EXPECT_EQ(amount.doc(), &source);
  EXPECT_EQ(amount.origin(), 4) << "as far down as it goes";
  EXPECT_EQ(d.root()["budget"]["tags"].at(0).origin(), 4);
  EXPECT_EQ(d.root().at(2).at(1).text(), "2");
  EXPECT_EQ(d.root()["own"].origin(), 0);
  EXPECT_TRUE(same(d.root()["list"], source.root()["list"]));
}

TEST(DocBuilder, RefusesADuplicateKeyWhereverItStands) {
  const auto twice = [](std::vector<std::string> keys) {
    Doc d;
    DocBuilder build{d};
    build.open(Type::Object);
    for (const auto& k : keys) {
      build.key(k);
      build.open(Type::Object);  // a nested object must not hide it
      build.key("inner");
      build.boolean(true);
      EXPECT_TRUE(build.close());
    }
    return build.close() ? std::string{"none"} : std::string{build.duplicate()};
  };
  EXPECT_EQ(twice({}), "none");
  EXPECT_EQ(twice({"a", "b", "c"}), "none");
  EXPECT_EQ(twice({"a", "b", "a"}), "a");
  EXPECT_EQ(twice({"", "x", ""}), "");
  EXPECT_EQ(twice({"inner", "x"}), "none") << "the same key one level down is another key";

  // More keys than the filter has bits: every object then compares, and one duplicate among them is found.
  std::vector<std::string> many;
  for (int i = 0; i < 1000; ++i) many.push_back("key-" + std::to_string(i));
  EXPECT_EQ(twice(many), "none");
  many.push_back("key-512");
  EXPECT_EQ(twice(many), "key-512");
}

TEST(DocBuilder, CopiesASubtreeOfAnotherDoc) {
  Doc source;
  {
    DocBuilder build{source};
    build.origin(2);
    build.line(7);
    build.open(Type::Object);
    build.key("budget");
    build.open(Type::Object);
    build.key("amount");
    build.scalar(Type::Number, "12.50");
    build.key("hard");
    build.boolean(true);
    build.key("tags");
    build.open(Type::Array);
    build.scalar(Type::Null);
    ASSERT_TRUE(build.close());
    ASSERT_TRUE(build.close());
    ASSERT_TRUE(build.close());
  }
  for (const bool keep : {false, true}) {
    Doc target;
    DocBuilder build{target};
    build.origin(5);
    build.open(Type::Object);
    build.key("cost");
    build.copy(source.root(), keep);
    build.key("after");
    build.string("x");
    ASSERT_TRUE(build.close());
    EXPECT_EQ(text(target.root()), R"({"cost":{"budget":{"amount":12.50,"hard":true,"tags":[null]}},"after":"x"})");
    EXPECT_EQ(target.root()["cost"]["budget"]["amount"].origin(), keep ? 2 : 5);
    EXPECT_EQ(target.root()["cost"]["budget"]["amount"].line(), 7u);
    EXPECT_EQ(target.root()["after"].origin(), 5) << "the builder's own origin is back";
  }
}

TEST(DocBuilder, CopiesASubtreeOfTheDocBeingBuilt) {
  Doc d;
  DocBuilder build{d};
  build.open(Type::Object);
  build.key("first");
  const auto place = build.next_index();
  build.open(Type::Object);
  build.key("x");
  build.open(Type::Array);
  build.string("deep");
  ASSERT_TRUE(build.close());
  ASSERT_TRUE(build.close());
  build.key("second");
  build.copy_within(place);
  build.key("third");
  build.copy_within(place + 2);  // the scalar
  ASSERT_TRUE(build.close());
  EXPECT_EQ(text(d.root()), R"({"first":{"x":["deep"]},"second":{"x":["deep"]},"third":"deep"})");
  EXPECT_EQ(d.root().size(), 3u);
  EXPECT_EQ(d.root()["second"]["x"].at(0).text(), "deep");
}

TEST(Same, ComparesValuesAndNotTheOrderOfKeys) {
  struct Row {
    const char *a, *b;
    bool same;
  };
  const Row rows[] = {
      {"{}", "{}", true},
      {"[]", "{}", false},
      {R"({"a":1,"b":[2,{"c":3}]})", R"({"b":[2,{"c":3}],"a":1})", true},
      {"[1,2]", "[2,1]", false},
      {"[1,2]", "[1]", false},
      {R"({"a":1})", R"({"b":1})", false},
      {R"({"a":1})", R"({"a":1,"b":2})", false},
      {R"({"a":null})", R"({"a":null})", true},
      {R"({"a":null})", R"({"b":null})", false},
      {R"({"a":"1"})", R"({"a":1})", false},
      {"[true]", "[false]", false},
      {R"(["x"])", R"(["y"])", false},
      {"[1.0]", "[1]", false},  // numbers by their text: what the object says
      {"[[],{}]", "[[],{}]", true},
  };
  for (const Row& row : rows) {
    const Doc a = doc(row.a), b = doc(row.b);
    EXPECT_EQ(same(a.root(), b.root()), row.same) << row.a << " and " << row.b;
    EXPECT_EQ(same(b.root(), a.root()), row.same) << row.b << " and " << row.a;
    EXPECT_TRUE(same(a.root(), a.root())) << row.a;
  }
  EXPECT_TRUE(same(Node{}, Node{}));
}

}  // namespace
}  // namespace launchgate
