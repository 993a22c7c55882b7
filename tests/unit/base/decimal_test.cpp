#include "base/decimal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>

namespace launchgate {
namespace {

TEST(Decimal, ComparesExactly) {
  struct Row {
    const char *a, *b;
    int order;
  };
  const Row rows[] = {
      {"0", "0", 0},
      {"0", "-0", 0},
      {"0", "0.000", 0},
      {"0", "0e99", 0},
      {"1", "1.0", 0},
      {"1", "10e-1", 0},
      {"1000", "1e3", 0},
      {"0.001", "1E-3", 0},
      {"123.4500", "1.2345e+2", 0},
      {"1", "2", -1},
      {"-1", "1", -1},
      {"-2", "-1", -1},
      {"-1", "0", -1},
      {"0", "0.0000001", -1},
      {"9", "10", -1},
      {"0.9", "0.91", -1},
      {"0.09", "0.1", -1},
      {"99999", "1e5", -1},
      {"1e-400", "1e-399", -1},
      {"1e400", "1e401", -1},
      // What doubles get wrong:
      {"0.1", "0.10000000000000001", -1},
      {"0.3", "0.30000000000000004", -1},
      {"9007199254740992", "9007199254740993", -1},
      {"1e22", "10000000000000000000000", 0},
      {"123456789012345678901234567890.12", "123456789012345678901234567890.13", -1},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(compare_decimals(row.a, row.b), row.order) << row.a << " ? " << row.b;
    EXPECT_EQ(compare_decimals(row.b, row.a), -row.order) << row.b << " ? " << row.a;
  }
}

TEST(Decimal, IsUndecidedWhereOneSideIsNoNumberOrAbsurd) {
  for (const char* text : {"", "x", "1,5", "01", ".5", "1.", "+1", "0x1", " 1", "NaN", "Infinity", "1e", "1e10000",
                           "1e-10000", "1e99999999999999999999"}) {
    EXPECT_FALSE(compare_decimals(text, "1")) << text;
    EXPECT_FALSE(compare_decimals("1", text)) << text;
    EXPECT_FALSE(holds(text, ">=", "1")) << text;
  }
  EXPECT_EQ(compare_decimals("1e9999", "1e-9999"), 1);
}

// A number as two integers, its digits and its power of ten, and one of the many ways to write it.
struct Number {
  std::int64_t digits;
  int exponent;
};

std::string written(Number n, std::mt19937& random) {
  std::string sign = n.digits < 0 ? "-" : "", digits = std::to_string(n.digits < 0 ? -n.digits : n.digits);
  int exponent = n.exponent;
  for (unsigned zeros = n.digits ? random() % 4 : 0; zeros; --zeros) digits += '0', --exponent;  // 1 = 10e-1 = 100e-2
  const auto point = random() % digits.size();                                                   // 123e0 = 1.23e2
  std::string out = digits;
  if (point) out.insert(digits.size() - point, "."), exponent += static_cast<int>(point);
  if (exponent || random() % 2)
    out +=
        (random() % 2 ? "e" : "E") + std::string(exponent >= 0 && random() % 2 ? "+" : "") + std::to_string(exponent);
  return sign + out;
}

int expected(Number a, Number b) {  // exact: the exponents differ by at most 8 and the digits are below 1e9
  const int low = std::min(a.exponent, b.exponent);
  const auto scaled = [&](Number n) {
    __extension__ __int128 value = n.digits;
    for (int e = n.exponent; e > low; --e) value *= 10;
    return value;
  };
  const auto x = scaled(a), y = scaled(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

TEST(Decimal, AgreesWithIntegersOnGeneratedNumbersHoweverTheyAreWritten) {
  std::mt19937 random(42);
  const auto any = [&] {
    const std::int64_t sizes[] = {1, 10, 1000, 1'000'000'000};
    const std::int64_t bound = sizes[random() % 4];
    return Number{static_cast<std::int64_t>(random() % static_cast<unsigned long>(2 * bound + 1)) - bound,
                  static_cast<int>(random() % 9) - 4};
  };
  for (int i = 0; i < 100'000; ++i) {
    const Number a = any(), b = random() % 4 ? any() : a;
    const auto x = written(a, random), y = written(b, random);
    ASSERT_EQ(compare_decimals(x, y), expected(a, b)) << x << " ? " << y;
    ASSERT_EQ(compare_decimals(y, x), -expected(a, b)) << y << " ? " << x;
    ASSERT_EQ(compare_decimals(x, x), 0) << x;
  }
}

TEST(Decimal, IsAnOrder) {
  std::mt19937 random(7);
  const auto any = [&] {
    return written({static_cast<std::int64_t>(random() % 41) - 20, static_cast<int>(random() % 3) - 1}, random);
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto a = any(), b = any(), c = any();
    if (*compare_decimals(a, b) <= 0 && *compare_decimals(b, c) <= 0) {
      ASSERT_LE(*compare_decimals(a, c), 0) << a << ' ' << b << ' ' << c;
    }
    if (*compare_decimals(a, b) == 0) {
      ASSERT_EQ(compare_decimals(a, c), compare_decimals(b, c)) << a << ' ' << b << ' ' << c;
    }
  }
}

TEST(Decimal, HoldsIsTheOrderInWords) {
  struct Row {
    const char* op;
    bool less, equal, greater;  // for 1 op 2, 2 op 2.0, 3 op 2
  };
  for (const Row& row : {Row{"<", true, false, false}, Row{"<=", true, true, false}, Row{"==", false, true, false},
                         Row{">=", false, true, true}, Row{">", false, false, true}}) {
    EXPECT_EQ(holds("1", row.op, "2"), row.less) << row.op;
    EXPECT_EQ(holds("2", row.op, "2.0"), row.equal) << row.op;
    EXPECT_EQ(holds("3", row.op, "2"), row.greater) << row.op;
  }
  for (const char* op : {"", "=", "!=", "=<", "=>", "eq", ">= "}) EXPECT_FALSE(holds("1", op, "1")) << op;
}

}  // namespace
}  // namespace launchgate
