#include "base/time.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace launchgate {
namespace {

std::string shown(std::optional<TimePoint> time) { return time ? format_time(*time) : "none"; }

TEST(Time, ReadsRfc3339) {
  struct Row {
    const char *text, *utc;
  };
  const Row rows[] = {
      {"2026-11-24T10:00:00Z", "2026-11-24T10:00:00Z"},      {"2026-11-24t10:00:00z", "2026-11-24T10:00:00Z"},
      {"2026-11-24 10:00:00Z", "2026-11-24T10:00:00Z"},      {"2026-11-24", "2026-11-24T00:00:00Z"},
      {"2026-11-24T10:00:00.5Z", "2026-11-24T10:00:00Z"},    {"2026-11-24T10:00:00.999999999Z", "2026-11-24T10:00:00Z"},
      {"2026-11-24T10:00:00+02:00", "2026-11-24T08:00:00Z"}, {"2026-11-24T00:30:00+01:00", "2026-11-23T23:30:00Z"},
      {"2026-12-31T23:30:00-05:30", "2027-01-01T05:00:00Z"}, {"2026-11-24T10:00:00-00:00", "2026-11-24T10:00:00Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},  // a leap second is the second after
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},      {"2000-02-29", "2000-02-29T00:00:00Z"},
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},      {"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
  };
  for (const Row& row : rows) EXPECT_EQ(shown(parse_time(row.text)), row.utc) << row.text;
}

TEST(Time, RefusesWhatIsNoTime) {
  for (const char* text : {"",
                           "soon",
                           "2026",
                           "2026-11",
                           "2026-1-2",
                           "26-11-24",
                           "2026/11/24",
                           "2026-11-24T",
                           "2026-11-24T10",
                           "2026-11-24T10:00",
                           "2026-11-24T10:00:00",
                           "2026-11-24T10:00Z",
                           "2026-11-24T10:00:00X",
                           "2026-11-24T10:00:00Z ",
                           " 2026-11-24T10:00:00Z",
                           "2026-11-24T10:00:00ZZ",
                           "2026-11-24T10:00:00.Z",
                           "2026-11-24T10:00:00,5Z",
                           "2026-11-24T24:00:00Z",
                           "2026-11-24T10:60:00Z",
                           "2026-11-24T10:00:61Z",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-01-00",
                           "2026-01-32",
                           "2026-02-29",
                           "1900-02-29",
                           "2026-04-31",
                           "0000-01-01",
                           "10000-01-01",
                           "-2026-01-01",
                           "+2026-01-01",
                           "2026-11-24T10:00:00+0200",
                           "2026-11-24T10:00:00+2:00",
                           "2026-11-24T10:00:00+24:00",
                           "2026-11-24T10:00:00+02:60",
                           "2026-11-24T10:00:00+02",
                           "2026-11-24T-1:00:00Z",
                           "20261124T100000Z"})
    EXPECT_EQ(shown(parse_time(text)), "none") << text;
}

TEST(Time, ADateAloneAsAnEndIncludesItsDay) {
  EXPECT_EQ(shown(parse_end("2026-11-24")), "2026-11-25T00:00:00Z");
  EXPECT_EQ(shown(parse_end("2024-02-28")), "2024-02-29T00:00:00Z");
  EXPECT_EQ(shown(parse_end("2026-12-31")), "2027-01-01T00:00:00Z");
  EXPECT_EQ(shown(parse_end("2026-11-24T10:00:00Z")), "2026-11-24T10:00:00Z");
  EXPECT_EQ(shown(parse_end("2026-11-24T00:00:00+01:00")), "2026-11-23T23:00:00Z");
  EXPECT_EQ(shown(parse_end("never")), "none");
}

TEST(Time, WhatIsWrittenReadsBack) {
  std::mt19937_64 random(3339);
  const auto first = parse_time("0001-01-01")->time_since_epoch().count(),
             last = parse_time("9999-12-31T23:59:59Z")->time_since_epoch().count();
  std::uniform_int_distribution<std::int64_t> any(first, last);
  for (int i = 0; i < 50'000; ++i) {
    const TimePoint time{Seconds{any(random)}};
    const auto text = format_time(time);
    ASSERT_EQ(text.size(), 20u) << text;
    ASSERT_EQ(parse_time(text), time) << text;
    ASSERT_EQ(format_date(time), text.substr(0, 10));
    const auto day = parse_time(format_date(time));
    ASSERT_TRUE(day && *day <= time && time - *day < std::chrono::hours{24});
    ASSERT_EQ(*parse_end(format_date(time)) - *day, std::chrono::hours{24});
  }
}

TEST(Time, OffsetsMoveTheSameInstant) {
  std::mt19937 random(1);
  const auto two = [](unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  for (int i = 0; i < 2000; ++i) {
    const unsigned h = random() % 24, m = random() % 60, zh = random() % 24, zm = random() % 60;
    const auto clock = "2026-06-15T" + two(h) + ":" + two(m) + ":00", zone = two(zh) + ":" + two(zm);
    const auto at = *parse_time(clock + "Z");
    const auto offset = std::chrono::hours{zh} + std::chrono::minutes{zm};
    ASSERT_EQ(*parse_time(clock + "+" + zone), at - offset);
    ASSERT_EQ(*parse_time(clock + "-" + zone), at + offset);
  }
}

TEST(Duration, ReadsOneNumberAndOneUnit) {
  struct Row {
    const char* text;
    std::int64_t seconds;
  };
  const Row rows[] = {
      {"0s", 0},
      {"1s", 1},
      {"30s", 30},
      {"15m", 900},
      {"2h", 7200},
      {"7d", 604800},
      {"007d", 604800},
      {"90d", 7776000},
      {"36525d", 36525LL * 86400},
      {"876600h", 36525LL * 86400},
      {"3155760000s", 36525LL * 86400},
  };
  for (const Row& row : rows) {
    const auto span = parse_duration(row.text);
    ASSERT_TRUE(span) << row.text;
    EXPECT_EQ(span->count(), row.seconds) << row.text;
  }
  for (const char* text : {"",
                           "s",
                           "d",
                           "7",
                           "7 d",
                           " 7d",
                           "7d ",
                           "-7d",
                           "+7d",
                           "7.5h",
                           "7w",
                           "7y",
                           "1h30m",
                           "7D",
                           "7H",
                           "0x7d",
                           "1e3s",
                           "d7",
                           "7dd",
                           "PT15M",
                           "36526d",
                           "3155760001s",
                           "99999999999999999999d",
                           "9223372036854775807s"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, WholeDaysRoundTowardsZero) {
  struct Row {
    std::int64_t seconds, days;
  };
  for (const Row& row : {Row{0, 0}, Row{86399, 0}, Row{86400, 1}, Row{-1, 0}, Row{-86399, 0}, Row{-86400, -1},
                         Row{-86401, -1}, Row{604800, 7}})
    EXPECT_EQ(whole_days(Seconds{row.seconds}), row.days) << row.seconds;
}

}  // namespace
}  // namespace launchgate
