#include "base/decimal.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/json_read.h"

namespace launchgate {
namespace {

// value = 0.d1d2d3… * 10^exponent, without leading or trailing zeros; no digits = zero.
struct Decimal {
  bool negative = false;
  std::string digits;
  long exponent = 0;
};

std::optional<Decimal> parse(std::string_view s) {
  if (!is_json_number(s)) return {};
  Decimal d;
  if (s[0] == '-') d.negative = true, s.remove_prefix(1);
  if (const auto e = s.find_first_of("eE"); e != std::string_view::npos) {
    d.exponent = std::strtol(std::string{s.substr(e + 1)}.c_str(), nullptr, 10);
    if (d.exponent > 9999 || d.exponent < -9999) return {};
    s = s.substr(0, e);
  }
  const auto point = std::min(s.find('.'), s.size());
  d.exponent += static_cast<long>(point);
  for (char c : s)
    if (c != '.') d.digits += c;
  const auto first = std::min(d.digits.find_first_not_of('0'), d.digits.size());
  d.digits.erase(0, first);
  d.exponent -= static_cast<long>(first);
  while (!d.digits.empty() && d.digits.back() == '0') d.digits.pop_back();
  if (d.digits.empty()) d.negative = false, d.exponent = 0;
  return d;
}

int magnitude(const Decimal& a, const Decimal& b) {
  if (a.digits.empty() || b.digits.empty())
    return static_cast<int>(!a.digits.empty()) - static_cast<int>(!b.digits.empty());
  if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
  const int c = a.digits.compare(b.digits);
  return c < 0 ? -1 : c > 0 ? 1 : 0;
}

}  // namespace

std::optional<int> compare_decimals(std::string_view a, std::string_view b) {
  const auto x = parse(a), y = parse(b);
  if (!x || !y) return {};
  if (x->negative != y->negative) return x->negative ? -1 : 1;
  return x->negative ? -magnitude(*x, *y) : magnitude(*x, *y);
}

std::optional<bool> holds(std::string_view a, std::string_view op, std::string_view b) {
  const auto c = compare_decimals(a, b);
  if (!c) return {};
  if (op == ">=") return *c >= 0;
  if (op == ">") return *c > 0;
  if (op == "<=") return *c <= 0;
  if (op == "<") return *c < 0;
  if (op == "==") return *c == 0;
  return {};
}

}  // namespace launchgate
