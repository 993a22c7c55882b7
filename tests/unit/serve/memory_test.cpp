#include "serve/memory.h"

#include <gtest/gtest.h>

#include <thread>

#include "model/kinds.h"
#include "support/docs.h"
#include "verdict/digest.h"

namespace launchgate {
namespace {

std::string digest(int i) {
  std::string hex(64, '0');
  for (std::size_t at = hex.size(); i > 0; i /= 10) hex[--at] = static_cast<char>('0' + i % 10);
  return "r1:sha256:" + hex;
}

TEST(AdmittedMemory, KnowsWhatItWasTold) {
  AdmittedMemory memory;
  memory.record("Deployment", "shop", "bot", digest(1));
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot", digest(1)));
  EXPECT_FALSE(memory.contains("Deployment", "shop", "bot", digest(2)));
  EXPECT_FALSE(memory.contains("Deployment", "shop", "other", digest(1)));
  EXPECT_FALSE(memory.contains("StatefulSet", "shop", "bot", digest(1)));
  EXPECT_FALSE(memory.contains("Deployment", "sho", "pbot", digest(1)));
}

TEST(AdmittedMemory, UnderstandsTheDigestsOfTheJudgement) {
  const Doc object = testing::doc(R"({"spec":{"template":{"spec":{"containers":[{"image":"a:1"}]}}}})");
  const std::string real = rollout_digest(*find_kind("apps", "Deployment"), object.root());
  AdmittedMemory memory;
  memory.record("Deployment", "shop", "bot", real);
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot", real)) << real;
}

TEST(AdmittedMemory, PassesOverWhatIsNoDigestOrHasNoName) {
  AdmittedMemory memory;
  for (const char* text : {"", "r1:sha256:", "r2:sha256:00", "nonsense"}) {
    memory.record("Deployment", "shop", "bot", text);
    EXPECT_FALSE(memory.contains("Deployment", "shop", "bot", text));
  }
  memory.record("Deployment", "shop", "bot", "r1:sha256:" + std::string(64, 'X'));
  memory.record("Job", "shop", "", digest(1));         // generateName
  EXPECT_EQ(memory.workloads(), 0u);
}

TEST(AdmittedMemory, ANameOfMegabytesIsNotKept) {
  AdmittedMemory memory;
  const std::string longest(253, 'n'), longer(254, 'n'), megabytes(3'000'000, 'n');
  for (const std::string& text : {longer, megabytes}) {
    memory.record("Deployment", "shop", text, digest(1));
    memory.record("Deployment", text, "bot", digest(1));
    memory.record(text, "shop", "bot", digest(1));
    EXPECT_FALSE(memory.contains("Deployment", "shop", text, digest(1)));
  }
  EXPECT_EQ(memory.workloads(), 0u);
  memory.record("Deployment", "shop", longest, digest(1));
  EXPECT_TRUE(memory.contains("Deployment", "shop", longest, digest(1)));
}

TEST(AdmittedMemory, KeepsTenOfAWorkloadAndTheNewestAlways) {
  AdmittedMemory memory;
  for (int i = 1; i <= 10; ++i) memory.record("Deployment", "shop", "bot", digest(i));
  memory.record("Deployment", "shop", "bot", digest(1));   // back to the first: now the newest
  memory.record("Deployment", "shop", "bot", digest(11));
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot", digest(1)));
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot", digest(11)));
  EXPECT_FALSE(memory.contains("Deployment", "shop", "bot", digest(2)));
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot", digest(3)));
}

TEST(AdmittedMemory, ForgetsTheWorkloadAdmittedLongestAgo) {
  AdmittedMemory memory{{.workloads = 1600}};
  memory.record("Deployment", "shop", "first", digest(1));
  for (int i = 0; i < 20'000; ++i) {
    memory.record("Deployment", "shop", "bot-" + std::to_string(i), digest(i));
    if (i % 20 == 0) memory.record("Deployment", "shop", "first", digest(1));   // runs on
  }
  EXPECT_LE(memory.workloads(), 1600u);
  EXPECT_TRUE(memory.contains("Deployment", "shop", "first", digest(1)));
  EXPECT_TRUE(memory.contains("Deployment", "shop", "bot-19999", digest(19999)));
  EXPECT_FALSE(memory.contains("Deployment", "shop", "bot-5", digest(5)));
}

TEST(AdmittedMemory, ManyThreads) {
  AdmittedMemory memory{{.workloads = 160}};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&memory, t] {
      for (int i = 0; i < 5'000; ++i) {
        const std::string name = "bot-" + std::to_string((i * 7 + t) % 500);
        memory.record("Deployment", "shop", name, digest(i));
        (void)memory.contains("Deployment", "shop", name, digest(i));
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(memory.workloads(), 160u);
}

}  // namespace
}  // namespace launchgate
