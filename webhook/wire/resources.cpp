#include "wire/resources.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/yaml_read.h"
#include "gates/table.h"
#include "wire/embedded.h"

namespace launchgate {
namespace {

std::string str(Node n) { return std::string{n.text()}; }

std::vector<std::string> strings(Node list) {
  std::vector<std::string> out;
  for (Node n : list) out.push_back(str(n));
  return out;
}

// A value for all tiers, or one for each: the tiers that are not named keep theirs.
template <class T, class Parse>
void per_tier(Node n, PerTier<T>& into, Parse parse) {
  if (!n) return;
  for (Tier t : kTiers)
    if (const Node v = n.is_object() ? n[to_string(t)] : n)
      if (const auto value = parse(v)) into[t] = *value;
}

std::optional<GateMode> gate_mode(Node n) {
  if (n.type() == Type::False) return GateMode::Off;  // YAML 1.1 reads a bare `off` as false
  return parse_gate_mode(n.text());
}

void decode_limits(Node limits, Limits& into) {
  for (const LimitRow& row : limit_table()) {
    const Node n = limits[row.name];
    for (Tier t : kTiers) {
      const Node v = n.is_object() ? n[to_string(t)] : n;
      if (!v) continue;
      const auto span = row.duration ? parse_duration(v.text()) : std::nullopt;
      if (span) into.set(row.limit, t, static_cast<double>(span->count()));
      else if (!row.duration) into.set(row.limit, t, std::strtod(str(v).c_str(), nullptr));
    }
  }
}

void decode_gates(Node gates, std::vector<GateSetting>& into) {
  for (Node gate : gates) {
    const auto position = find_gate(gate.key());
    if (!position) continue;  // of a newer version: validate() says so
    GateSetting& s = into[*position];
    per_tier(gate["mode"], s.mode, gate_mode);
    per_tier(gate["minStrength"], s.min_strength, [](Node n) { return parse_strength(n.text()); });
    if (const auto date = parse_time(gate["enforceFrom"].text())) s.enforce_from = date;
    if (gate["params"]) s.params = gate["params"];
  }
}

struct Pack {
  std::vector<GateSetting> gates;
  Limits limits;
};

std::vector<GateSetting> baseline_gates() {
  std::vector<GateSetting> out;
  for (const Gate& gate : gate_table()) {
    GateSetting s;
    for (Tier t : kTiers) s.mode[t] = gate.baseline(t);
    out.push_back(s);
  }
  return out;
}

// The packs of policies/*.yaml, by their metadata.name.
const std::map<std::string, Pack, std::less<>>& packs() {
  static std::vector<std::unique_ptr<Doc>> docs;  // params point into them
  static const auto all = [] {
    std::map<std::string, Pack, std::less<>> out;
    for (const auto& file : embedded_files()) {
      if (file.name.substr(0, 9) != "policies/") continue;
      auto read = read_yaml(file.text);
      if (!read) std::abort();  // compiled in; a test reads every one
      for (auto& doc : *read) {
        docs.push_back(std::make_unique<Doc>(std::move(doc)));
        const Node root = docs.back()->root();
        Pack pack;
        pack.gates.resize(gate_table().size());
        decode_gates(root["spec"]["gates"], pack.gates);
        decode_limits(root["spec"]["limits"], pack.limits);
        out.emplace(str(root["metadata"]["name"]), std::move(pack));
      }
    }
    out.insert_or_assign("baseline", Pack{baseline_gates(), Limits{}});
    return out;
  }();
  return all;
}

// Packs stack: for each gate the stricter mode and the stricter number.
void add_pack(const Pack& pack, Policy& p, bool first) {
  if (first) {
    p.gates = pack.gates;
    p.limits = pack.limits;
    return;
  }
  p.limits.tighten(pack.limits);
  for (std::size_t i = 0; i < p.gates.size(); ++i)
    for (Tier t : kTiers) {
      p.gates[i].mode[t] = std::max(p.gates[i].mode[t], pack.gates[i].mode[t]);
      p.gates[i].min_strength[t] = std::max(p.gates[i].min_strength[t], pack.gates[i].min_strength[t]);
    }
}

Result<bool> apply_packs(Node list, Policy& p) {
  p.packs = list ? strings(list) : std::vector<std::string>{"baseline"};
  p.gates.resize(gate_table().size());
  bool first = true;
  for (std::size_t i = 0; i < p.packs.size(); ++i) {
    const auto found = packs().find(p.packs[i]);
    if (found == packs().end()) {
      std::string known;
      for (const auto& [name, pack] : packs()) known += (known.empty() ? "" : ", ") + name;
      return Error{"is \"" + p.packs[i] + "\": expected one of " + known, "spec.packs[" + std::to_string(i) + "]", "",
                   list.at(static_cast<std::uint32_t>(i)).line()};
    }
    add_pack(found->second, p, first);
    first = false;
  }
  return true;
}

Result<Selector> selector(Node n, const char* field) {
  auto s = Selector::decode(n);
  if (!s) s.error().field = std::string{field} + "." + s.error().field;
  return s;
}

Result<bool> decode_floors(Node floors, Policy& p) {
  std::size_t i = 0;
  for (Node n : floors) {
    const auto at = "spec.tierFloors[" + std::to_string(i++) + "]";
    auto namespaces = selector(n["namespaceSelector"], (at + ".namespaceSelector").c_str());
    if (!namespaces) return namespaces.error();
    auto workloads = selector(n["workloadSelector"], (at + ".workloadSelector").c_str());
    if (!workloads) return workloads.error();
    p.floors.push_back(
        {*namespaces, *workloads, parse_tier(n["minTier"].text()).value_or(Tier::Critical), str(n["reason"])});
  }
  return true;
}

void decode_detection(Node n, Policy& p) {
  const auto set = [&](const char* field, Detected d) {
    if (const auto posture = parse_posture(n[field].text())) p.detection[static_cast<std::size_t>(d)] = *posture;
  };
  set("labelled", Detected::Labelled);
  set("covered", Detected::Covered);
  set("llmKind", Detected::LlmKind);
  set("detected", Detected::Signals);
  set("suspected", Detected::Suspected);
  p.allow_opt_out = n["allowOptOut"].is_true();
}

Result<Cover> decode_cover(Node n) {
  Cover c;
  c.kind = n["kind"].text();
  c.name = n["name"].text();
  if (const Node version = n["apiVersion"]) {
    c.any_group = false;
    c.group = group_of(version.text());
  }
  auto s = selector(n["labelSelector"], "labelSelector");
  if (!s) return s.error();
  c.selector = *s;
  return c;
}

}  // namespace

Result<Review> decode_review(std::shared_ptr<const Doc> object) {
  const Node root = object->root(), spec = root["spec"];
  Review r;
  r.object = std::move(object);
  r.ns = root["metadata"]["namespace"].text();
  r.name = root["metadata"]["name"].text();
  std::size_t i = 0;
  for (Node n : spec["covers"]) {
    auto cover = decode_cover(n);
    if (!cover) {
      cover.error().field = "spec.covers[" + std::to_string(i) + "]." + cover.error().field;
      return cover.error();
    }
    r.covers.push_back(std::move(*cover));
    ++i;
  }
  r.suspended = spec["suspend"].is_true();
  r.expires_at = parse_end(spec["expiresAt"].text());
  r.created = parse_time(root["metadata"]["creationTimestamp"].text());
  for (Node a : root["status"]["approvedRevisions"]) {
    const Node w = a["workload"];
    ApprovedRevision revision{str(w["kind"]), str(w["name"]), str(a["digest"])};
    if (w.is_string()) {  // "Deployment/faq-bot"
      const auto slash = w.text().find('/');
      revision.kind = w.text().substr(0, slash);
      revision.name = slash == std::string_view::npos ? "" : w.text().substr(slash + 1);
    }
    r.approved.push_back(std::move(revision));
  }
  return r;
}

Result<Policy> decode_policy(std::shared_ptr<const Doc> object) {
  const Node root = object->root(), spec = root["spec"];
  Policy p;
  p.object = std::move(object);
  p.name = root["metadata"]["name"].text();
  auto namespaces = selector(spec["namespaceSelector"], "spec.namespaceSelector");
  if (!namespaces) return namespaces.error();
  auto workloads = selector(spec["workloadSelector"], "spec.workloadSelector");
  if (!workloads) return workloads.error();
  p.namespaces = std::move(*namespaces);
  p.workloads = std::move(*workloads);
  p.mode = parse_mode(spec["mode"].text()).value_or(Mode::Enforce);
  p.enforce_from = parse_time(spec["enforceFrom"].text());
  if (auto packed = apply_packs(spec["packs"], p); !packed) return packed.error();
  decode_gates(spec["gates"], p.gates);
  decode_limits(spec["limits"], p.limits);
  if (auto floors = decode_floors(spec["tierFloors"], p); !floors) return floors.error();
  decode_detection(spec["detection"], p);
  p.unknown_axis_worst = spec["unknownAxis"].text() == "worst";
  p.exempt_namespaces = strings(spec["exempt"]["namespaces"]);
  for (const char* always : {"kube-system", "kube-public", "kube-node-lease"}) p.exempt_namespaces.emplace_back(always);
  p.exempt_users = strings(spec["exempt"]["users"]);
  p.exempt_groups = strings(spec["exempt"]["groups"]);
  p.deny_on_error = spec["onError"].text() == "deny";
  constexpr const char* severities[] = {"low", "medium", "high", "critical"};
  for (std::size_t i = 0; i < 4; ++i) p.risk_authorities[i] = strings(spec["authorities"]["risk"][severities[i]]);
  return p;
}

}  // namespace launchgate
