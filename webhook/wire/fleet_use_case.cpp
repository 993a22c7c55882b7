#include "wire/fleet_items.h"

namespace launchgate {

using namespace fleet_items;

std::vector<Item> fleet_use_case(Node spec) {
  Items out;
  const Node use = spec["useCase"], budget = spec["cost"]["budget"], quota = spec["cost"]["quota"];
  for (Node intent : use["intents"]) out.value("Use", intent);
  for (Node no : use["outOfScope"]) out.add("Not for", Line{}.add("", no["use"]).add("then ", no["then"]));
  out.add(
      "Serves",
      Line{}.add("", use["audience"]).add("", list(use["userGroups"])).add("", use["monthlyUsers"], " users a month"));
  out.add("Data", Line{}.add("", use["dataClassification"]).add("", list(use["dataCategories"])));
  out.add(
      "Acts",
      Line{}.add("", use["automation"]).add("", use["untrustedInput"].is_true() ? "reads what outsiders write" : ""));
  for (Node tool : use["tools"])
    out.add("Tool", Line{}
                        .add("", tool["name"])
                        .add("", tool["effect"])
                        .add("", tool["reversibility"])
                        .add("approval ", tool["approval"]));
  out.add("Budget", told(budget["amount"]) + Line{}.add(" ", budget["currency"]).text() +
                        Line{}.add(" a ", budget["period"]).text());
  out.add("Quota", Line{}
                       .add("by ", quota["enforcedBy"])
                       .add("", quota["limit"])
                       .add("for each ", quota["per"])
                       .add("", quota["ref"]));
  return out.take();
}

}  // namespace launchgate
