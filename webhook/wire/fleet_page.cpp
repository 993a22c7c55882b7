#include "wire/fleet_page.h"

#include <array>
#include <cstdlib>

#include "base/base64.h"
#include "verdict/digest.h"

namespace launchgate {
namespace fleet_page {
namespace {

// 'sha256-…' as a Content-Security-Policy names an inline style or script.
std::string hash_source(std::string_view text) {
  const std::string hex = sha256_hex(text);
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::strtoul(hex.substr(i, 2).c_str(), nullptr, 16));
  return "'sha256-" + base64(bytes) + "'";
}

struct Sign {
  std::string_view word, look;
};
// clang-format off
constexpr std::array<Sign, 27> kSigns{{
    {"refused", "bad"},   {"blocks", "bad"},    {"deny", "bad"},     {"Void", "bad"},          {"Rejects", "bad"},
    {"late", "bad"},      {"over", "bad"},
    {"warned", "warn"},   {"warns", "warn"},    {"warn", "warn"},    {"waived", "warn"},       {"look", "warn"},
    {"open", "warn"}, {"NotIndependent", "warn"},                 {"NoAuthority", "warn"},
    {"Overruled", "warn"},
    {"ready", "good"},    {"met", "good"},      {"allow", "good"},   {"Valid", "good"},        {"in force", "good"},
    {"low", "low"},       {"moderate", "moderate"},                  {"high", "high"},         {"critical", "critical"},
    {"paused", "stop"},   {"in date", "good"}}};
// clang-format on

std::string_view look_of(std::string_view word) {
  for (const Sign& s : kSigns)
    if (s.word == word) return s.look;
  return "plain";
}

void sign(Html& out, std::string_view look) {
  out << "<span aria-hidden=\"true\">";
  if (look == "bad") out << "&#x2715;";
  else if (look == "warn") out << "!";
  else if (look == "good") out << "&#x2713;";
  else if (look == "stop") out << "&#x2016;";
  else out << "&#x25cb;";
  out << "</span> ";
}

void head(Html& out, const FleetReport& report) {
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ";
  out.markup(hash_source(kStyle)) << "; script-src ";
  out.markup(hash_source(kScript)) << "; base-uri 'none'; form-action 'none'\">\n"
                                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                      "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Readiness report, "
                                   << format_date(report.now) << "</title>\n<style>";
  out.markup(kStyle) << "</style>\n</head>\n";
}

void contents(Html& out) {
  out << "<nav aria-label=\"Contents\">\n<ul>\n<li><a href=\"#summary\">Summary</a></li>\n"
         "<li><a href=\"#reviews\">Reviews</a></li>\n<li><a href=\"#unreviewed\">Without a review</a></li>\n"
         "<li><a href=\"#controls\">Controls</a></li>\n<li><a href=\"#legend\">How to read this</a></li>\n</ul>\n"
         "</nav>\n";
}

}  // namespace

std::string anchor(const FleetReview& review) {
  std::string out = "r-";
  for (const char c : review.ns + "/" + review.name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    out += plain ? std::string{c} : "_" + std::to_string(static_cast<unsigned char>(c)) + "_";
  }
  return out;
}

void badge(Html& out, std::string_view word) {
  const auto look = look_of(word);
  const bool tier = look == "low" || look == "moderate" || look == "high" || look == "critical";
  out << "<span class=\"badge " << look << "\">";
  if (!tier) sign(out, look);
  out << word << "</span>";
}

void date(Html& out, TimePoint time) {
  out << "<time datetime=\"" << format_time(time) << "\">" << format_date(time) << "</time>";
}
void dated(Html& out, TimePoint now, TimePoint time) {
  date(out, time);
  out << " <span class=\"muted\">(" << days_from(now, time) << ")</span>";
}
void code(Html& out, std::string_view text) { out << "<code>" << text << "</code>"; }

void short_digest(Html& out, std::string_view digest) {
  const auto at = digest.rfind(':');
  const auto tail = at == std::string_view::npos ? digest : digest.substr(at + 1);
  out << "<code title=\"" << digest << "\">" << tail.substr(0, 12) << "</code>";
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string{n == 1 ? one : many};
}

}  // namespace fleet_page

std::string fleet_html(const FleetReport& report) {
  using namespace fleet_page;
  Html out;
  head(out, report);
  out << "<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>Production readiness of LLM "
         "features</h1>\n<p>As of ";
  date(out, report.now);
  out << " " << format_time(report.now).substr(11, 5) << " UTC, from " << report.source
      << ". What each review says, and what launchgate found; it says of nothing that it complies.</p>\n</header>\n";
  contents(out);
  out << "<main id=\"main\" tabindex=\"-1\">\n";
  summary(out, report);
  out << "<section aria-labelledby=\"reviews\">\n<h2 id=\"reviews\">Reviews</h2>\n";
  overview(out, report);
  for (const FleetReview& review : report.reviews) article(out, review, report.now);
  out << "</section>\n";
  unreviewed(out, report);
  controls(out, report);
  legend(out);
  out << "</main>\n<footer>\n<p>Made by <code>launchgate report</code>. The same input and date give the same "
         "page.</p>\n"
         "</footer>\n<script>";
  out.markup(kScript) << "</script>\n</body>\n</html>\n";
  return out.take();
}

}  // namespace launchgate
