#include "base/yaml_read.h"

#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::text;

// All documents of a stream as JSON, one a line; or the error.
std::string read(std::string_view yaml, const ReadLimits& limits = {}) {
  const auto docs = read_yaml(yaml, limits);
  if (!docs) return docs.error().text();
  std::string out;
  for (const Doc& doc : *docs) out += (out.empty() ? "" : "\n") + text(doc.root());
  return out;
}

std::string repeated(std::string_view s, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += s;
  return out;
}

struct Row {
  std::string_view yaml, means;
};

// What each scalar means was asked of kubectl's own reader (sigs.k8s.io/yaml 1.6.0).
TEST(YamlRead, ResolvesScalarsAsKubectlDoes) {
  const Row rows[] = {
      // YAML 1.1 booleans, y and n among them; other spellings are text.
      {"[true, True, TRUE, yes, Yes, YES, on, On, ON, y, Y]",
       "[true,true,true,true,true,true,true,true,true,true,true]"},
      {"[false, False, FALSE, no, No, NO, off, Off, OFF, n, N]",
       "[false,false,false,false,false,false,false,false,false,false,false]"},
      {"[tRue, yEs, oN, yess, nope, t, f]", R"(["tRue","yEs","oN","yess","nope","t","f"])"},
      {"[null, Null, NULL, ~, nUll]", R"([null,null,null,null,"nUll"])"},
      // Whole numbers: octal with 0 and 0o, hexadecimal, binary, signs, underscores.
      {"[0, 7, -7, +5, 1_000, 1__0, 1_]", "[0,7,-7,5,1000,10,1]"},
      {"[0644, 017, 0o17, 0O17, 0_7, 00, -017]", "[420,15,15,15,7,0,-15]"},
      {"[0x1F, 0X1f, -0x1F, 0b11, 0B11, -0b11]", "[31,31,-31,3,3,-3]"},
      {"[08, 09, 08.5]", "[8,9,8.5]"},
      {"[0x, 0b, 0o, 0b2, 0xG, _1, --1, +, '-']", R"(["0x","0b","0o","0b2","0xG","_1","--1","+","-"])"},
      {"[18446744073709551615, -9223372036854775808, 0xFFFFFFFFFFFFFFFF, 01777777777777777777777]",
       "[18446744073709551615,-9223372036854775808,18446744073709551615,18446744073709551615]"},
      {"[0x1FFFFFFFFFFFFFFFF]", R"(["0x1FFFFFFFFFFFFFFFF"])"},
      // Beyond 64 bits launchgate keeps the digits, where kubectl rounds.
      {"[123456789012345678901234567890]", "[123456789012345678901234567890]"},
      // Fractions keep their text; what JSON has no form for is rewritten.
      {"[1.0, 1.10, 1e3, 1E+3, 1.5e-7, 6.02e23]", "[1.0,1.10,1e3,1E+3,1.5e-7,6.02e23]"},
      {"[.5, -.5, +.5, 5., +1., 1_0.5]", "[0.5,-0.5,0.5,5,1,10.5]"},
      {"[1e, e3, 1.2.3, ., .., '1,000', 1:30, 190:20:30, 12:30:45]",
       R"(["1e","e3","1.2.3",".","..","1,000","1:30","190:20:30","12:30:45"])"},
      {"[2026-11-24, 2026-11-24T10:00:00Z, 30s, 7d, 1Gi, 500m]",
       R"(["2026-11-24","2026-11-24T10:00:00Z","30s","7d","1Gi","500m"])"},
      // Quotes and tags make text, or say what a text is.
      {R"(["yes", 'no', "5", '', "", "null", '~', "0x1F"])", R"(["yes","no","5","","","null","~","0x1F"])"},
      {R"([!!str 5, !!str yes, !!str null, ! 5, !custom 5, !<tag:yaml.org,2002:str> 5])",
       R"(["5","yes","null","5","5","5"])"},
      {R"([!!int "5", !!float "2.5", !!bool "yes", !!null ""])", "[5,2.5,true,null]"},
      {"a:\nb: ~\nc: ''", R"({"a":null,"b":null,"c":""})"},
      {"a: =\n=: b", R"({"a":"=","=":"b"})"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

TEST(YamlRead, MakesTextOfKeysAsKubectlDoes) {
  const Row rows[] = {
      {"{2: a, 0x10: b, 010: c, 1.5: d, 1.0: e, 1e3: f}", R"({"2":"a","16":"b","8":"c","1.5":"d","1":"e","1000":"f"})"},
      {"{yes: a, off: b}", R"({"true":"a","false":"b"})"},
      {"{y: a, n: b}", R"({"true":"a","false":"b"})"},
      {"{'yes': a, \"1\": b, !!str 0x10: c}", R"({"yes":"a","1":"b","0x10":"c"})"},
      {"? a\n: b", R"({"a":"b"})"},
      {"app.kubernetes.io/name: x\n2026-11-24: z", R"({"app.kubernetes.io/name":"x","2026-11-24":"z"})"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
  for (const char* yaml : {"{~: a}", "{null: a}", ": a", "{? [a] : b}", "{? {a: 1} : b}", "[1]: a"})
    EXPECT_EQ(read(yaml).substr(0, 22), "line 1: a mapping key ") << yaml << ": " << read(yaml);
}

TEST(YamlRead, ReadsBlocksQuotesAndFolds) {
  const Row rows[] = {
      {"a: |\n  x\n  y\nb: |-\n  x\nc: |+\n  x\n\nd: >\n  x\n  y\n",
       R"({"a":"x\ny\n","b":"x","c":"x\n\n","d":"x y\n"})"},
      {"a: \"\\u00e9\\x41\\U0001F600\\t\\/\\\"\"", "{\"a\":\"éA😀\\t/\\\"\"}"},
      {"a: 'it''s'", R"({"a":"it's"})"},
      {"a: plain # comment\nb: x#y", R"({"a":"plain","b":"x#y"})"},
      {"a: one\n  two", R"({"a":"one two"})"},
      {"a:\n- b\n- c:\n    d", R"({"a":["b",{"c":"d"}]})"},
      {"- - 1\n  - 2\n- {a: [x, {}]}\n- []", R"([[1,2],{"a":["x",{}]},[]])"},
      {"{\"json\": [1, true, null, \"x\"]}", R"({"json":[1,true,null,"x"]})"},
      {"a: 1\r\nb: 2\r\n", R"({"a":1,"b":2})"},
      {"\xEF\xBB\xBF"
       "a: 1",
       R"({"a":1})"},
      {"just text", R"("just text")"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

// yaml-cpp writes \N and \_ as single bytes, which are no UTF-8.
TEST(YamlRead, EscapesNextLineAndNoBreakSpaceAreUtf8) {
  EXPECT_EQ(read("a: \"x\\_y\\Nz é\\L\\P\""), "{\"a\":\"x\xC2\xA0y\xC2\x85z é\xE2\x80\xA8\xE2\x80\xA9\"}");
  EXPECT_EQ(read("\"\\_\": 1"), "{\"\xC2\xA0\":1}");
}

TEST(YamlRead, SplitsAStreamIntoDocumentsAndLeavesOutEmptyOnes) {
  const Row rows[] = {
      {"", ""},
      {"\n\n", ""},
      {"# only a comment\n", ""},
      {"---\n---\n", ""},
      {"--- ~\n", ""},
      {"a: 1", "{\"a\":1}"},
      {"---\na: 1\n---\nb: 2\n", "{\"a\":1}\n{\"b\":2}"},
      {"a: 1\n---\n# nothing\n---\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}"},
      {"%YAML 1.1\n---\na: 1\n", "{\"a\":1}"},
      {"--- {a: 1}\n--- [2]\n--- x\n", "{\"a\":1}\n[2]\n\"x\""},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

TEST(YamlRead, KnowsTheLineOfEveryValue) {
  const auto docs = read_yaml(
      "# header\n\nkind: A\nspec:\n  owner: x\n  list:\n    - 1\n    - {a: 1,\n       b: 2}\n  block: |\n    one\n    "
      "two\n  last: y\n"
      "---\n\nkind: B\n");
  ASSERT_TRUE(docs);
  ASSERT_EQ(docs->size(), 2u);
  const Node root = (*docs)[0].root();
  EXPECT_EQ(root.line(), 3u);
  EXPECT_EQ(root["kind"].line(), 3u);
  EXPECT_EQ(root["spec"]["owner"].line(), 5u);
  EXPECT_EQ(root["spec"]["list"].at(0).line(), 7u);
  EXPECT_EQ(root["spec"]["list"].at(1).line(), 8u);
  EXPECT_EQ(root["spec"]["list"].at(1)["b"].line(), 9u);
  EXPECT_EQ(root["spec"]["block"].line(), 10u);
  EXPECT_EQ(root["spec"]["last"].line(), 13u);
  EXPECT_EQ((*docs)[1].root()["kind"].line(), 16u) << "lines are those of the file, not of the document";
}

TEST(YamlRead, NamesTheLineOfWhatIsWrong) {
  const Row rows[] = {
      {"a: 1\nb: [1, 2\n", "line 3: not valid YAML: "},
      {"a: 1\nb: c: d\n", "line 2: not valid YAML: "},
      {"a: 1\n  b: 2\n", "line 2: not valid YAML: "},
      {"a: 1\nb: @x\n", "line 2: not valid YAML: "},
      {"a: 1\nb: *nowhere\n", "line 2: not valid YAML: "},
      {"a: 1\nb:\n\t- tab\n", "line 3: not valid YAML: "},
      {"a: 1\nb: .inf\n", "line 2: \".inf\" has no JSON form: expected a finite number"},
      {"[-.Inf]", "line 1: \"-.Inf\" has no JSON form: "},
      {"[.NaN]", "line 1: \".NaN\" has no JSON form: "},
      {"a: 1\nb: 2\nspec:\n  x: 1\n  y: 2\n  x: 3\n", "line 4: key \"x\" stands twice in one mapping"},
      {"{a: 1, \"a\": 2}", "line 1: key \"a\" stands twice in one mapping"},
      {"{1: a, 0x1: b}", "line 1: key \"1\" stands twice in one mapping"},
      {"a: 1\n---\nb: 1\nb: 2\n", "line 3: key \"b\" stands twice in one mapping"},
      {"a: good\n---\nb: [\n", "line 4: not valid YAML: "},  // half a file is not what its author wrote
      {"a: 1\nb: \"\xFF\"\n", "line 2: not valid UTF-8: expected UTF-8 text"},
      {"\xFF\xFE"
       "a",
       "line 1: not valid UTF-8"},  // UTF-16
      {"%YAML 2.0\n---\na: 1\n", "line 1: not valid YAML: "},
  };
  for (const Row& row : rows)
    EXPECT_EQ(read(row.yaml).substr(0, row.means.size()), row.means) << row.yaml << "\n  gave " << read(row.yaml);
}

// yaml-cpp says "end of map not found" and "illegal map value", which helps nobody.
TEST(YamlRead, SaysWhatAPersonDid) {
  const std::string tab = "not valid YAML: YAML allows no tab as indentation: use spaces", merge = " is what git leaves of a merge conflict: resolve it first";
  const std::pair<const char*, std::string> rows[] = {
      {"a: 1\nb:\n\t- tab\n", "line 3: " + tab},
      {"spec:\n  a: 1\n\tb: 2\n", "line 3: " + tab},
      {"spec:\n  a: 1\n  \tb: 2\n", "line 3: " + tab},
      {"a:\n  b: 1\n<<<<<<< HEAD\n  c: 1\n=======\n  c: 2\n>>>>>>> other\n", "line 3: not valid YAML: <<<<<<<" + merge},
      {"a:\n  b: 1\n<<<<<<< HEAD\n=======\n  c: 2\n>>>>>>> other\n", "line 3: not valid YAML: <<<<<<<" + merge},
      {"a: 1\n=======\nb: 2\n", "line 2: not valid YAML: =======" + merge},
      {"a: 1\n>>>>>>> other\nb: 2\n", "line 2: not valid YAML: >>>>>>>" + merge},
  };
  for (const auto& [yaml, said] : rows) EXPECT_EQ(read(yaml), said) << yaml;
  EXPECT_EQ(read("a: |\n  x\n  \ty\nb: 1\n").find("tab"), std::string::npos) << "in a text it is a tab like any other";
}

// yaml-cpp takes the rest for another document, and on some of it it never moved on: an endless loop.
TEST(YamlRead, RefusesTextBehindTheEndOfADocument) {
  for (const char* yaml : {"[a], b", "{a: 1},", "[a]\nb: 1", "{a: 1} x", "{a: 1}}", "[a]]", ", z", "\"a\" b",
                           "a: 1\n...\nb: 2", "- a\nb: 1"})
    EXPECT_FALSE(read_yaml(yaml)) << yaml << ": " << read(yaml);
  EXPECT_EQ(read("---\na: 1\n---\n[a],\nb"),
            "line 4: text behind the end of a document: expected \"---\" or the end of the file");
  EXPECT_EQ(read("---\r\na: 1\r\n--- # next\r\nb: 2\r\n...\r\n---\r\nc: 3\r\n"), "{\"a\":1}\n{\"b\":2}\n{\"c\":3}");
  EXPECT_EQ(read("a: 1\n...\n%YAML 1.1\n---\nb: 2\n"), "{\"a\":1}\n{\"b\":2}");
}

// yaml-cpp forgives a quote that is open at the end of the file, if a line break stands before the end.
TEST(YamlRead, RefusesAQuoteThatIsOpenAtTheEndOfTheFile) {
  for (const char* yaml : {"a: \"open", "a: \"open\n", "a: \"open\nb: 1\n", "a: 'open\n", "a: 'it''\n",
                           "a: \"open\n\n   ", "a: \"open\n\t\n", "- x\n- \"open \\\"\r\n"})
    EXPECT_NE(read(yaml).find("not valid YAML"), std::string::npos) << yaml << ": " << read(yaml);
  const Row whole[] = {
      {"a: \"closed\"\n", R"({"a":"closed"})"}, {"a: |+\n  x\n\n", R"({"a":"x\n\n"})"},
      {"a: |\n  x\n", R"({"a":"x\n"})"},        {"a: |\n  x", R"({"a":"x"})"},
      {"a: |-\n  x\n\n\n", R"({"a":"x"})"},     {"a: b\n  # note\n", R"({"a":"b"})"},
      {"a: b # \"open\n", R"({"a":"b"})"},      {"a: [1,\n 2]\n   ", R"({"a":[1,2]})"},
      {"a: b\n...\n", R"({"a":"b"})"},          {"a:\n", R"({"a":null})"},
  };
  for (const Row& row : whole) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

// yaml-cpp takes U+0004 for the end of the file: what stands behind would be lost without a word.
TEST(YamlRead, RefusesControlCharactersThatWouldCutTheFile) {
  EXPECT_EQ(read("a: 1\n\x04\nb: 2\n"), "line 2: a control character: YAML allows none but tab and line breaks");
  for (int c = 0; c < 0x80; ++c) {
    const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    if (control) {
      EXPECT_EQ(read(std::string("a: \"x") + static_cast<char>(c) + "y\"").substr(0, 27), "line 1: a control character")
          << c;
    }
  }
  EXPECT_EQ(read(std::string_view("a\0:\0 \0001\0", 8)).substr(0, 27), "line 1: a control character")
      << "UTF-16 without a mark";
}

TEST(YamlRead, RefusesEncodedSurrogatesAndOverlongForms) {
  for (const char* bytes : {"\xED\xA0\x80", "\xE0\x80\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xC0\xAF"})
    EXPECT_EQ(read(std::string("a: ") + bytes), "line 1: not valid UTF-8: expected UTF-8 text");
}

TEST(YamlRead, CopiesWhatAnAliasNames) {
  const Row rows[] = {
      {"a: &x {p: [1, {q: r}]}\nb: *x\nc: [*x, *x]",
       R"({"a":{"p":[1,{"q":"r"}]},"b":{"p":[1,{"q":"r"}]},"c":[{"p":[1,{"q":"r"}]},{"p":[1,{"q":"r"}]}]})"},
      {"a: &x text\nb: *x", R"({"a":"text","b":"text"})"},
      {"a: &x\nb: *x", R"({"a":null,"b":null})"},
      {"a: &x 1\nb: &x 2\nc: *x", R"({"a":1,"b":2,"c":2})"},
      {"- &x [1]\n- &y [*x]\n- [*y, *y]", "[[1],[[1]],[[[1]],[[1]]]]"},
      {"a: &x 1\n---\nb: 2", "{\"a\":1}\n{\"b\":2}"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
  EXPECT_EQ(read("a: &x [*x]"), "line 1: an alias inside the value that it names");
  EXPECT_EQ(read("a: &x 1\n---\nb: *x").substr(0, 8), "line 3: ") << "an anchor ends with its document";
  EXPECT_EQ(read("a: &x k\n*x : 1").substr(0, 8), "line 2: ");
}

TEST(YamlRead, MergesMappings) {
  const Row rows[] = {
      {"base: &a {x: 1, z: 2}\nd: {<<: *a, z: 3}", R"({"base":{"x":1,"z":2},"d":{"x":1,"z":3}})"},
      {"d: {<<: {x: 1}}", R"({"d":{"x":1}})"},
      {"a: &a {m: {p: 1, q: 2}}\nb: {<<: *a, m: {p: 9}}",
       R"({"a":{"m":{"p":1,"q":2}},"b":{"m":{"p":9}}})"},  // not deep
      {"a: &a {x: 1}\nb: [{<<: *a, w: 2}]", R"({"a":{"x":1},"b":[{"x":1,"w":2}]})"},
      {"a: {<<: {}}", R"({"a":{}})"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

// Once a list of bases was dropped without a word, and so was what a base had itself merged in.
TEST(YamlRead, MergesListsOfBasesAndBasesThatMerge) {
  const Row rows[] = {
      {"a: &a {x: 1}\nb: &b {w: 2, x: 9}\nc: {<<: [*a, *b], z: 3}",
       R"({"a":{"x":1},"b":{"w":2,"x":9},"c":{"w":2,"x":1,"z":3}})"},  // the first wins
      {"a: &a {x: 1}\nb: &b {<<: *a, w: 2}\nc: {<<: *b}", R"({"a":{"x":1},"b":{"x":1,"w":2},"c":{"x":1,"w":2}})"},
      {"a: &a {x: 1}\nb: &b {<<: *a, x: 2}\nc: {<<: *b, z: 3}", R"({"a":{"x":1},"b":{"x":2},"c":{"x":2,"z":3}})"},
      {"a: {<<: []}", R"({"a":{}})"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.yaml), row.means) << row.yaml;
}

// kubectl's reader sets members in the order of the text; YAML's own merge rule would keep x: 1.
TEST(YamlRead, AMergeThatStandsBehindAMemberOverridesItAsInKubectl) {
  EXPECT_EQ(read("a: {x: 1, <<: {x: 2}}"), R"({"a":{"x":2}})");
}

TEST(YamlRead, RefusesMergesOfWhatIsNoMapping) {
  for (const char* yaml : {"a: {<<: 5}", "a: {<<: text}", "a: {<<: ~}", "a: {<<: [5]}", "a: {<<: [{x: 1}, [1]]}"})
    EXPECT_EQ(read(yaml), "line 1: \"<<\" merges mappings: expected one or a list of them") << yaml;
  EXPECT_EQ(read("a: {<<: {x: 1}, <<: {w: 2}}"), "line 1: key \"<<\" stands twice in one mapping");
}

TEST(YamlRead, BoundsSizeDepthAndValues) {
  ReadLimits limits;
  limits.max_bytes = 8;
  EXPECT_EQ(read("[1, 2 ]", limits), "[1,2]");
  EXPECT_EQ(read("[1, 2, 3]", limits), "larger than 8 bytes");

  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  EXPECT_EQ(read(nested(100)), nested(100));
  EXPECT_EQ(read(nested(101)), "line 1: nested deeper than 100 levels");
  EXPECT_FALSE(read_yaml(repeated("[", 100'000)));
  EXPECT_FALSE(read_yaml(repeated("{a: ", 100'000)));
  EXPECT_EQ(read(repeated("- ", 100'000)), "line 1: nested deeper than 100 levels");
  std::string block;
  for (std::size_t i = 0; i < 101; ++i) block += std::string(i, ' ') + "a:\n";
  EXPECT_EQ(read(block + std::string(101, ' ') + "b"), "line 101: nested deeper than 100 levels");

  limits = {};
  limits.max_values = 4;
  EXPECT_EQ(read("[1,2,3]", limits), "[1,2,3]");
  EXPECT_EQ(read("[1,2,\n3,4]", limits), "line 2: more values than launchgate reads in one document");
  EXPECT_EQ(read("[1,2,3]\n---\n[1,2,3]", limits), "[1,2,3]\n[1,2,3]") << "for each document";

  limits = {};
  limits.max_text = 10;
  EXPECT_EQ(read("abc: defghij", limits), R"({"abc":"defghij"})");
  EXPECT_EQ(read("abc: defghijk", limits), "line 1: more text than launchgate reads, aliases expanded");
  const std::string key(65'535, 'k');
  EXPECT_TRUE(read("? " + key + "\n: x") == "{\"" + key + "\":\"x\"}");
  EXPECT_EQ(read("? " + key + "k\n: x"), "line 1: a key longer than 65535 bytes");
}

// The billion laughs: nine lines that would be 10^9 values.
// yaml-cpp keeps every token of what is in brackets until it knows that it is no key: seven megabytes of "[" took 1.6 GB.
TEST(YamlRead, BoundsWhatIsKeptOfBrackets) {
  const std::string deep = "nested deeper than 100 levels", wide = "a list or map in brackets too long to be read as YAML";
  for (const auto* open : {"[", "{", "[{a: ", "[[a],", "[a,", "[&a ", "[\n"}) {
    const auto all = repeated(open, 3'000'000 / std::string_view{open}.size());
    for (const auto& yaml : {"x: " + all, all, "- " + all, "a: 1\nx: " + all})
      EXPECT_NE(read(yaml).find(deep), std::string::npos) << open << ": " << read(yaml).substr(0, 200);
  }
  const auto balanced = repeated("[", 1'000'000) + repeated("]", 1'000'000);
  EXPECT_NE(read(balanced).find(deep), std::string::npos);
  for (const auto* item : {"1,", "[1],", "{a: 1},"})
    for (const auto* before : {"", "- ", "x: [", "x: [{a: "}) {
      const auto list = std::string{before} + "[";
      const auto end = std::string{"1]"} + (list.find('{') != std::string::npos ? "}]" : before[0] == 'x' ? "]" : "");
      EXPECT_EQ(read(list + repeated(item, 700'000) + end).substr(0, 8 + wide.size()), "line 1: " + wide) << list << item;
      EXPECT_EQ(read(list + repeated(item, 100'000) + end).substr(0, 1), before[0] == 'x' ? "{" : "[") << list << item;
    }
}

// What looks like brackets in a text is none.
TEST(YamlRead, TakesLongTextsWithBracketsInThem) {
  const auto csv = repeated("1,2:3,", 100'000), colours = repeated("\\x1b[31m red ", 15'000), list = "[" + repeated("7, ", 150'000) + "]";
  for (const auto& line : {csv, colours, list}) EXPECT_EQ(read("log: |\n  " + line + "\nnext: 1\n"), nlohmann::json({{"log", line + "\n"}, {"next", 1}}).dump()) << line.substr(0, 20);
}

TEST(YamlRead, RefusesAliasBombs) {
  std::string bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n";
  for (int i = 1; i < 9; ++i) {
    const auto below = "*a" + std::to_string(i - 1), n = std::to_string(i);
    bomb += "a" + n + ": &a" + n + " [" + below + repeated(", " + below, 9) + "]\n";
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read(bomb), "line 6: aliases expand to more values than launchgate reads");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{5});
}

// Few values, but each of them names the same long text: a Doc shares it, whatever is made of the Doc does not.
TEST(YamlRead, RefusesAliasesThatRepeatALongText) {
  const auto bomb = "a: &a " + std::string(1u << 20, 'x') + "\nb: [*a" + repeated(", *a", 200) + "]\n";
  EXPECT_EQ(read(bomb), "line 2: more text than launchgate reads, aliases expanded");
  EXPECT_EQ(read(bomb + "c: {<<: {}}"), "line 2: more text than launchgate reads, aliases expanded");
  const auto keys = "a: &a {? " + std::string(60'000, 'k') + " : 1}\nb: [*a" + repeated(", *a", 2000) + "]\n";
  EXPECT_EQ(read(keys), "line 2: more text than launchgate reads, aliases expanded");
}

// Each alias puts a nest of 50 levels at the bottom of another one: bounded line by line, and deep as a whole.
TEST(YamlRead, CountsTheDepthThatAliasesAdd) {
  const auto wrap = [](const std::string& inner) { return repeated("[", 50) + inner + repeated("]", 50); };
  EXPECT_EQ(read("a: &a " + wrap("x") + "\nb: " + repeated("[", 49) + "*a" + repeated("]", 49)).substr(0, 7),
            "{\"a\":[[")
      << "1 + 49 + 50";
  EXPECT_EQ(read("a: &a " + wrap("x") + "\nb: &b " + wrap("*a") + "\n"), "line 2: nested deeper than 100 levels")
      << "1 + 50 + 50";
  std::string chain = "- &a0 " + wrap("x") + "\n";
  for (int i = 1; i < 500; ++i) chain += "- &a" + std::to_string(i) + " " + wrap("*a" + std::to_string(i - 1)) + "\n";
  EXPECT_EQ(read(chain), "line 2: nested deeper than 100 levels");
}

// Merging compared every member with every other: 20,000 by 20,000 took minutes.
TEST(YamlRead, MergesLargeMappingsInLinearTime) {
  std::string yaml = "a: &a {";
  for (int i = 0; i < 20'000; ++i) yaml += "a" + std::to_string(i) + ": 1, ";
  yaml += "}\nb: {<<: *a, ";
  for (int i = 0; i < 20'000; ++i) yaml += "b" + std::to_string(i) + ": 1, ";
  yaml += "}\n";
  const auto start = std::chrono::steady_clock::now();
  const auto docs = read_yaml(yaml);
  ASSERT_TRUE(docs) << docs.error().text();
  EXPECT_EQ((*docs)[0].root()["b"].size(), 40'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

TEST(YamlRead, MeansTheSameAsJsonWhereTheTextIsJson) {
  for (const char* json : {R"({"a":[1,-2.5,1e3,true,false,null,"x","","é"],"b":{},"c":[[],{"d":{}}]})", "[]", "{}",
                           R"(["yes","0644","1.0"])"}) {
    EXPECT_EQ(read(json), text(testing::doc(json).root())) << json;
  }
}

}  // namespace
}  // namespace launchgate
