#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/problems.h"
#include "wire/report_ci.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }

const char* level_name(Level level) {
  return level == Level::Error ? "error" : level == Level::Warning ? "warning" : "note";
}

Json text_of(std::string text) {
  Json out = Json::object();
  out["text"] = std::move(text);
  return out;
}

// RFC 3986: what a path holds that a URI must not. Absolute paths become file URIs, standard input a name.
std::string uri_of(const std::string& file) {
  if (file == "-" || file.empty()) return "stdin";
  std::string out = file[0] == '/' ? "file://" : "";
  constexpr char hex[] = "0123456789ABCDEF";
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view{"/-._~"}.find(c) != std::string_view::npos;
    if (plain) out += c;
    else out += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  return out.starts_with("./") ? out.substr(2) : out;
}

Json rule_json(const Problem& p) {
  Json out = Json::object();
  out["id"] = str(p.id);
  if (!p.of_gate) {
    out["shortDescription"] = text_of("The review is suspended: no new rollout is admitted.");
    return out;
  }
  const Gate& gate = gate_table()[p.gate];
  out["name"] = str(gate.slug);
  out["shortDescription"] = text_of(str(gate.catches));
  out["fullDescription"] = text_of(str(gate.why));
  out["help"] = text_of("Fix: " + str(gate.fix) + "\nMore: launchgate explain " + str(gate.id));
  return out;
}

Json location_json(const Problem& p, const Workload& w) {
  Json physical = Json::object();
  physical["artifactLocation"] = Json::object();
  physical["artifactLocation"]["uri"] = uri_of(p.place.file);
  physical["region"] = Json::object();
  physical["region"]["startLine"] = std::max(1u, p.place.line);
  Json logical = Json::object();
  logical["fullyQualifiedName"] = w.reference();
  logical["kind"] = "resource";
  Json out = Json::object();
  out["physicalLocation"] = std::move(physical);
  out["logicalLocations"] = Json::array();
  out["logicalLocations"].push_back(std::move(logical));
  return out;
}

Json result_json(const Problem& p, std::size_t rule, const Workload& w) {
  Json out = Json::object();
  out["ruleId"] = str(p.id);
  out["ruleIndex"] = rule;
  out["level"] = level_name(p.level);
  out["message"] = text_of(printable(w.reference()) + ": " + p.message + (p.fix.empty() ? "" : ". Fix: " + p.fix));
  out["locations"] = Json::array();
  out["locations"].push_back(location_json(p, w));
  // The same problem of the same workload is the same alert, wherever its line has moved to.
  out["partialFingerprints"] = Json::object();
  out["partialFingerprints"]["launchgate/v1"] = str(p.id) + " " + w.reference();
  return out;
}

}  // namespace

std::string check_sarif(const std::vector<CheckResult>& results, std::string_view version) {
  Json rules = Json::array(), found = Json::array();
  std::map<std::string_view, std::size_t> position;
  for (const CheckResult& r : results)
    for (const Problem& p : problems_of(r)) {
      const auto [at, added] = position.try_emplace(p.id, rules.size());
      if (added) rules.push_back(rule_json(p));
      found.push_back(result_json(p, at->second, r.verdict.workload));
    }
  Json driver = Json::object();
  driver["name"] = "launchgate";
  driver["semanticVersion"] = str(version);
  driver["rules"] = std::move(rules);
  Json run = Json::object();
  run["tool"] = Json::object();
  run["tool"]["driver"] = std::move(driver);
  run["results"] = std::move(found);
  Json log = Json::object();
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array();
  log["runs"].push_back(std::move(run));
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace launchgate
