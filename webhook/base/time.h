// Time points, RFC 3339 and durations. launchgate never reads the clock below the doors: `now` is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace launchgate {

// Seconds since 1970-01-01T00:00:00Z. Reviews are dated in days; seconds are exact enough.
using TimePoint = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

// "2026-11-24T10:00:00Z", with offset or fraction, or "2026-11-24" (midnight UTC). Years 0001 to 9999. Leap
// seconds count as the second after.
std::optional<TimePoint> parse_time(std::string_view text);

// A date alone, as an end, includes its day: "until: 2026-11-24" ends at the following midnight.
std::optional<TimePoint> parse_end(std::string_view text);

// "30s", "15m", "2h", "7d"; empty when it is anything else or overflows a hundred years.
std::optional<Seconds> parse_duration(std::string_view text);

std::string format_time(TimePoint time);  // 2026-11-24T10:00:00Z
std::string format_date(TimePoint time);  // 2026-11-24
std::int64_t whole_days(Seconds span);    // rounded towards zero

}  // namespace launchgate
