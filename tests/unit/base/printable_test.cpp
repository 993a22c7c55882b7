// What a manifest says reaches terminals and build servers' logs: nothing of it may be a command there, or a key.
#include "base/printable.h"

#include <gtest/gtest.h>

namespace launchgate {
namespace {

const std::string kToken = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

TEST(Printable, ALineHoldsNothingThatATerminalObeys) {
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},
      {"plain", "plain"},
      {"grün – 鍵 \U0001f600", "grün – 鍵 \U0001f600"},
      {"x\n::error::forged", "x ::error::forged"},
      {"a\r\nb\tc", "a  b c"},
      {"\x1b[31mred\x1b[0m\a\x7f", " [31mred [0m  "},
      {std::string{"nul\0!", 5}, "nul !"},
      {"\xc2\x9b" "31mred", "\xef\xbf\xbd" "31mred"},   // U+009B begins an escape sequence, too
      {"\xc2\xa0\xc2\xa9", "\xc2\xa0\xc2\xa9"},         // U+00A0 and U+00A9 do not
      {"\xe2\x80\xae" "evil\xe2\x81\xa9", "\xef\xbf\xbd" "evil\xef\xbf\xbd"},
      {"\xff cut \xe2\x80", "\xef\xbf\xbd cut \xef\xbf\xbd\xef\xbf\xbd"},
  };
  for (const auto& [text, line] : rows) EXPECT_EQ(printable(text), line);
}

TEST(Printable, LinesKeepTheirLineFeedsAndNothingElse) {
  EXPECT_EQ(printable_lines("a\n\n\x1b[2Jb\r\n"), "a\n\n [2Jb \n");
}

TEST(Printable, AWordThatLooksLikeACredentialIsNotShown) {
  const std::string jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N";
  const std::string key = "-----BEGIN RSA PRIVATE KEY-----\n" + std::string(64, 'M') + "\n-----END RSA PRIVATE KEY-----";
  const std::pair<std::string, std::string> rows[] = {
      {kToken, "(not shown)"},
      {"spec.x is \"" + kToken + "\": expected one of a, b", "spec.x is \"(not shown)\": expected one of a, b"},
      {"https://bot:" + kToken + "@example.com/x", "https://bot:(not shown)@example.com/x"},
      {kToken + "," + kToken + "-more", "(not shown),(not shown)"},
      {"Bearer " + jwt + "!", "Bearer (not shown)!"},
      {"key " + key + " and more", "key (not shown) and more"},
      {"key " + key.substr(0, 80), "key (not shown)"},
      {"-----BEGIN CERTIFICATE----- " + std::string(64, 'M'), "-----BEGIN CERTIFICATE----- " + std::string(64, 'M')},
      {"sk-learn-pipeline-for-the-evaluation-run-12", "sk-learn-pipeline-for-the-evaluation-run-12"},
  };
  for (const auto& [text, line] : rows) EXPECT_EQ(printable(text), line);
}

TEST(Printable, ALineIsOneWhateverStandsInIt) {
  std::string out;
  add_line(out, "review a\nb of " + kToken);
  add_line(out, "next");
  EXPECT_EQ(out, "review a b of (not shown)\nnext\n");
}

}  // namespace
}  // namespace launchgate
