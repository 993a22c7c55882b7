// The first page: figures, the reviews by team and tier, and what will need somebody soon; then the table of all.
#include <algorithm>
#include <map>
#include <set>

#include "wire/fleet_page.h"

namespace launchgate::fleet_page {
namespace {

constexpr Seconds kSoon = std::chrono::hours{24 * 30};

void figure(Html& out, const char* what, const std::string& n) {
  out << "<div><dt>" << std::string_view{what} << "</dt><dd>" << n << "</dd></div>\n";
}
void figure(Html& out, const char* what, std::size_t n) { figure(out, what, std::to_string(n)); }

std::size_t in_state(const FleetReport& report, std::string_view state) {
  return static_cast<std::size_t>(
      std::count_if(report.reviews.begin(), report.reviews.end(), [&](const auto& r) { return r.state == state; }));
}

void figures(Html& out, const FleetReport& report) {
  std::size_t waivers = 0, before = 0, after = 0;
  for (const FleetReview& r : report.reviews) {
    for (const FleetWaiver& w : r.waivers) waivers += w.fault.empty();
    before += static_cast<std::size_t>(r.counts_before_waivers.fail);
    after += static_cast<std::size_t>(r.counts.fail);
  }
  out << "<dl class=\"figures\">\n";
  figure(out, "reviews", report.reviews.size());
  figure(out, "a rollout is refused", in_state(report, "refused"));
  figure(out, "let in with warnings", in_state(report, "warned"));
  figure(out, "ready", in_state(report, "ready"));
  figure(out, "paused", in_state(report, "paused"));
  figure(out, "workloads without a review", report.unreviewed.size());
  figure(out, "waivers in force", waivers);
  figure(out, "failing gates before / with waivers", std::to_string(before) + " / " + std::to_string(after));
  out << "</dl>\n";
}

struct Cell {
  std::size_t reviews = 0, refused = 0;
};

void cell(Html& out, const Cell& c) {
  out << "<td class=\"num\">";
  if (c.reviews) out.number(static_cast<std::int64_t>(c.reviews));
  else out << "&ndash;";
  if (c.refused) out << " (" << std::to_string(c.refused) << " refused)";
  out << "</td>";
}

void by_team(Html& out, const FleetReport& report) {
  std::map<std::string, std::map<int, Cell>> teams;  // by tier; -1: none
  for (const FleetReview& r : report.reviews) {
    Cell& c = teams[r.team][r.tier ? static_cast<int>(*r.tier) : -1];
    ++c.reviews;
    c.refused += r.state == "refused";
  }
  out << "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Reviews by team and tier\">\n<table "
         "class=\"teams\">\n"
         "<caption>Reviews by team and tier</caption>\n<thead><tr><th scope=\"col\">Team</th>";
  for (const char* tier : {"critical", "high", "moderate", "low", "no tier"})
    out << "<th scope=\"col\" class=\"num\">" << std::string_view{tier} << "</th>";
  out << "</tr></thead>\n<tbody>\n";
  for (auto& [team, tiers] : teams) {
    out << "<tr><th scope=\"row\">" << team << "</th>";
    for (const int tier : {3, 2, 1, 0, -1}) cell(out, tiers[tier]);
    out << "</tr>\n";
  }
  out << "</tbody>\n</table>\n</div>\n";
}

struct Date {
  TimePoint when;
  const FleetReview* review;
  std::string what;
};

// What ends within thirty days or has ended.
std::vector<Date> soon(const FleetReport& report) {
  std::vector<Date> out;
  for (const FleetReview& r : report.reviews) {
    const auto add = [&](TimePoint when, std::string what) {
      if (when - report.now <= kSoon) out.push_back({when, &r, std::move(what)});
    };
    if (r.ends) add(*r.ends, "the review ends");
    for (const FleetWaiver& w : r.waivers)
      if (w.until) add(*w.until, "waiver " + w.name + " ends");
    for (const FleetDate& d : r.dates)
      if (d.limit) add(d.date + *d.limit, d.what + " is too old");
  }
  std::stable_sort(out.begin(), out.end(), [](const Date& a, const Date& b) { return a.when < b.when; });
  return out;
}

void attention(Html& out, const FleetReport& report) {
  const auto dates = soon(report);
  out << "<h3>Within thirty days, or past</h3>\n";
  if (dates.empty()) {
    out << "<p>No review, waiver or evidence runs out.</p>\n";
    return;
  }
  out << "<ul class=\"list\">\n";
  for (const Date& d : dates) {
    out << "<li>";
    dated(out, report.now, d.when);
    out << ": <a href=\"#" << anchor(*d.review) << "\">" << d.review->ns << "/" << d.review->name << "</a>, " << d.what
        << "</li>\n";
  }
  out << "</ul>\n";
}

void choice(Html& out, const char* label, const char* name, const std::set<std::string>& values) {
  out << "<label>" << std::string_view{label} << "<select name=\"" << std::string_view{name}
      << "\"><option value=\"\">all</option>";
  for (const std::string& v : values) out << "<option value=\"" << v << "\">" << v << "</option>";
  out << "</select></label>\n";
}

std::string tier_of(const FleetReview& r) { return r.tier ? std::string{to_string(*r.tier)} : "no tier"; }

void filter(Html& out, const FleetReport& report) {
  std::set<std::string> teams, tiers, states;
  for (const FleetReview& r : report.reviews) teams.insert(r.team), tiers.insert(tier_of(r)), states.insert(r.state);
  out << "<form id=\"filter\" role=\"search\" aria-label=\"Filter the reviews\" hidden>\n<label>Find<input "
         "type=\"search\" "
         "name=\"text\" autocomplete=\"off\"></label>\n";
  choice(out, "Team", "team", teams);
  choice(out, "Tier", "tier", tiers);
  choice(out, "New rollout", "state", states);
  out << "<button type=\"reset\">Show all</button>\n<output aria-live=\"polite\"></output>\n</form>\n";
}

void row(Html& out, const FleetReview& r, TimePoint now) {
  std::size_t blocks = 0, warns = 0;
  for (const FleetGate& g : r.gates) {
    blocks += g.effect() == "blocks";
    warns += g.effect() == "warns";
  }
  out << "<tr data-review=\"" << anchor(r) << "\" data-team=\"" << r.team << "\" data-tier=\"" << tier_of(r)
      << "\" data-state=\"" << r.state << "\"><th scope=\"row\"><a href=\"#" << anchor(r) << "\">" << r.ns << "/"
      << r.name << "</a></th><td>" << r.team << "</td><td data-sort=\""
      << std::to_string(r.tier ? static_cast<int>(*r.tier) : -1) << "\">";
  badge(out, tier_of(r));
  out << "</td><td>";
  badge(out, r.state);
  out << "</td>";
  for (const std::size_t n : {blocks, warns, static_cast<std::size_t>(r.counts.waived),
                              static_cast<std::size_t>(r.counts_before_waivers.fail)}) {
    out << "<td class=\"num\">";
    out.number(static_cast<std::int64_t>(n)) << "</td>";
  }
  out << "<td data-sort=\"" << (r.ends ? format_time(*r.ends) : "9999") << "\">";
  if (r.ends) dated(out, now, *r.ends);
  else out << "no end named";
  out << "</td></tr>\n";
}

}  // namespace

void summary(Html& out, const FleetReport& report) {
  out << "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">Summary</h2>\n";
  figures(out, report);
  if (!report.reviews.empty()) by_team(out, report);
  attention(out, report);
  out << "</section>\n";
}

void overview(Html& out, const FleetReport& report) {
  if (report.reviews.empty()) {
    out << "<p>There is no ReadinessReview.</p>\n";
    return;
  }
  filter(out, report);
  out << "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"All reviews\">\n<table id=\"fleet\">\n"
         "<caption>All reviews, the highest tier first</caption>\n<thead><tr>";
  for (const char* column : {"Review", "Team", "Tier", "New rollout"})
    out << "<th scope=\"col\">" << std::string_view{column} << "</th>";
  for (const char* column : {"Block", "Warn", "Waived", "Before waivers"})
    out << "<th scope=\"col\" class=\"num\">" << std::string_view{column} << "</th>";
  out << "<th scope=\"col\">Ends</th></tr></thead>\n<tbody>\n";
  for (const FleetReview& r : report.reviews) row(out, r, report.now);
  out << "</tbody>\n</table>\n</div>\n";
}

}  // namespace launchgate::fleet_page
