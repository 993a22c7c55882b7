#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace launchgate {
namespace {

// The reference: decode by the definition, then ask for the ranges and the shortest form (RFC 3629).
std::size_t by_definition(const std::string& s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(s[i])); };
  const unsigned lead = byte(0);
  const std::size_t n = (lead & 0x80) == 0      ? 1
                        : (lead & 0xe0) == 0xc0 ? 2
                        : (lead & 0xf0) == 0xe0 ? 3
                        : (lead & 0xf8) == 0xf0 ? 4
                                                : 0;
  if (n == 0 || s.size() < n) return 0;
  unsigned code = n == 1 ? lead : lead & (0x7fu >> n);
  for (std::size_t i = 1; i < n; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3f);
  }
  const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[n] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return 0;
  return n;
}

TEST(Utf8, AgreesWithTheDefinitionOnEveryLeadAndSecondByte) {
  for (unsigned lead = 0; lead < 256; ++lead)
    for (unsigned second = 0; second < 256; ++second)
      for (const char third : {'\x7f', '\x80', '\xbf', '\xc0'})
        for (const char fourth : {'\x41', '\x80', '\xbf'}) {
          const std::string s{static_cast<char>(lead), static_cast<char>(second), third, fourth};
          for (std::size_t size = 1; size <= 4; ++size)
            ASSERT_EQ(utf8_size(s.substr(0, size)), by_definition(s.substr(0, size)))
                << std::hex << lead << ' ' << second << " size " << size;
        }
  EXPECT_EQ(utf8_size(""), 0u);
}

TEST(Utf8, SaysHowFarTheTextIsValid) {
  struct Row {
    std::string text;
    std::size_t valid;
  };
  const Row rows[] = {
      {"", 0},
      {"plain", 5},
      {std::string("a\0b", 3), 3},
      {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9},
      {"ab\xFFzz", 2},
      {"ab\xC3", 2},             // cut off
      {"\xED\xA0\x80", 0},       // an encoded surrogate
      {"x\xC0\xAF", 1},          // an overlong slash
      {"x\xF4\x90\x80\x80", 1},  // above U+10FFFF
  };
  for (const Row& row : rows) EXPECT_EQ(utf8_valid_prefix(row.text), row.valid) << row.text;
}

}  // namespace
}  // namespace launchgate
