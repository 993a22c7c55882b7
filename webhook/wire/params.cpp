#include "wire/params.h"

#include <algorithm>

#include "gates/table.h"

namespace launchgate {
namespace {

// "is no parameter of PRR-COST-01 (known here: waivable, unknown)"; and whose it is, where it is another's.
Error unknown(const Gate& gate, Node param, std::string field) {
  std::string known, other;
  for (const ParamRow& row : param_table())
    if (row.taken_by(gate.id)) known += (known.empty() ? "" : ", ") + std::string{row.name};
    else if (row.name == param.key()) other = "; it is one of " + std::string{row.gate};
  return {"is no parameter of " + std::string{gate.id} + " (known here: " + known + ")" + other, std::move(field), "",
          param.line()};
}

}  // namespace

ParamFaults param_faults(Node policy) {
  ParamFaults out;
  for (Node entry : policy["spec"]["gates"]) {
    const auto position = find_gate(entry.key());
    if (!position) continue;
    const Gate& gate = gate_table()[*position];
    for (Node param : entry["params"]) {
      auto field = "spec.gates." + std::string{gate.id} + ".params." + shown(param.key());
      const auto rows = param_table();
      const auto row = std::find_if(rows.begin(), rows.end(),
                                    [&](const ParamRow& r) { return r.name == param.key() && r.taken_by(gate.id); });
      if (row == rows.end()) out.unknown.push_back(unknown(gate, param, std::move(field)));
      else if (auto fault = fault_of(*row, param))
        out.wrong.push_back({{std::move(*fault), std::move(field), "", param.line()}, &*row});
    }
  }
  return out;
}

}  // namespace launchgate
