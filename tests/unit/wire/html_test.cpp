// What stands in the program is markup; everything else is text.
#include "wire/html.h"

#include <gtest/gtest.h>

#include "gates/table.h"
#include "support/golden.h"
#include "support/world.h"
#include "wire/fleet.h"

namespace launchgate {
namespace {

TEST(Html, TextIsEscaped) {
  const std::pair<std::string, std::string> rows[] = {
      {"plain", "plain"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"a & b", "a &amp; b"},
      {"\" onclick='x'", "&quot; onclick=&#39;x&#39;"},
      {"grün – 鍵", "grün – 鍵"},
      {std::string{"nul\0!", 5}, "nul\xef\xbf\xbd!"},
      {"bell\a", "bell\xef\xbf\xbd"},
      {"lines\nand\ttabs", "lines\nand\ttabs"},
      {"\xe2\x80\xae" "evil", "\xef\xbf\xbd" "evil"},   // U+202E turns what follows around
      {"\xe2\x81\xa6" "evil", "\xef\xbf\xbd" "evil"},   // U+2066
      {"broken \xff utf-8 \xc3", "broken \xef\xbf\xbd utf-8 \xef\xbf\xbd"},
      {"", ""},
  };
  for (const auto& [text, html] : rows) EXPECT_EQ(escaped(text), html);
}

TEST(Html, LiteralsAreMarkupAndNothingElseIs) {
  const std::string name = "<b>";
  const std::string_view view = name;
  Html page;
  page << "<p title=\"" << name << "\">" << view << "</p>";
  page.number(7) << "!";
  page.markup("<hr>");
  EXPECT_EQ(page.take(), "<p title=\"&lt;b&gt;\">&lt;b&gt;</p>7!<hr>");
}

FleetReport report_of(const char* folder) {
  const auto world = testing::world_of(testing::objects_below(testing::in_source(folder)));
  return fleet_report(*world, "", "the test", testing::time_at("2026-11-24T12:00:00Z"));
}

// The page without its style and script, which are looked at in a browser (tests/report).
std::string without_style(std::string page) {
  for (const auto& [open, close] : {std::pair{"<style>", "</style>"}, {"<script>", "</script>"}, {"style-src ", "; base-uri"}}) {
    const auto from = page.find(open) + std::string_view{open}.size();
    page.erase(from, page.find(close, from) - from);
  }
  return page;
}

TEST(FleetHtml, AsAPage) {
  FleetReport report = report_of("examples/startup");
  report.crosswalks.resize(1);
  report.crosswalks.front().controls.resize(3);
  testing::expect_golden("fleet/startup.html", without_style(fleet_html(report)));
}

TEST(FleetHtml, TheSameInputGivesTheSameBytes) { EXPECT_EQ(fleet_html(report_of("examples/bank")), fleet_html(report_of("examples/bank"))); }

// Whatever a team writes: no element, no attribute, no address of its own.
TEST(FleetHtml, HostileNamesStayText) {
  const std::string page = without_style(fleet_html(report_of("tests/report/hostile")));
  for (const char* markup : {"<script>window", "<img", "<iframe", "<svg", "<base", "<b ", "<style>@", "<meta http-equiv=refresh", "</td></table></main>", "<!--", "\xe2\x80\xae"})
    EXPECT_EQ(page.find(markup), std::string::npos) << markup;
  EXPECT_NE(page.find("&lt;script&gt;window.owned=1&lt;/script&gt;"), std::string::npos);
  for (std::size_t at = page.find("href=\""); at != std::string::npos; at = page.find("href=\"", at + 1)) {
    const auto target = page.substr(at + 6, 8);
    EXPECT_TRUE(target[0] == '#' || target == "https://") << page.substr(at, 60);
  }
  EXPECT_EQ(page.find("style=\""), std::string::npos) << "the policy of the page forbids it";
}

TEST(FleetHtml, AnEmptyFleetSaysSo) {
  const std::string page = fleet_html(FleetReport{});
  EXPECT_NE(page.find("There is no ReadinessReview."), std::string::npos);
  EXPECT_NE(page.find("None: every LLM workload that was found has one review."), std::string::npos);
}

}  // namespace
}  // namespace launchgate
