#include "base/json_write.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "support/docs.h"

namespace launchgate {
namespace {

using testing::canonical;
using testing::doc;
using testing::text;

std::string in_quotes(std::string_view s) {
  std::string out;
  append_json_string(out, s);
  return out;
}

TEST(JsonWrite, EscapesWhatMustBeAndNothingElse) {
  struct Row {
    std::string_view text, json;
  };
  const Row rows[] = {
      {"", R"("")"},
      {"plain text/with 'quotes'", R"("plain text/with 'quotes'")"},
      {"\"\\", R"("\"\\")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {std::string_view("\0\x01\x1f", 3), R"("\u0000\u0001\u001f")"},
      {"\x7f é € 😀 \xE2\x80\xA8", "\"\x7f é € 😀 \xE2\x80\xA8\""},
  };
  for (const Row& row : rows) EXPECT_EQ(in_quotes(row.text), row.json);
}

TEST(JsonWrite, ReplacesInvalidUtf8SoThatTheOutputIsAlwaysJson) {
  const std::string r = "\xEF\xBF\xBD";
  struct Row {
    std::string text, means;
  };
  const Row rows[] = {
      {"\xFF", r},         {"a\xC3", "a" + r},        {"a\xC3z", "a" + r + "z"}, {"\xED\xA0\x80", r + r + r},
      {"\xC0\xAF", r + r}, {"é\x80é", "é" + r + "é"},
  };
  for (const Row& row : rows) EXPECT_EQ(in_quotes(row.text), "\"" + row.means + "\"");

  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 12, ' ');
    for (char& c : bytes) c = static_cast<char>(random());
    const auto json = in_quotes(bytes);
    const auto read = read_json(json);
    ASSERT_TRUE(read) << json;
    if (utf8_valid_prefix(bytes) == bytes.size()) { ASSERT_EQ(read->root().text(), bytes); }
  }
}

TEST(JsonWrite, AppendsToWhatIsThere) {
  std::string out = "data: ";
  append_json(out, doc(R"({"a":[1,{"b":null}]})").root());
  EXPECT_EQ(out, R"(data: {"a":[1,{"b":null}]})");
  append_json(out, Node{});
  EXPECT_EQ(out, R"(data: {"a":[1,{"b":null}]}null)");
}

// RFC 8785 appendix B: IEEE 754 bits and what must be printed.
TEST(CanonicalJson, NumbersOfRfc8785AppendixB) {
  struct Row {
    std::uint64_t bits;
    const char* text;
  };
  const Row rows[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0xffefffffffffffff, "-1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0xc340000000000000, "-9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef4f, "999999999999999900000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0x41b3de4355555554, "333333333.33333325"},
      {0x41b3de4355555555, "333333333.3333333"},
      {0x41b3de4355555556, "333333333.3333334"},
      {0x41b3de4355555557, "333333333.33333343"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959, "1424953923781206.2"},
  };
  for (const Row& row : rows) {
    double value = 0;
    std::memcpy(&value, &row.bits, sizeof value);
    char exact[40];
    std::snprintf(exact, sizeof exact, "%.17g", value);
    EXPECT_EQ(canonical_number(exact), row.text);
    EXPECT_EQ(canonical_number(row.text), row.text) << "a fixed point";
  }
}

TEST(CanonicalJson, DifferentTextsOfOneNumberBecomeOne) {
  struct Row {
    const char *text, *means;
  };
  const Row rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.0", "0"},
      {"-0.0e5", "0"},
      {"1.0", "1"},
      {"1.50", "1.5"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"100e-2", "1"},
      {"0.001e3", "1"},
      {"-7", "-7"},
      {"1e21", "1e+21"},
      {"1e20", "100000000000000000000"},
      {"1e-6", "0.000001"},
      {"1e-7", "1e-7"},
      {"-1.5e-10", "-1.5e-10"},
      {"123456789012345", "123456789012345"},
      {"9007199254740993", "9007199254740992"},
      {"0.1", "0.1"},
      {"4.35", "4.35"},
      {"1e-400", "0"},
      {"1e400", "1e400"},  // no double holds it: its text is its identity
  };
  for (const Row& row : rows) EXPECT_EQ(canonical_number(row.text), row.means) << row.text;
}

TEST(CanonicalJson, EveryDoubleSurvivesItsCanonicalForm) {
  std::mt19937_64 random(8785);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!(value - value == 0)) continue;  // infinite or no number
    char exact[40];
    std::snprintf(exact, sizeof exact, "%.17g", value);
    const auto text = canonical_number(exact);
    ASSERT_TRUE(is_json_number(text)) << text;
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    ASSERT_EQ(canonical_number(text), text);
  }
}

// RFC 8785 §3.2.3: the sorting sample.
TEST(CanonicalJson, SortsKeysLikeTheSampleOfRfc8785) {
  const Doc d = doc(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",)"
      R"("\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
  EXPECT_EQ(canonical(d.root()),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"ö\":\"Latin Small Letter O With "
            "Diaeresis\","
            "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// RFC 8785 §3.2.2 and §3.2.4: the sample that uses every rule.
TEST(CanonicalJson, WritesTheSampleOfRfc8785) {
  const Doc d = doc(R"({
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  })");
  EXPECT_EQ(canonical(d.root()),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$"
            "\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJson, OrdersByUtf16CodeUnits) {
  // Each is less than the next: the shorter first, and U+10000 and up (surrogates D800..DFFF) before U+E000..U+FFFF.
  const std::vector<std::string> rising = {"",
                                           "A",
                                           "Aa",
                                           "B",
                                           "a",
                                           "a\x7f",
                                           "aé",
                                           "z",
                                           "é",
                                           "€",
                                           "\xED\x9F\xBF" /* U+D7FF */,
                                           "\xF0\x90\x80\x80" /* U+10000 */,
                                           "😀",
                                           "\xF4\x8F\xBF\xBF" /* U+10FFFF */,
                                           "\xEE\x80\x80" /* U+E000 */,
                                           "\xEF\xBF\xBF" /* U+FFFF */};
  for (std::size_t i = 0; i < rising.size(); ++i)
    for (std::size_t j = 0; j < rising.size(); ++j)
      for (const char* before : {"", "same", "€", "😀"})
        EXPECT_EQ(utf16_less(before + rising[i], before + rising[j]), i < j)
            << before << rising[i] << " < " << before << rising[j];
}

TEST(CanonicalJson, LeavesOutNullsButKeepsThemInArrays) {
  EXPECT_EQ(canonical(doc(R"({"b":null,"a":[null,{"c":null}],"d":{}})").root()), R"({"a":[null,{}],"d":{}})");
  EXPECT_EQ(canonical(Node{}), "null");
}

TEST(CanonicalJson, LeavesOutWhatTheRuleNamesAndWhatThatEmpties) {
  const KeyRule rule = [](std::string_view parent) -> KeyTest {
    if (parent != "annotations") return nullptr;
    return [](std::string_view key) { return key == "restartedAt"; };
  };
  struct Row {
    const char *json, *means;
  };
  const Row rows[] = {
      {R"({"metadata":{"annotations":{"restartedAt":"now"}},"spec":1})", R"({"spec":1})"},
      {R"({"metadata":{"annotations":{"restartedAt":"now","a":"b"}}})", R"({"metadata":{"annotations":{"a":"b"}}})"},
      {R"({"metadata":{},"spec":1})", R"({"spec":1})"},
      {R"({"restartedAt":"kept: another parent"})", R"({"restartedAt":"kept: another parent"})"},
      {R"({"z":{"annotations":{"restartedAt":1}},"a":1,"m":{"annotations":{"restartedAt":1}},"q":2})",
       R"({"a":1,"q":2})"},
      {R"([{"annotations":{"restartedAt":1}}])", "[{}]"},  // an element keeps its place
      {R"({"annotations":{"restartedAt":1}})", "{}"},
  };
  for (const Row& row : rows) EXPECT_EQ(canonical(doc(row.json).root(), rule), row.means) << row.json;
}

std::string shuffled(Node node, std::mt19937& random) {
  if (node.is_array()) {
    std::string out = "[";
    for (Node child : node) out += (out.size() > 1 ? ", " : "") + shuffled(child, random);
    return out + " ]";
  }
  if (!node.is_object()) return text(node);
  std::vector<std::string> members;
  for (Node child : node) members.push_back(in_quotes(child.key()) + " : " + shuffled(child, random));
  std::shuffle(members.begin(), members.end(), random);
  std::string out = "{\n";
  for (const auto& m : members) out += (out.size() > 2 ? " ,\n" : "") + m;
  return out + "}";
}

TEST(CanonicalJson, TheOrderOfTheKeysNeverChangesIt) {
  std::mt19937 random(1);
  const Doc d = doc(
      R"({"spec":{"é":1,"z":[{"b":1.50,"a":2},{"10":1,"9":2}],"😀":{},"\uffff":[],"aa":{"x":{"y":{"c":1,"b":2,"a":3}}}},"kind":"X"})");
  const auto once = canonical(d.root());
  for (int i = 0; i < 50; ++i) EXPECT_EQ(canonical(doc(shuffled(d.root(), random)).root()), once);
  EXPECT_EQ(canonical(doc(once).root()), once) << "canonical text is its own canonical form";
}

}  // namespace
}  // namespace launchgate
