#include "base/time.h"

#include <charconv>
#include <cstdio>

namespace launchgate {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// Reads exactly `width` digits at the front of `s`.
std::optional<int> digits(std::string_view& s, std::size_t width) {
  if (s.size() < width) return {};
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    if (s[i] < '0' || s[i] > '9') return {};
    value = value * 10 + (s[i] - '0');
  }
  s.remove_prefix(width);
  return value;
}

bool eat(std::string_view& s, std::string_view any) {
  if (s.empty() || any.find(s[0]) == std::string_view::npos) return false;
  s.remove_prefix(1);
  return true;
}

std::optional<sys_days> date(std::string_view& s) {
  const auto y = digits(s, 4);
  if (!y || !eat(s, "-")) return {};
  const auto m = digits(s, 2);
  if (!m || !eat(s, "-")) return {};
  const auto d = digits(s, 2);
  if (!d) return {};
  const std::chrono::year_month_day ymd{std::chrono::year{*y}, std::chrono::month{static_cast<unsigned>(*m)},
                                        std::chrono::day{static_cast<unsigned>(*d)}};
  if (!ymd.ok() || *y == 0) return {};
  return sys_days{ymd};
}

std::optional<Seconds> clock(std::string_view& s) {
  const auto h = digits(s, 2);
  if (!h || *h > 23 || !eat(s, ":")) return {};
  const auto m = digits(s, 2);
  if (!m || *m > 59 || !eat(s, ":")) return {};
  const auto sec = digits(s, 2);
  if (!sec || *sec > 60) return {};
  if (eat(s, ".") && !digits(s, 1)) return {};
  while (digits(s, 1)) {}
  return std::chrono::hours{*h} + std::chrono::minutes{*m} + Seconds{*sec};
}

std::optional<Seconds> offset(std::string_view& s) {
  if (eat(s, "Zz")) return Seconds{0};
  const bool minus = !s.empty() && s[0] == '-';
  if (!eat(s, "+-")) return {};
  const auto h = digits(s, 2);
  if (!h || *h > 23 || !eat(s, ":")) return {};
  const auto m = digits(s, 2);
  if (!m || *m > 59) return {};
  const Seconds span = std::chrono::hours{*h} + std::chrono::minutes{*m};
  return minus ? -span : span;
}

}  // namespace

std::optional<TimePoint> parse_time(std::string_view s) {
  const auto day = date(s);
  if (!day) return {};
  if (s.empty()) return TimePoint{*day};
  if (!eat(s, "Tt ")) return {};
  const auto time = clock(s);
  if (!time) return {};
  const auto zone = offset(s);
  if (!zone || !s.empty()) return {};
  return TimePoint{*day} + *time - *zone;
}

std::optional<TimePoint> parse_end(std::string_view s) {
  const auto time = parse_time(s);
  if (time && s.size() == 10) return *time + days{1};
  return time;
}

std::optional<Seconds> parse_duration(std::string_view s) {
  if (s.size() < 2) return {};
  std::int64_t n = 0;
  const auto [end, code] = std::from_chars(s.data(), s.data() + s.size() - 1, n);
  if (code != std::errc{} || end != s.data() + s.size() - 1 || n < 0 || s[0] == '+') return {};
  const std::int64_t unit = s.back() == 's'   ? 1
                            : s.back() == 'm' ? 60
                            : s.back() == 'h' ? 3600
                            : s.back() == 'd' ? 86400
                                              : 0;
  constexpr std::int64_t century = 36525LL * 86400;
  if (unit == 0 || n > century / unit) return {};
  return Seconds{n * unit};
}

std::string format_date(TimePoint time) {
  const std::chrono::year_month_day ymd{std::chrono::floor<days>(time)};
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                static_cast<unsigned>(ymd.day()));
  return out;
}

std::string format_time(TimePoint time) {
  const auto clock = (time - std::chrono::floor<days>(time)).count();
  char out[40];
  std::snprintf(out, sizeof out, "T%02d:%02d:%02dZ", static_cast<int>(clock / 3600), static_cast<int>(clock / 60 % 60),
                static_cast<int>(clock % 60));
  return format_date(time) + out;
}

std::int64_t whole_days(Seconds span) { return span.count() / 86400; }

}  // namespace launchgate
