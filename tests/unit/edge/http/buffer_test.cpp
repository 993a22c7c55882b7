#include "edge/http/buffer.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace launchgate::http {
namespace {

TEST(Buffer, GrowsKeepsItsBytesAndHasReadablePad) {
  Budget budget(1 << 20);
  Buffer buffer(budget);
  ASSERT_TRUE(buffer.append("abc"));
  ASSERT_TRUE(buffer.grow(100'000));
  EXPECT_EQ(std::string(buffer.data(), buffer.size()), "abc");
  buffer.commit(buffer.room());
  buffer.pad();                                        // writes the 64 bytes after a full buffer: for the sanitizer
  EXPECT_EQ(buffer.tail()[Buffer::kPad - 1], '\0');
}

TEST(Buffer, TheBudgetRefusesReadingButNotAnswering) {
  Budget budget(10'000);
  Buffer buffer(budget);
  ASSERT_TRUE(buffer.grow(Buffer::kBase));
  EXPECT_EQ(budget.used(), 0u);                        // the first part is free
  ASSERT_TRUE(buffer.grow(Buffer::kBase + 10'000));
  EXPECT_FALSE(buffer.grow(Buffer::kBase + 10'001));
  EXPECT_EQ(budget.used(), 10'000u);
  ASSERT_TRUE(buffer.append(std::string(100'000, 'x')));
  EXPECT_GT(budget.used(), 10'000u);
  buffer = Buffer();
  EXPECT_EQ(budget.used(), 0u);
}

TEST(Buffer, DropsItsFront) {
  Budget budget(1 << 20);
  Buffer buffer(budget);
  ASSERT_TRUE(buffer.append("abcdef"));
  buffer.drop_front(4);
  EXPECT_EQ(std::string(buffer.data(), buffer.size()), "ef");
  buffer.drop_front(2);
  EXPECT_EQ(buffer.size(), 0u);
}

TEST(BufferPool, HandsTheSameMemoryOutAgainButNotLargeOnes) {
  Budget budget(1 << 20);
  BufferPool pool(budget, 64 << 10);
  Buffer first = pool.take();
  const char* memory = first.data();
  ASSERT_TRUE(first.append("left over"));
  pool.give(std::move(first));
  Buffer second = pool.take();
  EXPECT_EQ(second.data(), memory);
  EXPECT_EQ(second.size(), 0u);
  ASSERT_TRUE(second.grow(100 << 10));
  EXPECT_GT(budget.used(), 0u);
  pool.give(std::move(second));
  EXPECT_EQ(budget.used(), 0u);                        // freed, not kept
}

TEST(BufferPool, KeepsOnlyFewThatHaveGrown) {
  Budget budget(1 << 20);
  BufferPool pool(budget, 64 << 10);
  std::vector<Buffer> all;
  for (int i = 0; i < 10; ++i) {
    all.push_back(pool.take());
    ASSERT_TRUE(all.back().grow(64 << 10));
  }
  const std::size_t each = budget.used() / all.size();
  for (Buffer& buffer : all) pool.give(std::move(buffer));
  EXPECT_EQ(budget.used(), 4 * each);
}

}  // namespace
}  // namespace launchgate::http
