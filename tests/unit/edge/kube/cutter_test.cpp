#include "edge/kube/cutter.h"

#include <gtest/gtest.h>

#include <vector>

#include "edge/kube/bucket.h"
#include "edge/kube/lines.h"
#include "edge/kube/resource.h"

namespace launchgate::kube {
namespace {

struct Cut {
  std::vector<std::string> items;
  std::string rest, error;
};

// In pieces of `size` bytes: where a piece ends must not matter.
Cut cut(const std::string& text, std::size_t size, std::size_t most = 1000) {
  Cut out;
  ItemCutter cutter{most, [&](std::string_view item) { out.items.emplace_back(item); }};
  for (std::size_t at = 0; at < text.size(); at += size)
    if (!cutter.feed(std::string_view{text}.substr(at, size))) break;
  out.rest = cutter.rest();
  out.error = cutter.error() ? cutter.error() : "";
  return out;
}

struct Row {
  const char* text;
  std::vector<std::string> items;
  const char* rest;
};

TEST(ItemCutter, cuts_the_same_whatever_the_pieces) {
  const Row rows[] = {
      {R"({"items":[]})", {}, R"({"items":[]})"},
      {R"({"kind":"L","metadata":{"continue":"x"},"items":[{"a":1},{"b":[{"c":2}]}]})", {R"({"a":1})", R"({"b":[{"c":2}]})"}, R"({"kind":"L","metadata":{"continue":"x"},"items":[]})"},
      {R"({"items": [ {"a":"}]\"{"} , {"b":"\\"} ], "z":1})", {R"({"a":"}]\"{"})", R"({"b":"\\"})"}, R"({"items": [], "z":1})"},
      {R"({"x":{"items":[{"no":1}]},"items":[{"yes":1}]})", {R"({"yes":1})"}, R"({"x":{"items":[{"no":1}]},"items":[]})"},
      {R"({"items":null})", {}, R"({"items":null})"},
      {R"({"kind":"items","list":[{"a":1}]})", {}, R"({"kind":"items","list":[{"a":1}]})"},
      {"{\"items\":[\n{\"a\":1},\n{\"b\":2}\n]}\n", {R"({"a":1})", R"({"b":2})"}, "{\"items\":[]}\n"},
  };
  for (const Row& row : rows)
    for (const std::size_t size : {1u, 2u, 3u, 7u, 1000u}) {
      const Cut got = cut(row.text, size);
      EXPECT_EQ(got.items, row.items) << row.text << " by " << size;
      EXPECT_EQ(got.rest, row.rest) << row.text << " by " << size;
      EXPECT_EQ(got.error, "");
    }
}

TEST(ItemCutter, is_bounded) {
  EXPECT_NE(cut("{\"items\":[{\"a\":\"" + std::string(2000, 'x'), 64).error, "");
  EXPECT_NE(cut("{\"a\":\"" + std::string(2000, 'x'), 64).error, "");
  EXPECT_NE(cut(std::string(500, '['), 64).error, "");
  EXPECT_NE(cut(R"({"items":[1,2]})", 64).error, "");
}

TEST(Lines, come_whole_whatever_the_pieces) {
  for (std::size_t size = 1; size < 12; ++size) {
    Lines lines{100};
    std::vector<std::string> got;
    const std::string text = "one\n\ntwo\nthree";
    for (std::size_t at = 0; at < text.size(); at += size)
      EXPECT_TRUE(lines.feed(std::string_view{text}.substr(at, size), [&](std::string& line) {
        got.push_back(line);
        return true;
      }));
    EXPECT_EQ(got, (std::vector<std::string>{"one", "two"}));
  }
}

TEST(Lines, are_bounded) {
  Lines lines{10};
  EXPECT_FALSE(lines.feed("0123456789abc", [](std::string&) { return true; }));
  EXPECT_TRUE(lines.overflow());
}

// Whether what it gave has come already.
bool now(Deadline at) { return at <= Clock::now(); }

TEST(TokenBucket, lets_a_burst_through_and_then_makes_them_wait) {
  TokenBucket bucket{10, 3};
  const Deadline far = Clock::now() + std::chrono::hours{1};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(now(bucket.take(far)));
  EXPECT_GT(bucket.take(far), Clock::now() + std::chrono::milliseconds{50});
  EXPECT_GT(bucket.take(far), Clock::now() + std::chrono::milliseconds{150});
}

TEST(TokenBucket, takes_nothing_for_who_cannot_wait) {
  TokenBucket bucket{1, 1};
  EXPECT_TRUE(now(bucket.take(Clock::now() + std::chrono::milliseconds{1})));
  for (int i = 0; i < 100; ++i) {
    const Deadline until = Clock::now() + std::chrono::milliseconds{1};
    EXPECT_GT(bucket.take(until), until);
  }
  EXPECT_LE(bucket.take(Clock::now() + std::chrono::hours{1}), Clock::now() + std::chrono::milliseconds{1100});
}

TEST(Resource, paths) {
  const Resource reviews{"launchgate.dev", "v1alpha1", "readinessreviews", "ReadinessReview"};
  const Resource nodes{"", "v1", "nodes", "Node", false};
  EXPECT_EQ(reviews.path(), "/apis/launchgate.dev/v1alpha1/readinessreviews");
  EXPECT_EQ(reviews.path("shop", "faq-bot", "status"), "/apis/launchgate.dev/v1alpha1/namespaces/shop/readinessreviews/faq-bot/status");
  EXPECT_EQ(nodes.path("ignored", "n/../1"), "/api/v1/nodes/n%2F..%2F1");
  EXPECT_EQ(reviews.api_version(), "launchgate.dev/v1alpha1");
  EXPECT_EQ(nodes.api_version(), "v1");
}

}  // namespace
}  // namespace launchgate::kube
