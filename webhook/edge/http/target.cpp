#include "edge/http/target.h"

#include <algorithm>
#include <cstddef>

namespace launchgate::http {
namespace {

bool starts_with_caseless(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != lower[i]) return false;
  }
  return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes "12.5" off the front of text. Nothing when it does not start with a number.
std::optional<double> take_number(std::string_view& text) {
  double value = 0, scale = 1;
  bool digits = false, fraction = false;
  std::size_t i = 0;
  for (; i < text.size() && (is_digit(text[i]) || (text[i] == '.' && !fraction)); ++i) {
    if (text[i] == '.') {
      fraction = true;
      continue;
    }
    digits = true;
    value = value * 10 + (text[i] - '0');
    if (fraction) scale *= 10;
  }
  if (!digits || i > 20) return std::nullopt;
  text.remove_prefix(i);
  return value / scale;
}

// Takes a unit off the front of text and returns it in milliseconds; 0 when it is none.
double take_unit(std::string_view& text) {
  struct Unit {
    std::string_view name;
    double ms;
  };
  static constexpr Unit kUnits[] = {{"ms", 1}, {"us", 1e-3}, {"ns", 1e-6}, {"h", 3.6e6}, {"m", 6e4}, {"s", 1e3}};
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return unit.ms;
  }
  return 0;
}

std::optional<std::chrono::milliseconds> go_duration(std::string_view text) {
  constexpr double kHour = 3.6e6;
  double total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    const std::optional<double> number = take_number(text);
    const double unit = number ? take_unit(text) : 0;
    if (unit == 0) return std::nullopt;
    total += *number * unit;
  }
  const auto whole = static_cast<long>(std::min(total, kHour));
  if (whole <= 0) return std::nullopt;
  return std::chrono::milliseconds(whole);
}

}  // namespace

std::string_view origin_form(std::string_view target) {
  if (target.starts_with('/') || target == "*") return target;
  const std::size_t scheme = starts_with_caseless(target, "http://")    ? 7
                             : starts_with_caseless(target, "https://") ? 8
                                                                        : 0;
  if (scheme == 0) return {};
  const std::size_t end = target.find_first_of("/?#", scheme);
  if (end == scheme) return {};  // no host
  if (end == std::string_view::npos)
    return target.substr(scheme - 1, 1);  // the second slash of "//" serves as the path
  return target[end] == '/' ? target.substr(end) : std::string_view{};
}

std::optional<std::chrono::milliseconds> requested_timeout(std::string_view target) {
  const std::size_t query = target.find('?');
  if (query == std::string_view::npos) return std::nullopt;
  std::string_view rest = target.substr(query + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    if (pair.starts_with("timeout=")) return go_duration(pair.substr(8));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
  }
  return std::nullopt;
}

}  // namespace launchgate::http
