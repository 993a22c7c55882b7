// The smaller tables of a review, and of what has none: waivers, approvals, the age of the evidence, workloads.
#include "gates/table.h"
#include "wire/fleet_page.h"

namespace launchgate::fleet_page {
namespace {

void open_table(Html& out, const std::string& caption, std::initializer_list<const char*> columns) {
  out << "<table>\n<caption>" << caption << "</caption>\n<thead><tr>";
  for (const char* column : columns) out << "<th scope=\"col\">" << std::string_view{column} << "</th>";
  out << "</tr></thead>\n<tbody>\n";
}
void close_table(Html& out) { out << "</tbody>\n</table>\n"; }

std::string of(const FleetReview& r) { return r.ns + "/" + r.name; }

std::string joined(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
  return out;
}

void waiver(Html& out, const FleetWaiver& w, TimePoint now) {
  out << "<tr><th scope=\"row\">" << w.name << "<br>";
  badge(out, w.fault.empty() ? "in force" : "not in force");
  out << "</th><td>" << w.kind;
  if (!w.gates.empty()) out << ": " << joined(w.gates);
  if (!w.from.empty()) out << ": " << w.from << " to " << w.to;
  out << "<br>" << w.reason;
  if (!w.compensating.empty()) out << "<br>Meanwhile: " << w.compensating;
  if (!w.ticket.empty()) out << "<br>Ticket: " << w.ticket;
  if (!w.fault.empty()) out << "<br><strong>Not in force:</strong> " << w.fault;
  out << "</td><td>";
  if (w.until) dated(out, now, *w.until);
  else out << "no end";
  if (w.renewals) out << "<br>renewed " << counted(static_cast<std::size_t>(w.renewals), "time", "times");
  out << "</td><td>" << (w.approvers.empty() ? "nobody" : joined(w.approvers)) << "</td></tr>\n";
}

void approval(Html& out, const FleetApproval& a) {
  out << "<tr><th scope=\"row\">" << a.approver << "<br><span class=\"muted\">as " << a.role << "</span></th><td>";
  badge(out, a.standing);
  out << " " << std::string_view{a.approves ? "approves" : "rejects"};
  if (!a.why.empty()) out << "<br>" << a.why;
  if (!a.comment.empty()) out << "<br>&ldquo;" << a.comment << "&rdquo;";
  out << "</td><td>";
  if (a.given) date(out, *a.given);
  else out << "not dated";
  if (a.is_signed) out << "<br>" << std::string_view{a.verified ? "signature verified" : "signature not verified"};
  out << "</td><td>";
  short_digest(out, a.digest);
  out << "</td></tr>\n";
}

void workload_rows(Html& out, const std::vector<FleetWorkload>& all, bool whole) {
  for (const FleetWorkload& w : all) {
    out << "<tr><th scope=\"row\">" << w.kind << " " << std::string{whole ? w.ns + "/" : ""} << w.name << "</th><td>";
    badge(out, w.verdict);
    for (std::size_t i = 0; i < w.unmet.size() && whole; ++i)
      out << "<br>" << gate_table()[w.unmet[i].gate].id << " " << w.unmet[i].message;
    out << "</td><td>" << w.detected;
    if (!w.signals.empty()) out << ": " << joined(w.signals);
    if (whole && w.reviews.size() > 1) out << "<br>covered by " << joined(w.reviews);
    out << "</td></tr>\n";
  }
}

}  // namespace

void waivers(Html& out, const FleetReview& r, TimePoint now) {
  out << "<h4>Waivers</h4>\n";
  if (r.waivers.empty()) {
    out << "<p>None.</p>\n";
    return;
  }
  open_table(out, "Waivers for " + of(r), {"Waiver", "What, and why", "Until", "Granted by"});
  for (const FleetWaiver& w : r.waivers) waiver(out, w, now);
  close_table(out);
}

void approvals(Html& out, const FleetReview& r) {
  out << "<h4>Approvals</h4>\n";
  if (r.approvals.empty()) {
    out << "<p>None.</p>\n";
    return;
  }
  open_table(out, "Approvals of " + of(r), {"Who", "Standing", "When", "Of digest"});
  for (const FleetApproval& a : r.approvals) approval(out, a);
  close_table(out);
}

void dates(Html& out, const FleetReview& r, TimePoint now) {
  out << "<h4>Age of the evidence</h4>\n";
  if (r.dates.empty()) {
    out << "<p>Nothing in it is dated.</p>\n";
    return;
  }
  open_table(out, "Dated evidence of " + of(r), {"What", "When", "May be as old as"});
  for (const FleetDate& d : r.dates) {
    out << "<tr><th scope=\"row\">" << d.what << "</th><td>";
    dated(out, now, d.date);
    out << "</td><td>";
    if (d.limit) {
      out << counted(static_cast<std::size_t>(whole_days(*d.limit)), "day", "days") << " ";
      badge(out, d.late(now) ? "late" : "in date");
    } else {
      out << "not asked at this tier";
    }
    out << "</td></tr>\n";
  }
  close_table(out);
}

void workloads(Html& out, const FleetReview& r) {
  out << "<h4>Workloads</h4>\n";
  if (r.workloads.empty()) {
    out << "<p>Nothing that it covers exists yet.</p>\n";
    return;
  }
  open_table(out, "Workloads that " + of(r) + " covers", {"Workload", "A new rollout", "Counts as LLM workload"});
  workload_rows(out, r.workloads, false);
  close_table(out);
}

void unreviewed(Html& out, const FleetReport& report) {
  out << "<section aria-labelledby=\"unreviewed\">\n<h2 id=\"unreviewed\">LLM workloads without a review</h2>\n";
  if (report.unreviewed.empty()) {
    out << "<p>None: every LLM workload that was found has one review.</p>\n";
  } else {
    open_table(out, "LLM workloads that no review covers, or several do",
               {"Workload", "A new rollout", "Counts as LLM workload"});
    workload_rows(out, report.unreviewed, true);
    close_table(out);
  }
  out << "</section>\n";
}

}  // namespace launchgate::fleet_page
