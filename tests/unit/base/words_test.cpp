#include "base/words.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "support/docs.h"

namespace launchgate {
namespace {

using testing::doc;
using testing::text;

std::string word(std::uint32_t at) { return {WordPool::at(at), WordPool::size_before(WordPool::at(at))}; }

TEST(Words, TheSameTextStandsOnce) {
  const auto first = WordPool::share("a-text-of-this-test"), second = WordPool::share(std::string{"a-text-of-"} + "this-test");
  ASSERT_TRUE(first);
  EXPECT_EQ(first, second);
  EXPECT_EQ(word(*first), "a-text-of-this-test");
  EXPECT_NE(WordPool::share("A-text-of-this-test"), first);
  const std::string longest(WordPool::kLongest, 'x');
  ASSERT_TRUE(WordPool::share(longest));
  EXPECT_EQ(word(*WordPool::share(longest)), longest);
}

TEST(Words, WhatIsTooLongOrEmptyIsNoWord) {
  EXPECT_FALSE(WordPool::share(""));
  EXPECT_FALSE(WordPool::share(std::string(WordPool::kLongest + 1, 'x')));
}

TEST(Words, ThreadsThatShareAtOnceAgree) {
  std::vector<std::vector<std::uint32_t>> found(4);
  std::vector<std::thread> threads;
  for (auto& mine : found)
    threads.emplace_back([&mine] {
      for (int i = 0; i < 500; ++i) mine.push_back(*WordPool::share("thread-word-" + std::to_string(i)));
    });
  for (auto& t : threads) t.join();
  for (const auto& mine : found) EXPECT_EQ(mine, found.front());
}

TEST(Words, ACompactedDocSaysWhatItSaidBefore) {
  const std::string long_key(40, 'k'), huge_key(300, 'h'), long_text(500, 't');
  const std::string json = R"({")" + long_key + R"(":"x","plain":[1,true,null,"x","","plain"],")" + huge_key + R"(":{"a":")" + long_text +
                           R"(","b":")" + long_text + R"("}})";
  Doc d = doc(json);
  d.compact();
  EXPECT_EQ(text(d.root()), json);
  EXPECT_EQ(d.root()[long_key].text(), "x");
  EXPECT_FALSE(d.root()[long_key.substr(1)]);
  EXPECT_EQ(d.root()[huge_key]["b"].text(), long_text);
  Doc again = doc(json);
  again.compact();
  EXPECT_TRUE(same(d.root(), again.root()));
  again.compact();  // what is compact stays as it is
  EXPECT_EQ(text(again.root()), json);
  EXPECT_EQ(again.bytes(), d.bytes());
  const Doc copy = again;
  again = Doc{};
  EXPECT_EQ(text(copy.root()), json) << "a copy does not lead back";
}

// Last of this process's words: from here on new texts stay in their Docs.
TEST(Words, OnceTheRoomIsUsedUpTextsStayInTheirDocs) {
  std::size_t added = 0;
  for (int i = 0; WordPool::share("filling-" + std::to_string(i) + std::string(100, 'f')); ++i) ++added;
  EXPECT_GT(added, 100u);
  EXPECT_LE(WordPool::used(), WordPool::kRoom);
  EXPECT_TRUE(WordPool::share("a-text-of-this-test")) << "what is known is still found";
  Doc d = doc(R"({"a-key-after-the-room-is-used-up":"a value after it, too"})");
  d.compact();
  EXPECT_EQ(text(d.root()), R"({"a-key-after-the-room-is-used-up":"a value after it, too"})");
  EXPECT_EQ(d.root()["a-key-after-the-room-is-used-up"].text(), "a value after it, too");
}

}  // namespace
}  // namespace launchgate
