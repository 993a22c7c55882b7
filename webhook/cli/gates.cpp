// launchgate gates, launchgate explain: the catalogue, and one gate in full.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/named_gate.h"
#include "gates/params.h"
#include "gates/table.h"
#include "wire/crosswalk.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }

Json supports_json(std::size_t gate) {
  Json out = Json::object();
  for (const Crosswalk& c : crosswalks()) {
    Json list = Json::array();
    for (const Control* control : supported_by(gate, c)) {
      Json one = Json::object();
      one["id"] = control->id;
      if (!control->title.empty()) one["title"] = control->title;
      if (control->from) one["from"] = format_date(*control->from);
      list.push_back(std::move(one));
    }
    if (!list.empty()) out[c.id] = std::move(list);
  }
  return out;
}

// What a policy may say of it under spec.gates.<id>.params.
Json params_json(const Gate& gate) {
  Json out = Json::array();
  for (const ParamRow& row : param_table()) {
    if (!row.taken_by(gate.id)) continue;
    Json one = Json::object();
    one["name"] = str(row.name);
    one["form"] = form_of(row);
    one["default"] = str(row.absent);
    one["meaning"] = str(row.meaning);
    one["everyGate"] = row.gate.empty();
    out.push_back(std::move(one));
  }
  return out;
}

Json gate_json(std::size_t position) {
  const Gate& g = gate_table()[position];
  Json out = Json::object();
  out["id"] = str(g.id);
  out["slug"] = str(g.slug);
  Json tiers = Json::object();
  for (Tier t : kTiers) tiers[str(to_string(t))] = str(to_string(g.baseline(t)));
  out["tiers"] = std::move(tiers);
  out["path"] = str(g.path);
  out["applies"] = str(g.applies);
  out["catches"] = str(g.catches);
  out["why"] = str(g.why);
  out["fix"] = str(g.fix);
  out["params"] = params_json(g);
  out["supports"] = supports_json(position);
  return out;
}

int list(const std::string& output) {
  if (output == "json") {
    Json all = Json::array();
    for (std::size_t i = 0; i < gate_table().size(); ++i) all.push_back(gate_json(i));
    std::printf("%s\n", all.dump(2).c_str());
    return 0;
  }
  std::printf("%-12s  %-30s  %-4s  %s\n", "GATE", "NAME", "LMHC", "CATCHES");
  for (const Gate& g : gate_table())
    std::printf("%-12s  %-30s  %-4s  %s\n", str(g.id).c_str(), str(g.slug).c_str(), str(g.tiers).c_str(),
                str(g.catches).c_str());
  std::printf(
      "\nLMHC: low, moderate, high, critical in the baseline; B blocks, W warns, - is off. More: launchgate explain "
      "GATE\n");
  return 0;
}

void print_supports(std::size_t gate) {
  bool first = true;
  for (const Crosswalk& c : crosswalks()) {
    std::string line;
    for (const Control* control : supported_by(gate, c)) line += (line.empty() ? "" : "; ") + control_text(*control);
    if (line.empty()) continue;
    if (first) std::printf("\nSupports (evidence towards, never compliance with):\n");
    first = false;
    std::printf("  %-42s %s\n", c.title.c_str(), line.c_str());
  }
}

void print_params(const Gate& gate) {
  std::printf("\nA policy may set (spec.gates.%s.params):\n", str(gate.id).c_str());
  for (const ParamRow& row : param_table())
    if (row.taken_by(gate.id))
      std::printf("  %s: %s; default %s\n      %s\n", str(row.name).c_str(), form_of(row).c_str(),
                  str(row.absent).c_str(), str(row.meaning).c_str());
}

int explain(const std::string& name, const std::string& output) {
  const auto position = named_gate(name);
  if (!position) return 2;
  const Gate& g = gate_table()[*position];
  if (output == "json") {
    std::printf("%s\n", gate_json(*position).dump(2).c_str());
    return 0;
  }
  std::printf("%s %s\n\n", str(g.id).c_str(), str(g.slug).c_str());
  std::printf("Catches:  %s\nWhy:      %s\nField:    %s\nFix:      %s\nApplies:  %s\n", str(g.catches).c_str(),
              str(g.why).c_str(), str(g.path).c_str(), str(g.fix).c_str(), str(g.applies).c_str());
  std::printf("Baseline:");
  for (Tier t : kTiers) std::printf("  %s %s", str(to_string(t)).c_str(), str(to_string(g.baseline(t))).c_str());
  std::printf("\n");
  print_params(g);
  print_supports(*position);
  return 0;
}

}  // namespace

void add_gates(CLI::App& app, int& code) {
  auto output = std::make_shared<std::string>("text");
  auto* all = app.add_subcommand("gates", "List the gate catalogue");
  all->add_option("-o,--output", *output, "text or json")->check(CLI::IsMember({"text", "json"}));
  all->callback([output, &code] { code = list(*output); });
  auto name = std::make_shared<std::string>();
  auto* one = app.add_subcommand(
      "explain", "Explain one gate: what, why, how to fix it, at which tiers, which controls it supports");
  one->add_option("GATE", *name, "Its id or name, such as PRR-COST-01, cost-01 or budget-set")
      ->required()
      ->type_name("");
  one->add_option("-o,--output", *output, "text or json")->check(CLI::IsMember({"text", "json"}));
  one->callback([name, output, &code] { code = explain(*name, *output); });
}

}  // namespace launchgate
