#include <array>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/fleet.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 21> kColumns{"date",
                                                    "namespace",
                                                    "review",
                                                    "team",
                                                    "tier",
                                                    "state",
                                                    "expires",
                                                    "gate",
                                                    "name",
                                                    "result",
                                                    "result_before_waivers",
                                                    "effect",
                                                    "strength",
                                                    "reason",
                                                    "message",
                                                    "fix",
                                                    "field",
                                                    "workload",
                                                    "waiver",
                                                    "waiver_until",
                                                    "policy"};

// A spreadsheet runs what begins so; the apostrophe makes a text of it (OWASP, CSV injection).
bool runs(std::string_view text) {
  return !text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos;
}

class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}
  Row& operator<<(std::string_view given) {
    if (!first_) out_ += ',';
    first_ = false;
    const bool guarded = runs(given);
    const std::string cell = printable(given);
    if (!guarded && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_ += cell;
      return *this;
    }
    out_ += guarded ? "\"'" : "\"";
    for (const char c : cell) out_.append(c == '"' ? 2 : 1, c);
    out_ += '"';
    return *this;
  }
  void end() { out_ += "\r\n"; }

 private:
  std::string& out_;
  bool first_ = true;
};

std::string waiver_end(const FleetReview& r, const std::string& name) {
  for (const FleetWaiver& w : r.waivers)
    if (w.name == name && w.until && !name.empty()) return format_date(*w.until - Seconds{1});
  return {};
}

void gate_cells(Row& row, const FleetGate& g, std::string_view workload, std::string_view waiver_until) {
  const Gate& gate = gate_table()[g.gate];
  row << gate.id << gate.slug << to_string(g.outcome) << to_string(g.without_waiver) << g.effect() << g.strength
      << g.reason << g.message << g.fix << g.path << workload << g.waiver << waiver_until << g.policy;
}

void review_rows(std::string& out, const FleetReview& r, const std::string& today) {
  const auto begin = [&](Row& row) {
    row << today << r.ns << r.name << r.team << (r.tier ? to_string(*r.tier) : std::string_view{}) << r.state
        << (r.ends ? format_date(*r.ends) : std::string{});
  };
  for (const FleetGate& g : r.gates) {
    Row row{out};
    begin(row);
    gate_cells(row, g, g.workload, waiver_end(r, g.waiver));
    row.end();
  }
  if (!r.gates.empty()) return;
  Row row{out};  // an exempt namespace: the review is there all the same
  begin(row);
  for (std::size_t i = 7; i < kColumns.size(); ++i) row << "";
  row.end();
}

}  // namespace

std::string fleet_csv(const FleetReport& report) {
  std::string out;
  const std::string today = format_date(report.now);
  Row head{out};
  for (const auto column : kColumns) head << column;
  head.end();
  for (const FleetReview& r : report.reviews) review_rows(out, r, today);
  for (const FleetWorkload& w : report.unreviewed)
    for (const FleetGate& g : w.unmet) {
      Row row{out};
      row << today << w.ns << ""
          << ""
          << ""
          << "unreviewed"
          << "";
      gate_cells(row, g, w.kind + " " + w.name, "");
      row.end();
    }
  return out;
}

}  // namespace launchgate
