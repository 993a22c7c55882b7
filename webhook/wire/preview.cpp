#include "wire/preview.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/text.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }
std::string id_of(const GateResult& r) { return str(gate_table()[r.gate].id); }

// The gates that refuse it tomorrow and do not today.
std::vector<const GateResult*> new_gates(const PreviewResult& r) {
  std::vector<const GateResult*> out;
  const auto denies = [](const GateResult& g) { return g.unmet() && g.action == Action::Deny; };
  for (const GateResult& g : r.tomorrow.gates)
    if (denies(g) && std::none_of(r.today.gates.begin(), r.today.gates.end(),
                                  [&](const GateResult& t) { return t.gate == g.gate && denies(t); }))
      out.push_back(&g);
  return out;
}

struct Tally {
  std::size_t workloads = 0, refused_today = 0, refused_tomorrow = 0, newly = 0, relieved = 0;
  std::map<std::string, std::size_t> by_team, by_gate;  // of what is newly refused
};

Tally tally(const std::vector<PreviewResult>& results) {
  Tally out;
  for (const PreviewResult& r : results) {
    ++out.workloads;
    out.refused_today += !r.today.allowed();
    out.refused_tomorrow += !r.tomorrow.allowed();
    out.relieved += r.no_longer_refused();
    if (!r.newly_refused()) continue;
    ++out.newly;
    ++out.by_team[team_of(r.tomorrow)];
    for (const GateResult* g : new_gates(r)) ++out.by_gate[id_of(*g)];
  }
  return out;
}

// The most first, then by name.
std::vector<std::pair<std::string, std::size_t>> sorted(const std::map<std::string, std::size_t>& counts) {
  std::vector<std::pair<std::string, std::size_t>> out{counts.begin(), counts.end()};
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

void list(std::string& out, const char* title, const std::map<std::string, std::size_t>& counts, bool gates) {
  out += std::string{"\n"} + title + "\n";
  for (const auto& [name, count] : sorted(counts)) {
    const auto number = std::to_string(count);
    const auto position = gates ? find_gate(name) : std::nullopt;
    add_line(out, std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') + number + "  " + name +
                      (position ? " " + str(gate_table()[*position].slug) : ""));
  }
}

Json counts_json(const char* what, const std::map<std::string, std::size_t>& counts) {
  Json out = Json::array();
  for (const auto& [name, count] : sorted(counts)) {
    Json one = Json::object();
    one[what] = name;
    one["workloads"] = count;
    out.push_back(std::move(one));
  }
  return out;
}

Json result_json(const PreviewResult& r) {
  Json out = Json::object();
  out["file"] = r.file;
  out["line"] = r.line;
  out["workload"] = r.tomorrow.workload.reference();
  out["team"] = team_of(r.tomorrow);
  out["tier"] = r.tomorrow.review ? str(to_string(r.tomorrow.tiering.tier)) : "";
  out["today"] = str(to_string(r.today.decision));
  out["tomorrow"] = str(to_string(r.tomorrow.decision));
  Json gates = Json::array();
  for (const GateResult* g : new_gates(r)) {
    Json one = Json::object();
    one["id"] = id_of(*g);
    one["message"] = printable(g->finding.message);
    one["fix"] = printable(fix_of(*g));
    gates.push_back(std::move(one));
  }
  out["gates"] = std::move(gates);
  return out;
}

}  // namespace

std::string team_of(const Verdict& v) {
  std::string_view team = v.review ? v.review->spec()["ownership"]["team"].text() : std::string_view{};
  if (team.empty()) team = v.workload.label("team");
  if (team.empty()) team = v.workload.label("app.kubernetes.io/part-of");
  return team.empty() ? "(no owner)" : shown(team);
}

std::string preview_json(const std::vector<PreviewResult>& results) {
  const Tally t = tally(results);
  Json out = Json::object();
  out["apiVersion"] = "launchgate.dev/v1alpha1";
  out["kind"] = "PolicyPreview";
  out["workloads"] = t.workloads;
  out["refusedToday"] = t.refused_today;
  out["refusedTomorrow"] = t.refused_tomorrow;
  out["newlyRefused"] = t.newly;
  out["noLongerRefused"] = t.relieved;
  out["byTeam"] = counts_json("team", t.by_team);
  out["byGate"] = counts_json("gate", t.by_gate);
  Json list = Json::array();
  for (const PreviewResult& r : results)
    if (r.newly_refused() || r.no_longer_refused()) list.push_back(result_json(r));
  out["results"] = std::move(list);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string preview_text(const std::vector<PreviewResult>& results) {
  const Tally t = tally(results);
  std::string out = std::to_string(t.workloads) + (t.workloads == 1 ? " workload: " : " workloads: ") +
                    std::to_string(t.refused_today) + " refused today, " + std::to_string(t.refused_tomorrow) +
                    " with this change; " + std::to_string(t.newly) + " newly refused, " + std::to_string(t.relieved) +
                    " no longer\n";
  if (t.newly) {
    list(out, "By team", t.by_team, false);
    list(out, "By gate", t.by_gate, true);
  }
  for (const PreviewResult& r : results) {
    if (!r.newly_refused()) continue;
    const std::string place = r.file.empty() ? std::string{} : "  " + r.file + ":" + std::to_string(r.line);
    out += "\n";
    add_line(out, r.tomorrow.workload.reference() + place + "  (" + team_of(r.tomorrow) + ")");
    for (const GateResult* g : new_gates(r)) {
      add_line(out, "  " + id_of(*g) + ": " + g->finding.message);
      add_line(out, "       fix: " + str(fix_of(*g)));
    }
  }
  return out;
}

}  // namespace launchgate
