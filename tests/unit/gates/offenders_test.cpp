#include <gtest/gtest.h>

#include "gates/finding.h"

namespace launchgate {
namespace {

Offenders first_of(int count) {
  Offenders bad;
  for (int i = 1; i <= count; ++i)
    bad.add(i == 1 ? "First" : "Other", "risk R" + std::to_string(i), "spec.risks[" + std::to_string(i - 1) + "]", i == 1 ? "mend the first" : "");
  return bad;
}

TEST(Offenders, NamesFiveAndCountsTheRest) {
  EXPECT_FALSE(first_of(0));
  EXPECT_TRUE(first_of(1));
  EXPECT_EQ(first_of(1).finding().message, "risk R1");
  EXPECT_EQ(first_of(5).finding().message, "risk R1; risk R2; risk R3; risk R4; risk R5");
  EXPECT_EQ(first_of(6).finding().message, "risk R1; risk R2; risk R3; risk R4; risk R5 and 1 more");
  EXPECT_EQ(first_of(200).finding().message, "risk R1; risk R2; risk R3; risk R4; risk R5 and 195 more");
}

TEST(Offenders, TakesReasonPathAndFixFromTheFirst) {
  const Finding f = first_of(3).finding();
  EXPECT_EQ(f.outcome, Outcome::Fail);
  EXPECT_EQ(f.reason, "First");
  EXPECT_EQ(f.path, "spec.risks[0]");
  EXPECT_EQ(f.fix, "mend the first");
  EXPECT_EQ(first_of(3).warning().outcome, Outcome::Warn);
}

// A hundred thousand keys in one environment took minutes: each was described and its path searched, five are named.
TEST(Offenders, TextsThatNobodyReadsAreNotMade) {
  Offenders bad;
  int described = 0, placed = 0;
  for (int i = 1; i <= 100'000; ++i)
    bad.add(
        "Literal", [&] { return ++described, "env K" + std::to_string(i); }, [&] { return ++placed, "env[" + std::to_string(i - 1) + "]"; });
  EXPECT_EQ(bad.finding().message, "env K1; env K2; env K3; env K4; env K5 and 99995 more");
  EXPECT_EQ(bad.finding().path, "env[0]");
  EXPECT_EQ(described, 5);
  EXPECT_EQ(placed, 1);
}

}  // namespace
}  // namespace launchgate
