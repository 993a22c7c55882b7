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

std::string listed(Words words) {
  std::string out;
  for (auto word : words) out.append("<").append(word).append(">");
  return out;
}

TEST(Words, AreSeparatedByBlanks) {
  EXPECT_EQ(listed("a b"), "<a><b>");
  EXPECT_EQ(listed("  a.b[]   c{*} "), "<a.b[]><c{*}>");
  EXPECT_EQ(listed("."), "<>") << "the object itself";
  EXPECT_EQ(listed(". spec"), "<><spec>");
  for (const char* none : {"", " ", "   "}) EXPECT_TRUE(Words{none}.empty()) << '"' << none << '"';
  EXPECT_FALSE(Words{"."}.empty());
  EXPECT_TRUE(Words{"a b"}.holds("b"));
  EXPECT_FALSE(Words{"ab"}.holds("a"));
  EXPECT_EQ(Words{" a b"}.front(), "a");
}

TEST(Kinds, EveryRowIsSound) {
  std::set<std::string> seen;
  for (const Kind& k : kinds_table()) {
    const auto name = qualified(k);
    EXPECT_TRUE(seen.insert(name).second) << name << " stands twice";
    EXPECT_FALSE(k.kind.empty() || k.plural.empty() || k.versions.empty()) << name;
    EXPECT_EQ(fault_of(k), std::nullopt) << name << ": " << fault_of(k).value_or("");
    EXPECT_EQ(find_kind(k.group, k.kind), &k) << name;
    EXPECT_EQ(std::string{k.plural}.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos) << name;
  }
}

// What a row says of its children and of what it depends on must be written as other rows are.
TEST(Kinds, RowsSpeakOfKindsThatExist) {
  const auto known = [](std::string_view name) {
    const auto dot = name.find('.');
    return find_kind(dot == std::string_view::npos ? "" : name.substr(dot + 1), name.substr(0, dot)) != nullptr;
  };
  for (const Kind& k : kinds_table()) {
    for (auto child : k.creates) EXPECT_TRUE(known(child)) << qualified(k) << " creates " << child;
    for (const Words* list : {&k.instance_of, &k.depends_on})
      for (auto text : *list) {
        const Reference r = parse_reference(text);
        EXPECT_TRUE(find_kind(r.group, r.kind) || r.kind == "ConfigMap") << qualified(k) << ": " << text;
      }
  }
}

TEST(Kinds, AFaultyRowIsNamed) {
  const auto fault = [](Kind k) { return fault_of(k).value_or("sound"); };
  EXPECT_EQ(fault({.group = "a.dev", .kind = "A", .pod_templates = "spec.template", .rollout = "spec"}), "sound");
  EXPECT_EQ(fault({.group = "a.dev", .kind = "A", .pod_templates = "spec.template"}), "nothing of it would ever be a rollout");
  EXPECT_EQ(fault({.kind = "A", .pod_templates = "spec..template", .rollout = "spec"}).substr(0, 37), "\"spec..template\" is no path: expected");
  // A container of a pod template that no rollout path reaches could be changed unseen.
  EXPECT_EQ(fault({.kind = "A", .pod_templates = "spec.template", .rollout = "spec.temp"}), "\"spec.template\" is part of no rollout path");
  EXPECT_EQ(fault({.kind = "A", .models = "model", .rollout = "spec"}), "\"model\" is part of no rollout path");
  EXPECT_EQ(fault({.kind = "A", .rollout = "spec", .ignored = "replicas"}), "\"replicas\" is ignored, and lies below no rollout path");
  EXPECT_EQ(fault({.kind = "A", .rollout = "spec", .ignored = "spec"}), "\"spec\" is ignored, and lies below no rollout path");
  EXPECT_EQ(fault({.kind = "A", .rollout = "spec", .ignored = "spec.a[]"}), "\"spec.a[]\" is ignored, and does not end in a key");
  EXPECT_EQ(fault({.kind = "A", .rollout = "spec", .depends_on = "spec.a"}), "\"spec.a\" is no reference: expected path>Kind.group");
}

TEST(Kinds, ConditionsOfAnLlmWorkload) {
  const Kind k{.kind = "A", .llm_if = "spec.model.format=huggingface|vllm spec.llm spec.runtime~vllm|tgi spec.parts[].use=chat"};
  const auto says = [&](const char* json) { return std::string{says_llm(k, doc(json).root())}; };
  EXPECT_EQ(says(R"({"spec":{"model":{"format":"vllm"}}})"), "spec.model.format=huggingface|vllm");
  EXPECT_EQ(says(R"({"spec":{"model":{"format":"vllm2"}}})"), "");
  EXPECT_EQ(says(R"({"spec":{"llm":{}}})"), "spec.llm");
  EXPECT_EQ(says(R"({"spec":{"llm":null}})"), "");
  EXPECT_EQ(says(R"({"spec":{"runtime":"my-vllm-runtime"}})"), "spec.runtime~vllm|tgi");
  EXPECT_EQ(says(R"({"spec":{"parts":[{"use":"vision"},{"use":"chat"}]}})"), "spec.parts[].use=chat");
  EXPECT_EQ(says(R"({"spec":{"model":{"format":"sklearn"},"runtime":"sklearnserver"}})"), "");
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
