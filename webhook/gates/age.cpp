#include "gates/age.h"

namespace launchgate {

std::optional<Finding> unless_recent(const Facts& f, Node date, Limit limit, const Occasion& what) {
  constexpr Seconds day = std::chrono::hours{24};
  const std::string path{what.path}, last{what.last};
  const auto days = [](Seconds span) { return std::to_string(whole_days(span)) + "d"; };
  const auto most = "limit for " + std::string{to_string(f.tier)} + " is " + days(f.limit_span(limit));
  if (!stated(date)) return fail(what.missing, std::string{what.none} + " is dated; the " + most, path);
  const auto when = parse_time(date.text());
  if (!when) return fail("DateUnreadable", last + " is dated " + shown(date.text()) + ", which is no date", path);
  const Seconds age = f.now - *when;
  if (age < -day)
    return fail("DateInTheFuture", last + " is dated " + shown(date.text()) + ", which is still to come", path);
  if (age > f.limit_span(limit))
    return fail(what.old, last + " is " + days(age + day - Seconds{1}) + " ago; " + most, path);
  return {};
}

}  // namespace launchgate
