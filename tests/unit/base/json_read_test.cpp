#include "base/json_read.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/utf8.h"
#include "support/docs.h"
#include "support/source_dir.h"

namespace launchgate {
namespace {

using testing::doc;
using testing::text;

std::string error_of(std::string_view json, const JsonOptions& options = {}) {
  const auto read = read_json(json, options);
  return read ? "no error: " + text(read->root()) : read.error().text();
}

std::string repeated(std::string_view s, std::size_t n) {
  std::string out;
  for (std::size_t i = 0; i < n; ++i) out += s;
  return out;
}

TEST(JsonRead, ReadsEveryKindOfValueAndKeepsTheOrderAndTheTextOfNumbers) {
  struct Row {
    std::string_view json, means;
  };
  const Row rows[] = {
      {"{}", "{}"},
      {"[]", "[]"},
      {" \t\r\n[ ]\n", "[]"},
      {"null", "null"},
      {" true ", "true"},
      {"false\n", "false"},
      {R"("a lone string")", R"("a lone string")"},
      {" -1.50e+3\n", "-1.50e+3"},
      {"11E111111", "11E111111"},  // no double, alone as little as in an array
      {"[null,true,false,0,\"\"]", "[null,true,false,0,\"\"]"},
      {"{\"b\" : 1 ,\n\"a\":{\"z\":[ ]}}", R"({"b":1,"a":{"z":[]}})"},
      // Money is not rounded, and what no double holds is still a number.
      {"[0.10,1.0,-0,-0.0,1E5,1e-7]", "[0.10,1.0,-0,-0.0,1E5,1e-7]"},
      {"[12345678901234567890123456789,0.1234567890123456789012345,1e999,-1e-999]",
       "[12345678901234567890123456789,0.1234567890123456789012345,1e999,-1e-999]"},
      {"[1 ,2\t,3\n]", "[1,2,3]"},
      {R"(["\"\\\/\b\f\n\r\t","\u00e9\u20AC","\ud83d\ude00","\u0000"])",
       "[\"\\\"\\\\/\\b\\f\\n\\r\\t\",\"é€\",\"😀\",\"\\u0000\"]"},
      {R"({"\u0061":1,"":2,"a b":3})", R"({"a":1,"":2,"a b":3})"},
      {"\"\x7f\"", "\"\x7f\""},
  };
  for (const Row& row : rows) EXPECT_EQ(text(doc(row.json).root()), row.means) << row.json;
}

TEST(JsonRead, RefusesWhatIsNoJson) {
  // clang-format off
  const std::string_view rows[] = {
      "", " ", "\n", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]", "[1}", "[[1]", "[{]}",
      "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1 \"b\":2}", "{\"a\" 1}", "{\"a\"::1}",
      "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\":1]", "{\"a\":[}",
      "nul", "nulL", "nullx", "tru", "truex", "True", "NaN", "Infinity", "-Infinity", "undefined",
      "[nul]", "[nullx]", "[tru]", "[truex]", "[falsey]", "[True]", "[NaN]", "[-Infinity]",
      "+1", "01", "-", "1.", ".5", "1e", "1e+", "0x10", "1_000", "--1", "- 1", "1 2", "1a",
      "[+1]", "[01]", "[-]", "[1.]", "[.5]", "[1e]", "[1e+]", "[0x10]", "[1_000]", "[--1]", "[- 1]", "[1a]", "[-01]",
      "[1.2.3]", "[1e5.5]", "\"", "\"abc", "'abc'", "\"\\\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"",
      "[\"\\a\"]", "[\"tab\there\"]", "[\"line\nbreak\"]",
      "// comment\n{}", "{} // comment", "/* c */ {}", "{\"a\":1}}", "[1]]", "[1],", "{} {}", "[] x", "null null",
      "\"a\" \"b\"", "\xEF\xBB\xBF{}",
  };
  // clang-format on
  for (const auto json : rows) EXPECT_FALSE(read_json(json)) << "read as JSON: " << json;
  for (unsigned c = 0; c < 0x20; ++c) {
    const std::string raw{'[', '"', static_cast<char>(c), '"', ']'};
    EXPECT_FALSE(read_json(raw)) << "a raw control character " << c << " in a string";
  }
}

// isspace() also takes \v and \f, which are no white space in JSON.
TEST(JsonRead, NumbersAreNotFollowedByVerticalTabsOrFormFeeds) {
  for (const char* json : {"[1\v]", "[1\f]", "1\v", "\f1", "{\"a\":1\f}", "[1\xc2\xa0]", "\v[]", "[]\f"})
    EXPECT_FALSE(read_json(json)) << json;
}

TEST(JsonRead, RefusesBytesThatAreNoUtf8AndHalfSurrogates) {
  const std::string bad[] = {
      "\xFF", "\x80", "\xC3", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80"};
  for (const auto& bytes : bad) {
    EXPECT_FALSE(read_json("[\"" + bytes + "\"]"));
    EXPECT_FALSE(read_json("{\"" + bytes + "\":1}"));
    EXPECT_FALSE(read_json("\"" + bytes + "\""));
  }
  EXPECT_EQ(error_of("{\n\"a\": \"ok\",\n\"b\": \"\xFF\"}").substr(0, 8), "line 3: ");

  for (const char* half : {R"(["\ud83d"])", R"(["\ud83dx"])", R"(["\ud83d\u0041"])", R"(["\ud83d\ud83d"])",
                           R"(["\ude00"])", R"({"\ude00":1})"})
    EXPECT_FALSE(read_json(half)) << half;
}

TEST(JsonRead, NamesTheFieldAndTheLineOfWhatIsWrong) {
  struct Row {
    std::string_view json, error;
  };
  const Row rows[] = {
      {"{\n  \"spec\": {\n    \"cost\": {\n      \"amount\": 01\n}}}",
       "line 4: spec.cost.amount: not valid JSON: malformed number"},
      {"{\"a\": [\n1,\n{\"b\": [true, nope]}]}", "line 3: a[1].b[1]: not valid JSON: "},
      {"[[1],\n[2, tru]]", "line 2: [1][1]: not valid JSON: "},
      {"{\"a\": {\"x\": 1,\n\"y\": 2,\n\"x\": 3}}", "line 3: a: key \"x\" stands twice in one object"},
      {"{\"x\": 1, \"y\": {\"x\": 1}, \"x\": 2}", "line 1: key \"x\" stands twice in one object"},
      {"[{}, {\"\\u0061\": 1, \"a\": 2}]", "line 1: [1]: key \"a\" stands twice in one object"},
      {"{}\n\n  {}", "line 3: text behind the end of the JSON value: expected one value"},
      {"[1]\ntail", "line 2: text behind the end of the JSON value: expected one value"},
      {"{\n\"a\": 1,\n\"b\": [1,\n2\n", "line 4: not valid JSON: JSON document ended early"},  // cut off
      {"{\n\"a\": 1,\n\"b\": \"unclosed\n}", "line 3: not valid JSON: "},  // a line break inside a string
      {"{\n\"a\": 1,\n\"b\": \"unclosed}", "line 3: not valid JSON: "},
      {"{\"a\":\n  \"tab\there\"}", "line 2: not valid JSON: "},
      {"", "line 1: not valid JSON: "},
  };
  for (const Row& row : rows) {
    const auto error = error_of(row.json);
    EXPECT_EQ(error.substr(0, row.error.size()), row.error) << row.json << "\n  gave " << error;
  }
}

TEST(JsonRead, RecordsLinesWhenAsked) {
  const std::string_view json = "{\n\"a\": 1,\n\"b\": [\n  2, 3,\n\n  {\"c\": \"x\\ny\"}\n]}";
  JsonOptions lines;
  lines.lines = true;
  const auto read = read_json(json, lines);
  ASSERT_TRUE(read);
  const Node root = read->root();
  EXPECT_EQ(root.line(), 1u);
  EXPECT_EQ(root["a"].line(), 2u);
  EXPECT_EQ(root["b"].line(), 3u);
  EXPECT_EQ(root["b"].at(0).line(), 4u);
  EXPECT_EQ(root["b"].at(1).line(), 4u);
  EXPECT_EQ(root["b"].at(2)["c"].line(), 6u);
  EXPECT_EQ(doc(json).root()["b"].line(), 0u) << "not asked for";
}

TEST(JsonRead, BoundsSizeDepthAndValues) {
  JsonOptions tight;
  tight.limits.max_bytes = 10;
  EXPECT_TRUE(read_json("[12345678]", tight));
  EXPECT_EQ(error_of("[123456789]", tight), "larger than 10 bytes");

  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  const auto objects = [](std::size_t depth) { return repeated("{\"a\":", depth) + "1" + repeated("}", depth); };
  EXPECT_TRUE(read_json(nested(100)));
  EXPECT_TRUE(read_json(objects(100)));
  EXPECT_NE(error_of(nested(101)).find("nested deeper than 100 levels"), std::string::npos);
  EXPECT_NE(error_of(objects(101)).find("nested deeper than 100 levels"), std::string::npos);
  EXPECT_FALSE(read_json(nested(1'000'000)));
  EXPECT_FALSE(read_json(repeated("[", 1'000'000)));
  EXPECT_FALSE(read_json(repeated("{\"a\":", 1'000'000)));

  JsonOptions few;
  few.limits.max_values = 4;
  EXPECT_TRUE(read_json("[1,2,3]", few)) << "the array and its three numbers";
  EXPECT_EQ(error_of("[1,2,3,4]", few), "line 1: [3]: more values than launchgate reads in one document");
}

TEST(JsonRead, RefusesKeysThatADocCannotHold) {
  const std::string key(65535, 'k');
  EXPECT_EQ(doc("{\"" + key + "\":1}").root()[key].text(), "1");
  EXPECT_NE(error_of("{\"" + key + "k\":1}").find("a key longer than 65535 bytes"), std::string::npos);
}

KeyTest boring(std::string_view parent) {
  if (parent != "metadata") return nullptr;
  return [](std::string_view key) { return key == "managedFields"; };
}

TEST(JsonRead, SkipsWhatTheRuleNames) {
  JsonOptions options;
  options.skip = boring;
  const auto kept = [&](std::string_view json) {
    const auto read = read_json(json, options);
    return read ? text(read->root()) : read.error().text();
  };
  EXPECT_EQ(kept(R"({"metadata":{"managedFields":[{"f:spec":{"a":[1,{}]}}],"name":"x"},"managedFields":1})"),
            R"({"metadata":{"name":"x"},"managedFields":1})");
  EXPECT_EQ(kept(R"({"metadata":{"name":"x","managedFields":{"a":"}"}}})"), R"({"metadata":{"name":"x"}})");
  EXPECT_EQ(kept(R"({"metadata":{"managedFields":null}})"), R"({"metadata":{}})");
  EXPECT_EQ(kept(R"({"metadata":{"managedFields":"text","managedFields":2}})"), R"({"metadata":{}})");
  EXPECT_EQ(kept(R"({"metadata":[{"managedFields":1,"name":"x"}]})"), R"({"metadata":[{"name":"x"}]})")
      << "an array's elements have the parent that the array has";
  EXPECT_EQ(
      kept(R"({"object":{"metadata":{"managedFields":[1]}},"oldObject":{"metadata":{"managedFields":[2],"uid":"u"}}})"),
      R"({"object":{"metadata":{}},"oldObject":{"metadata":{"uid":"u"}}})");
  // What is skipped is not judged, but it must end: the rest of the document is.
  EXPECT_FALSE(read_json(R"({"metadata":{"managedFields":[1,2})", options));
  EXPECT_FALSE(read_json(R"({"metadata":{"managedFields":[1]},"a":tru})", options));
  EXPECT_FALSE(read_json(R"({"metadata":{"managedFields":)", options));
  EXPECT_FALSE(read_json("{\"metadata\":{\"managedFields\":\"\xFF\"}}", options)) << "UTF-8 is checked everywhere";
}

// A Doc of a request refers to the request: nothing is copied but what was escaped, and names that are long.
TEST(JsonRead, BorrowsWhatStandsInTheText) {
  const std::string longer(40, 'k');
  const std::string json = "{\"name\":\"faq-bot\",\"a\\u0062\":[\"x\\ty\",-1.50,\"\",true],\"" + longer + "\":{\"n\":\"" + longer + "\"}}";
  const std::string buffer = json + repeated(" ", kJsonPadding);
  JsonOptions options;
  options.borrow = true;
  Doc d;
  ASSERT_TRUE(read_json_padded(std::string_view(buffer).substr(0, json.size()), d, options));
  EXPECT_EQ(text(d.root()), text(doc(json).root()));
  const auto borrowed = [&](std::string_view s) { return s.data() >= buffer.data() && s.data() < buffer.data() + buffer.size(); };
  EXPECT_TRUE(borrowed(d.root()["name"].text()));
  EXPECT_TRUE(borrowed(d.root()["name"].key()));
  EXPECT_TRUE(borrowed(d.root()["ab"].at(1).text()));
  EXPECT_TRUE(borrowed(d.root()[longer]["n"].text()));
  EXPECT_FALSE(borrowed(d.root()["ab"].at(0).text()));
  EXPECT_FALSE(borrowed(d.root()[longer].key()));
  d.compact();  // for keeping: it refers to the text no longer
  EXPECT_FALSE(borrowed(d.root()["name"].text()));
  EXPECT_EQ(text(d.root()), text(doc(json).root()));
}

TEST(JsonRead, FindsTwoOfAKeyAmongFewAndAmongMany) {
  for (const std::size_t keys : {1, 2, 12, 31, 32, 33, 34, 100, 1000}) {
    std::string object;
    for (std::size_t i = 0; i < keys; ++i) object += "\"k" + std::to_string(i) + "\":{\"k0\":0},";
    EXPECT_TRUE(read_json("{" + object + "\"x\":1}")) << keys;
    for (const std::size_t twice : {std::size_t{0}, keys / 2, keys - 1})
      EXPECT_NE(error_of("{" + object + "\"k" + std::to_string(twice) + "\":1}").find("key \"k" + std::to_string(twice) + "\" stands twice"), std::string::npos) << keys;
  }
}

// A server reads into a reused buffer: behind a short request lie the bytes of a longer one before it.
TEST(JsonRead, BytesBehindTheTextNeverCompleteIt) {
  const std::string whole =
      R"({"request":{"uid":"u-1","list":[1,{"a":[true,null]},[[]]],"n":-1.5e3},"skip":{"x":[1,{"y":2}]},"tail":"}]"})";
  for (const bool skipping : {false, true}) {
    JsonOptions options;
    if (skipping) options.skip = [](std::string_view) -> KeyTest { return [](std::string_view key) { return key == "skip"; }; };
    for (std::size_t size = 0; size < whole.size(); ++size) {
      for (const std::string& behind :
           {whole.substr(size), repeated("]", 80), repeated("}", 80), repeated("]}", 40), repeated(",", 80),
            repeated("\"}]", 30), repeated(" ", 80), repeated("1", 80)}) {
        const std::string buffer = whole.substr(0, size) + behind + repeated(" ", kJsonPadding);
        Doc d;
        EXPECT_FALSE(read_json_padded(std::string_view(buffer).substr(0, size), d, options))
            << whole.substr(0, size) << " + " << behind;
      }
    }
    const std::string buffer = whole + whole + repeated(" ", kJsonPadding);
    Doc d;
    EXPECT_TRUE(read_json_padded(std::string_view(buffer).substr(0, whole.size()), d, options));
  }
}

TEST(JsonRead, ReadsAgainAfterErrorsAndAfterLargeDocuments) {
  const std::string large =
      "[" + repeated("\"0123456789012345678901234567890123456789\",", 60'000) + "1]";  // above 1 MiB
  for (int round = 0; round < 3; ++round) {
    EXPECT_FALSE(read_json("{\"a\": [1, 2"));
    EXPECT_EQ(doc(large).root().size(), 60'001u);
    EXPECT_FALSE(read_json("[\"unclosed]"));
    EXPECT_EQ(text(doc("{\"a\":1}").root()), "{\"a\":1}");
  }
}

TEST(JsonRead, ReadsInManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([t, &good] {
      for (int i = 0; i < 500; ++i) {
        const auto json = "{\"thread\":" + std::to_string(t) + ",\"i\":[" + std::to_string(i) + "]}";
        const auto read = read_json(json);
        good[t] += read && text(read->root()) == json;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(good, std::vector<int>(4, 500));
}

TEST(JsonRead, KnowsTheGrammarOfNumbers) {
  for (const char* s : {"0", "-0", "1", "-1", "10", "0.5", "1.50", "1e5", "1E5", "1e+5", "1e-05", "-12.34e56", "0e0",
                        "123456789012345678901234567890"})
    EXPECT_TRUE(is_json_number(s)) << s;
  for (const char* s : {"",      "-",   "+1",  "00", "01", "-01", ".5",  "1.",       "1.e5", "1e", "1e+",
                        "1e5.0", "0x1", "1_0", " 1", "1 ", "1,0", "NaN", "Infinity", "a",    "--1"})
    EXPECT_FALSE(is_json_number(s)) << s;
}

// The bodies that a real API server posts: nothing is lost and nothing is refused.
TEST(JsonRead, ReadsARecordedAdmissionReviewBackToItsOwnText) {
  std::ifstream file(source_dir() + "/tests/data/admission-reviews/update-deployment-image.json",
                     std::ios::binary);
  ASSERT_TRUE(file) << "tests/data/admission-reviews/ is part of the repository";
  std::ostringstream body;
  body << file.rdbuf();
  const Doc d = doc(body.str());
  EXPECT_EQ(d.root()["kind"].text(), "AdmissionReview");
  EXPECT_EQ(d.root()["request"]["operation"].text(), "UPDATE");
  EXPECT_FALSE(d.root()["request"]["uid"].text().empty());
  EXPECT_TRUE(same(doc(text(d.root())).root(), d.root()));
}

}  // namespace
}  // namespace launchgate
