// One review on the page: what it is for, its five questions, its gates.
#include "gates/table.h"
#include "wire/fleet_page.h"

namespace launchgate::fleet_page {
namespace {

void value(Html& out, const FleetAnswer::Item& item) {
  const auto at = item.url.empty() ? std::string::npos : item.text.find(item.url);
  if (at == std::string::npos) {
    out << item.text;
    return;
  }
  out << item.text.substr(0, at) << "<a href=\"" << item.url << "\" rel=\"noopener noreferrer\">" << item.url << "</a>"
      << item.text.substr(at + item.url.size());
}

// One label, and all the values that follow under the same.
void items(Html& out, const std::vector<FleetAnswer::Item>& all) {
  out << "<dl class=\"facts\">\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || all[i].label != all[i - 1].label) out << "<dt>" << all[i].label << "</dt>";
    out << "<dd>";
    value(out, all[i]);
    out << "</dd>\n";
  }
  out << "</dl>\n";
}

void counts(Html& out, const char* label, const Counts& c) {
  out << "<dt>" << std::string_view{label} << "</dt><dd>";
  const std::pair<int, std::string_view> parts[] = {{c.pass, " pass"},       {c.fail, " fail"},
                                                    {c.warn, " to look at"}, {c.waived, " waived"},
                                                    {c.unknown, " unknown"}, {c.not_applicable, " not applicable"}};
  bool first = true;
  for (const auto& [n, word] : parts) {
    if (!n && word != " fail") continue;
    if (!first) out << ", ";
    first = false;
    out.number(n) << word;
  }
  out << "</dd>\n";
}

void facts(Html& out, const FleetReview& r, TimePoint now) {
  out << "<dl class=\"facts\">\n<dt>Team</dt><dd>" << r.team << "</dd>\n";
  if (!r.stage.empty()) out << "<dt>Stage</dt><dd>" << r.stage << "</dd>\n";
  if (!r.tier_reasons.empty()) {
    out << "<dt>Tier because</dt>";
    for (const TierReason& reason : r.tier_reasons) out << "<dd>" << reason.text << "</dd>\n";
  }
  out << "<dt>Ends</dt><dd>";
  if (r.ends) dated(out, now, *r.ends);
  else out << "it names no date";
  if (r.ends && r.ends_by_age) out << ", by the policy&#39;s limit";
  out << "</dd>\n";
  counts(out, "Gates", r.counts);
  counts(out, "Before waivers", r.counts_before_waivers);
  out << "<dt>Digest</dt><dd>";
  short_digest(out, r.digest);
  out << "</dd>\n";
  if (!r.source.empty()) {
    out << "<dt>Written in</dt><dd>";
    code(out, r.source);
    out << "</dd>\n";
  }
  out << "</dl>\n";
}

std::string name_of(std::size_t gate) {
  return std::string{gate_table()[gate].id} + " " + std::string{gate_table()[gate].slug};
}

void answer(Html& out, const FleetAnswer& a) {
  out << "<li>\n<h5>" << a.question << "</h5>\n";
  if (a.items.empty()) out << "<p>The review does not say.</p>\n";
  else items(out, a.items);
  out << "<p>";
  if (!a.asked) out << "No gate asks about it at this tier.";
  else {
    badge(out, a.open.empty() ? "met" : "open");
    out << " ";
    out.number(static_cast<std::int64_t>(a.met)) << " of " << counted(a.asked, "gate is met", "gates are met");
    if (a.waived) out << ", " << std::to_string(a.waived) << " waived";
  }
  if (!a.open.empty()) out << "; open: ";
  for (const std::size_t gate : a.open) {
    if (gate != a.open.front()) out << ", ";
    out << name_of(gate);
  }
  out << "</p>\n</li>\n";
}

// Open first, as far as they matter: what blocks, what warns, what is recorded, what a waiver excuses, the rest.
int weight(const FleetGate& g) {
  constexpr std::string_view order[] = {"blocks", "warns", "recorded", "waived", "look", "waits"};
  for (int i = 0; i < 6; ++i)
    if (g.effect() == order[i]) return i;
  return 6;
}

void open_gate(Html& out, const FleetGate& g) {
  out << "<tr><th scope=\"row\">";
  code(out, gate_table()[g.gate].id);
  out << "<br>" << gate_table()[g.gate].slug << "<br>";
  badge(out, g.effect());
  out << "</th><td>";
  if (!g.workload.empty()) out << g.workload << ": ";
  out << g.message;
  if (g.outcome == Outcome::Unknown) out << " <span class=\"muted\">(not known)</span>";
  if (!g.waits()) {
    out << "<br><strong>Fix:</strong> " << g.fix << "<br><span class=\"muted\">at</span> ";
    code(out, g.path);
  }
  if (!g.policy.empty()) out << " <span class=\"muted\">asked by ReadinessPolicy " << g.policy << "</span>";
  out << "</td></tr>\n";
}

void closed_gates(Html& out, const FleetReview& r, Outcome outcome, const char* title, const char* column) {
  std::size_t n = 0;
  for (const FleetGate& g : r.gates) n += g.outcome == outcome;
  if (!n) return;
  out << "<details>\n<summary>" << std::string_view{title} << " (" << std::to_string(n)
      << ")</summary>\n<table>\n<caption>" << std::string_view{title} << ": gates of " << r.ns << "/" << r.name
      << "</caption>\n<thead><tr><th scope=\"col\">Gate</th><th scope=\"col\">" << std::string_view{column}
      << "</th></tr></thead>\n<tbody>\n";
  for (const FleetGate& g : r.gates) {
    if (g.outcome != outcome) continue;
    out << "<tr><th scope=\"row\">";
    code(out, gate_table()[g.gate].id);
    out << " " << gate_table()[g.gate].slug << "</th><td>" << g.strength;
    if (!g.strength.empty() && !g.message.empty()) out << ": ";
    out << g.message << "</td></tr>\n";
  }
  out << "</tbody>\n</table>\n</details>\n";
}

}  // namespace

void gates(Html& out, const FleetReview& r) {
  out << "<h4>Gates</h4>\n";
  bool any = false;
  for (int w = 0; w < 6; ++w)
    for (const FleetGate& g : r.gates) {
      if (weight(g) != w) continue;
      if (!any)
        out << "<table class=\"gates\">\n<caption>Gates of " << r.ns << "/" << r.name
            << " that are not met</caption>\n<thead><tr><th scope=\"col\">Gate</th><th scope=\"col\">Found, and how to "
               "fix it</th></tr></thead>\n<tbody>\n";
      any = true;
      open_gate(out, g);
    }
  if (any) out << "</tbody>\n</table>\n";
  else if (r.gates.empty()) out << "<p>No gate is asked here.</p>\n";
  else out << "<p>Every gate that applies is met.</p>\n";
  closed_gates(out, r, Outcome::Pass, "Met", "Strength of the evidence");
  closed_gates(out, r, Outcome::NotApplicable, "Not applicable", "Why not");
}

void article(Html& out, const FleetReview& r, TimePoint now) {
  const std::string id = anchor(r);
  out << "<article id=\"" << id << "\" aria-labelledby=\"" << id << "-h\">\n<h3 id=\"" << id << "-h\">" << r.ns << "/"
      << r.name << "</h3>\n<p>";
  if (r.tier) badge(out, to_string(*r.tier));
  out << " ";
  badge(out, r.state);
  out << " " << r.reason << "</p>\n";
  facts(out, r, now);
  out << "<h4>What it is for</h4>\n";
  if (r.use_case.empty()) out << "<p>The review does not say.</p>\n";
  else items(out, r.use_case);
  out << "<h4>The five questions</h4>\n<ol class=\"questions\">\n";
  for (const FleetAnswer& a : r.answers) answer(out, a);
  out << "</ol>\n";
  gates(out, r);
  waivers(out, r, now);
  approvals(out, r);
  dates(out, r, now);
  workloads(out, r);
  out << "</article>\n";
}

}  // namespace launchgate::fleet_page
