#include "serve/holder.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace launchgate {
namespace {

std::shared_ptr<const Snapshot> numbered(std::size_t problems) {
  auto out = std::make_shared<Snapshot>();
  out->problems.resize(problems);
  return out;
}

TEST(Holder, IsEmptyAtFirst) {
  Holder holder;
  EXPECT_FALSE(holder.read());
  holder.set(numbered(3));
  ASSERT_TRUE(holder.read());
  EXPECT_EQ((*holder.read()).problems.size(), 3u);
}

// A thread that has nothing to do must not keep an old world in memory.
TEST(Holder, AnOldSnapshotGoesAtOnceThoughItsReadersSleep) {
  Holder holder;
  auto first = numbered(1);
  const std::weak_ptr<const Snapshot> gone = first;
  holder.set(std::move(first));
  std::promise<void> read, end;
  std::thread sleeper([&] {
    EXPECT_TRUE(holder.read());
    read.set_value();
    end.get_future().wait();
    EXPECT_EQ((*holder.read()).problems.size(), 2u);
  });
  read.get_future().wait();
  holder.set(numbered(2));
  EXPECT_TRUE(gone.expired());
  end.set_value();
  sleeper.join();
}

TEST(Holder, AReadingKeepsItsSnapshot) {
  Holder holder;
  holder.set(numbered(1));
  std::thread writer;
  {
    const Holder::Reading world = holder.read();
    writer = std::thread([&] { holder.set(numbered(2)); });
    while (holder.current()->problems.size() == 1) std::this_thread::yield();   // it has begun
    EXPECT_EQ((*world).problems.size(), 1u);
  }
  writer.join();
  EXPECT_EQ((*holder.read()).problems.size(), 2u);
}

TEST(Holder, ReadersSeeWholeSnapshotsThatNeverGoBack) {
  Holder holder;
  holder.set(numbered(1));
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int t = 0; t < 4; ++t)
    readers.emplace_back([&] {
      std::size_t last = 0;
      while (!stop) {
        const auto world = holder.read();
        const std::size_t now = (*world).problems.size();
        EXPECT_GE(now, last);
        last = now;
      }
    });
  for (std::size_t i = 2; i < 200; ++i) holder.set(numbered(i));
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace launchgate
