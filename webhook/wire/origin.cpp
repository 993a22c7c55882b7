#include "wire/origin.h"

#include <nlohmann/json.hpp>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/resources.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }

// The value of a gate's mode for a tier, in a policy or a pack; nowhere when it says nothing.
Node mode_in(Node object, std::string_view id, Tier tier) {
  const Node mode = object["spec"]["gates"][id]["mode"];
  return mode.is_object() ? mode[to_string(tier)] : mode;
}

// "examples/bank/policy.yaml:1" -> the file.
std::string file_of(const std::string& source) { return source.substr(0, source.rfind(':')); }

Origin of_pack(const Policy& policy, std::string_view id, Tier tier, GateMode mode) {
  Origin out{policy.name, {}, {}, 0, mode};
  for (const std::string& pack : policy.packs) {
    const Node said = mode_in(pack_object(pack), id, tier);
    const auto own = said.type() == Type::False ? GateMode::Off : parse_gate_mode(said.text()).value_or(GateMode::Off);
    if (!said || own != mode) continue;
    out.pack = pack;
    out.file = "policies/" + pack + ".yaml";
    out.line = said.line();
    return out;
  }
  return out;
}

std::string why_held_back(const PolicySet::Effect& e, const Origin& origin, const Verdict& v) {
  if (!e.by) return {};
  const bool blocks = origin.mode == GateMode::Block;
  if (e.enforced_from) return "warns until " + format_date(*e.enforced_from);
  if (blocks && e.action != Action::Deny) {
    const auto posture = e.by->detection[static_cast<std::size_t>(v.detection.detected)];
    if (e.by->mode != Mode::Enforce) return "the policy's mode is " + str(to_string(e.by->mode));
    return "detection " + str(to_string(v.detection.detected)) + " is set to " + str(to_string(posture));
  }
  return {};
}

void row(std::string& out, std::string_view id, std::string_view name, std::string_view action, std::string_view by) {
  const auto padded = [&](std::string_view text, std::size_t width) {
    out.append(text).append(text.size() < width ? width - text.size() : 0, ' ').append("  ");
  };
  padded(id, 12);
  padded(name, 30);
  padded(action, 7);
  add_line(out, by);
}

std::string policies_of(const PolicySet& set) {
  std::string out;
  for (const Policy* p : set.policies())
    out += (out.empty() ? "" : ", ") + p->name + (p->source.empty() ? "" : " (" + p->source + ")");
  return out;
}

}  // namespace

std::string Origin::text() const {
  if (policy.empty()) return "-";
  auto out = policy == "(built-in)" ? str("built-in") : "ReadinessPolicy " + policy;
  if (!pack.empty()) out += ", pack " + pack;
  if (!file.empty()) out += " (" + file + (line ? ":" + std::to_string(line) : "") + ")";
  return out;
}

Origin origin_of(const Policy& policy, std::size_t gate, Tier tier) {
  const auto id = gate_table()[gate].id;
  const GateMode mode = policy.gates[gate].mode[tier];
  const Node own = policy.object ? mode_in(policy.object->root(), id, tier) : Node{};
  if (!own) return of_pack(policy, id, tier, mode);
  return {policy.name, {}, file_of(policy.source), own.line(), mode};
}

std::vector<GateOrigin> gate_origins(const Verdict& v, const PolicySet& set) {
  std::vector<GateOrigin> out;
  for (std::size_t i = 0; i < gate_table().size(); ++i) {
    GateOrigin g{i, set.effect(i, v.tiering.tier, v.detection.detected, v.now), {}, {}};
    if (g.effect.by) g.origin = origin_of(*g.effect.by, i, v.tiering.tier);
    g.held_back = why_held_back(g.effect, g.origin, v);
    out.push_back(std::move(g));
  }
  return out;
}

std::string origins_json(const Verdict& v, const PolicySet& set) {
  Json out = Json::object();
  out["apiVersion"] = "launchgate.dev/v1alpha1";
  out["kind"] = "PolicyExplanation";
  out["workload"] = v.workload.reference();
  out["tier"] = str(to_string(v.tiering.tier));
  out["detection"] = str(to_string(v.detection.detected));
  Json gates = Json::array();
  for (const GateOrigin& g : gate_origins(v, set)) {
    Json one = Json::object();
    one["id"] = str(gate_table()[g.gate].id);
    one["action"] = str(to_string(g.effect.action));
    one["mode"] = str(to_string(g.origin.mode));
    one["policy"] = g.origin.policy;
    one["pack"] = g.origin.pack;
    one["file"] = g.origin.file;
    one["line"] = g.origin.line;
    one["minStrength"] = str(to_string(g.effect.min_strength));
    one["heldBack"] = g.held_back;
    gates.push_back(std::move(one));
  }
  out["gates"] = std::move(gates);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string origins_text(const Verdict& v, const PolicySet& set) {
  std::string out;
  add_line(out, v.workload.reference() + ": tier " + str(to_string(v.tiering.tier)) + ", detected as " +
                    str(to_string(v.detection.detected)) + ", policies: " + policies_of(set));
  out += "\n";
  row(out, "GATE", "NAME", "ACTION", "SET BY");
  for (const GateOrigin& g : gate_origins(v, set)) {
    const Gate& gate = gate_table()[g.gate];
    auto by = g.origin.text();
    if (!g.held_back.empty()) by += "; " + g.held_back;
    if (g.effect.min_strength > Strength::Claimed) by += "; needs " + str(to_string(g.effect.min_strength));
    row(out, gate.id, gate.slug, to_string(g.effect.action), by);
  }
  return out;
}

}  // namespace launchgate
