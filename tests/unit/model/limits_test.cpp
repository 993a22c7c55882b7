// Limits, tiers, modes and the words for them.
#include "model/limits.h"

#include <gtest/gtest.h>

#include <set>

#include "model/policy.h"

namespace launchgate {
namespace {

TEST(Limits, EveryRowIsItsOwn) {
  std::set<std::string_view> names;
  std::set<int> limits;
  for (const LimitRow& row : limit_table()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(limits.insert(static_cast<int>(row.limit)).second) << row.name;
    for (std::size_t t = 1; t < 4; ++t)
      EXPECT_TRUE(row.larger_is_stricter ? row.value[t] >= row.value[t - 1] : row.value[t] <= row.value[t - 1]) << row.name << ": a higher tier never asks for less";
  }
  EXPECT_EQ(names.size(), kLimitCount);
}

TEST(Limits, TightenTakesTheStricterOfEach) {
  for (const LimitRow& row : limit_table())
    for (Tier t : kTiers) {
      Limits a, b;
      a.set(row.limit, t, 5);
      b.set(row.limit, t, 7);
      const double stricter = row.larger_is_stricter ? 7 : 5;
      Limits ab = a, ba = b;
      ab.tighten(b);
      ba.tighten(a);
      EXPECT_EQ(ab.get(row.limit, t), stricter) << row.name;
      EXPECT_EQ(ba.get(row.limit, t), stricter) << row.name << ": in either order";
      for (const LimitRow& other : limit_table())
        for (Tier u : kTiers)
          if (other.limit != row.limit || u != t) {
            EXPECT_EQ(ab.get(other.limit, u), Limits{}.get(other.limit, u)) << other.name;
          }
    }
}

TEST(Words, AreReadAsTheyAreWritten) {
  for (Tier t : kTiers) EXPECT_EQ(parse_tier(to_string(t)), t);
  for (Mode m : {Mode::Audit, Mode::Warn, Mode::Enforce}) EXPECT_EQ(parse_mode(to_string(m)), m);
  for (GateMode m : {GateMode::Off, GateMode::Warn, GateMode::Block}) EXPECT_EQ(parse_gate_mode(to_string(m)), m);
  for (Posture p : {Posture::Ignore, Posture::Audit, Posture::Warn, Posture::Enforce}) EXPECT_EQ(parse_posture(to_string(p)), p);
  for (Strength s : {Strength::Claimed, Strength::Linked, Strength::Observed, Strength::Measured, Strength::Attested}) EXPECT_EQ(parse_strength(to_string(s)), s);
  for (const char* word : {"", "Low", "low ", "5", "none"}) {
    EXPECT_FALSE(parse_tier(word)) << word;
    EXPECT_FALSE(parse_mode(word)) << word;
    EXPECT_FALSE(parse_gate_mode(word)) << word;
    EXPECT_FALSE(parse_posture(word)) << word;
    EXPECT_FALSE(parse_strength(word)) << word;
  }
  // Stricter is greater: policies are combined by maximum.
  EXPECT_LT(Mode::Audit, Mode::Warn);
  EXPECT_LT(Mode::Warn, Mode::Enforce);
  EXPECT_LT(GateMode::Off, GateMode::Warn);
  EXPECT_LT(GateMode::Warn, GateMode::Block);
  EXPECT_LT(Posture::Ignore, Posture::Audit);
  EXPECT_LT(Posture::Warn, Posture::Enforce);
  EXPECT_LT(Strength::Claimed, Strength::Attested);
}

}  // namespace
}  // namespace launchgate
