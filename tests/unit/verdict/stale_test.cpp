// What goes stale: every gate of the complete examples that time alone makes unmet is one that renew asks for.
#include "verdict/stale.h"

#include <gtest/gtest.h>

#include <set>

#include "gates/table.h"
#include "support/world.h"

namespace launchgate {
namespace {

constexpr Seconds kDay = std::chrono::hours{24};

std::set<std::string> unmet_at(const Snapshot& world, const Review& review, TimePoint when, bool with_time_only) {
  std::set<std::string> out;
  const Examination e = examine(world, review, when);
  e.each([&](const Verdict& v) {
    for (const GateResult& r : v.gates)
      if (r.unmet() && (!with_time_only || comes_with_time(r.finding.reason))) out.insert(std::string{gate_table()[r.gate].id});
  });
  return out;
}

TEST(Stale, IsWhateverTimeAloneMakesUnmet) {
  const auto now = testing::time_at("2026-11-24T12:00:00Z");
  int went = 0;
  for (const char* tier : {"low", "moderate", "high", "critical"}) {
    const auto world = testing::world_of(testing::objects_below(testing::in_source(std::string{"examples/"} + tier)));
    for (const auto& review : world->reviews)
      for (int days : {30, 90, 200, 1000}) {
        const auto before = unmet_at(*world, *review, now, false), after = unmet_at(*world, *review, now + days * kDay, false);
        const auto asked = unmet_at(*world, *review, now + days * kDay, true);
        for (const std::string& id : after)
          if (!before.count(id)) {
            EXPECT_TRUE(asked.count(id)) << tier << " " << id << " after " << days << " days";
            ++went;
          }
      }
  }
  EXPECT_GE(went, 20);
}

TEST(Stale, SaysWhatIsSoonSo) {
  const auto world = testing::world_of(testing::objects_below(testing::in_source("examples/moderate")));
  const Review& review = *world->reviews.front();
  const auto end = *review.expires_at;
  EXPECT_TRUE(stale_in(*world, review, testing::time_at("2026-11-24T12:00:00Z"), testing::time_at("2026-11-30T12:00:00Z")).empty());
  bool ends = false;
  for (const Stale& s : stale_in(*world, review, end - 3 * kDay, end + kDay))
    if (s.is_end()) {
      ends = true;
      EXPECT_FALSE(s.already);
    }
  EXPECT_TRUE(ends);
  for (const Stale& s : stale_in(*world, review, end + kDay, end + 2 * kDay)) EXPECT_TRUE(s.already) << s.message;
}

}  // namespace
}  // namespace launchgate
