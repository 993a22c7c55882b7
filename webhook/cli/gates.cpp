// launchgate gates, launchgate explain: the catalogue, and one gate in full.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "gates/table.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }

struct Control {
  const char *key, *title;
  std::string_view ids;
};
std::vector<Control> controls(const Crosswalk& c) {
  std::vector<Control> all{{"nistAiRmf", "NIST AI RMF 1.0", c.nist_rmf},
                           {"nistAi600-1", "NIST AI 600-1", c.nist_600_1},
                           {"iso42001", "ISO/IEC 42001 Annex A", c.iso_42001},
                           {"euAiAct", "EU AI Act", c.eu_ai_act},
                           {"owaspLlm2025", "OWASP LLM 2025", c.owasp_llm_2025},
                           {"owaspLlm2026", "OWASP LLM 2026", c.owasp_llm_2026},
                           {"owaspAgentic2026", "OWASP Agentic 2026", c.owasp_agentic_2026},
                           {"aisvs", "OWASP AISVS 1.0", c.aisvs},
                           {"mitreAtlas", "MITRE ATLAS", c.atlas}};
  std::erase_if(all, [](const Control& x) { return x.ids.empty(); });
  return all;
}

Json gate_json(const Gate& g) {
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
  Json supports = Json::object();
  for (const Control& c : controls(g.supports)) supports[c.key] = str(c.ids);
  out["supports"] = std::move(supports);
  return out;
}

int list(const std::string& output) {
  if (output == "json") {
    Json all = Json::array();
    for (const Gate& g : gate_table()) all.push_back(gate_json(g));
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

int explain(const std::string& name, const std::string& output) {
  const auto position = find_gate(name);
  if (!position) {
    std::fprintf(stderr, "launchgate: there is no gate \"%s\"; launchgate gates lists them\n", name.c_str());
    return 2;
  }
  const Gate& g = gate_table()[*position];
  if (output == "json") {
    std::printf("%s\n", gate_json(g).dump(2).c_str());
    return 0;
  }
  std::printf("%s %s\n\n", str(g.id).c_str(), str(g.slug).c_str());
  std::printf("Catches:  %s\nWhy:      %s\nField:    %s\nFix:      %s\nApplies:  %s\n", str(g.catches).c_str(),
              str(g.why).c_str(), str(g.path).c_str(), str(g.fix).c_str(), str(g.applies).c_str());
  std::printf("Baseline:");
  for (Tier t : kTiers) std::printf("  %s %s", str(to_string(t)).c_str(), str(to_string(g.baseline(t))).c_str());
  std::printf("\n");
  const auto supports = controls(g.supports);
  if (!supports.empty()) std::printf("\nSupports (evidence towards, never compliance with):\n");
  for (const Control& c : supports) std::printf("  %-22s %s\n", c.title, str(c.ids).c_str());
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
