// The indexes of a snapshot: every entry is found, nothing else is, among ten and among ten thousand.
#include "model/snapshot.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/docs.h"

namespace launchgate {
namespace {

std::vector<std::uint32_t> found(const HashIndex& index, std::uint64_t hash) {
  std::vector<std::uint32_t> out;
  index.find(hash, [&](std::uint32_t i) { out.push_back(i); });
  return out;
}

TEST(HashIndex, FindsWhatWasAddedAndNothingElse) {
  for (std::uint32_t size : {0u, 1u, 2u, 3u, 10u, 1000u, 10'000u}) {
    HashIndex index;
    const auto hash = [](std::uint32_t i) { return hash_of("ns" + std::to_string(i % 7), "Deployment", "d" + std::to_string(i)); };
    for (std::uint32_t i = 0; i < size; ++i) index.add(hash(i), i);
    index.build();
    for (std::uint32_t i = 0; i < size; ++i) ASSERT_EQ(found(index, hash(i)), std::vector<std::uint32_t>{i}) << i << " of " << size;
    for (std::uint32_t i = size; i < size + 100; ++i) ASSERT_TRUE(found(index, hash(i)).empty()) << i << " of " << size;
  }
}

TEST(HashIndex, ExtremesAndRepeats) {
  HashIndex index;
  for (std::uint32_t i = 0; i < 5; ++i) index.add(0, i), index.add(~0ULL, 10 + i), index.add(1ULL << 63, 20 + i);
  index.build();
  EXPECT_EQ(found(index, 0), (std::vector<std::uint32_t>{0, 1, 2, 3, 4})) << "in the order in which they were added";
  EXPECT_EQ(found(index, ~0ULL), (std::vector<std::uint32_t>{10, 11, 12, 13, 14}));
  EXPECT_EQ(found(index, 1ULL << 63), (std::vector<std::uint32_t>{20, 21, 22, 23, 24}));
  EXPECT_TRUE(found(index, 1).empty());
  EXPECT_TRUE(found(HashIndex{}, 1).empty()) << "before it is built";
}

TEST(HashIndex, TheSeparatorKeepsThePartsApart) {
  EXPECT_NE(hash_of("a", "bc", ""), hash_of("ab", "c", ""));
  EXPECT_NE(hash_of("a", "", "b"), hash_of("a", "b", ""));
  EXPECT_EQ(hash_of("a", "b", "c"), hash_of("a", "b", "c"));
}

std::shared_ptr<const WorldObject> object(const char* kind, const char* ns, const char* name) {
  return std::make_shared<const WorldObject>(WorldObject{kind, ns, name, "", std::make_shared<const Doc>(testing::doc("{}")), ""});
}

TEST(Snapshot, FindsObjectsByKindNamespaceAndName) {
  Snapshot s;
  s.objects = {object("ConfigMap", "a", "x"), object("Service", "a", "x"), object("ConfigMap", "b", "x"), object("ConfigMap", "", "x")};
  s.index();
  EXPECT_EQ(s.find("ConfigMap", "a", "x"), s.objects[0].get());
  EXPECT_EQ(s.find("Service", "a", "x"), s.objects[1].get());
  EXPECT_EQ(s.find("ConfigMap", "b", "x"), s.objects[2].get());
  EXPECT_EQ(s.find("ConfigMap", "", "x"), s.objects[3].get());
  EXPECT_EQ(s.find("ConfigMap", "c", "x"), nullptr);
  EXPECT_EQ(s.find("", "", ""), nullptr);
}

TEST(Snapshot, NamespacesThatNobodyKnowsHaveNoLabels) {
  Snapshot s;
  s.namespaces["a"] = std::make_shared<const Doc>(testing::doc(R"({"team":"x"})"));
  s.index();
  EXPECT_EQ(s.namespace_labels("a")["team"].text(), "x");
  EXPECT_FALSE(s.namespace_labels("b"));
  EXPECT_FALSE(s.namespace_labels(""));
}

}  // namespace
}  // namespace launchgate
