#include "wire/resources.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/yaml_read.h"
#include "gates/table.h"
#include "wire/embedded.h"
#include "wire/params.h"

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
    const auto date = parse_time(gate["enforceFrom"].text());
    for (Tier t : kTiers)
      if (date || (gate["mode"] && (!gate["mode"].is_object() || gate["mode"][to_string(t)]))) s.enforce_from[t] = date;
    if (gate["params"]) s.params = {gate["params"]};
  }
}

struct Pack {
  Node object;  // as it stands in policies/
  bool unknown_axis_worst = false;
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
        pack.object = root;
        decode_gates(root["spec"]["gates"], pack.gates);
        pack.unknown_axis_worst = root["spec"]["unknownAxis"].text() == "worst";
        decode_limits(root["spec"]["limits"], pack.limits);
        out.emplace(str(root["metadata"]["name"]), std::move(pack));
      }
    }
    auto& baseline = out["baseline"];
    baseline.gates = baseline_gates();  // the table itself
    baseline.limits = Limits{};
    return out;
  }();
  return all;
}

// Blocking is stricter than warning, and blocking now than blocking from a date on.
void stack_mode(const GateSetting& more, GateSetting& into, Tier t) {
  const GateMode a = into.mode[t], b = more.mode[t];
  if (b == GateMode::Block && a != GateMode::Block) into.enforce_from[t] = more.enforce_from[t];
  else if (b == GateMode::Block && into.enforce_from[t])
    into.enforce_from[t] = more.enforce_from[t] ? std::min(into.enforce_from[t], more.enforce_from[t]) : std::nullopt;
  into.mode[t] = std::max(a, b);
}

bool is_off(const GateSetting& s) {
  return std::all_of(kTiers.begin(), kTiers.end(), [&](Tier t) { return s.mode[t] == GateMode::Off; });
}

// The gate has to hold with the parameters of each pack that turns it on, and without any where one sets none.
void stack_params(const GateSetting& more, GateSetting& into) {
  if (is_off(more)) return;
  if (is_off(into)) {
    into.params = more.params;
    return;
  }
  if (into.params.empty() && more.params.empty()) return;
  if (into.params.empty()) into.params.emplace_back();
  if (more.params.empty()) into.params.emplace_back();
  into.params.insert(into.params.end(), more.params.begin(), more.params.end());
}

// Packs stack: for each gate the stricter mode and the stricter number.
void add_pack(const Pack& pack, Policy& p, bool first) {
  if (first) {
    p.gates = pack.gates;
    p.limits = pack.limits;
    return;
  }
  p.limits.tighten(pack.limits);
  for (std::size_t i = 0; i < p.gates.size(); ++i)  // before the modes: they tell which packs speak
    stack_params(pack.gates[i], p.gates[i]);
  for (std::size_t i = 0; i < p.gates.size(); ++i)
    for (Tier t : kTiers) {
      stack_mode(pack.gates[i], p.gates[i], t);
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
    p.unknown_axis_worst |= found->second.unknown_axis_worst;
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

// "a b c" of the list's texts; nothing when there is no list. "." is the object itself.
std::optional<std::string> words(Node list) {
  if (!list) return {};
  std::string out;
  for (Node n : list) out.append(out.empty() ? "" : " ").append(n.text().empty() ? "." : n.text());
  return out;
}

// A path with a blank in it would be read as two.
std::string blank_in_path(Node kind) {
  for (Node list : kind)
    for (Node path : list)
      if (path.text().find_first_of(" \t\n") != std::string_view::npos) return str(path);
  return {};
}

DeclaredKind decode_kind(Node n) {
  DeclaredKind k;
  k.group = n["group"].text();
  k.kind = n["kind"].text();
  k.plural = n["plural"].text();
  k.versions = words(n["versions"]);
  k.posture = parse_kind_posture(n["posture"].text());
  k.pod_templates = words(n["podTemplatePaths"]);
  k.images = words(n["imagePaths"]);
  k.models = words(n["modelPaths"]);
  k.arguments = words(n["argsPaths"]);
  k.environment = words(n["envPaths"]);
  k.rollout = words(n["rolloutPaths"]);
  k.ignored = words(n["ignorePaths"]);
  return k;
}

// An entry that can't be meant is left out, and said: the policy's gates must not fall with it.
void decode_kinds(Node list, Policy& p) {
  std::size_t i = 0;
  for (Node n : list) {
    const auto at = "spec.workloadKinds[" + std::to_string(i++) + "]";
    DeclaredKind kind = decode_kind(n);
    const auto says = [&](std::string what) {
      p.problems.push_back({"ReadinessPolicy " + p.name + ": kind " + kind.kind +
                                (kind.group.empty() ? "" : " of group " + kind.group) + " " + std::move(what) +
                                "; it is not used",
                            at, "", n.line()});
    };
    if (kind.kind.empty()) says("has no name");
    else if (const auto blank = blank_in_path(n); !blank.empty())
      says("has the path \"" + blank + "\", which holds a blank");
    else if (auto fault = fault_of(kind)) says(std::move(*fault));
    else p.kinds.push_back(std::move(kind));
  }
}

// In a cluster nobody has checked them. The stricter reading holds (gates/params.h), and it is said.
void say_wrong_params(Node policy, Policy& p) {
  for (const auto& wrong : param_faults(policy).wrong)
    p.problems.push_back({"ReadinessPolicy " + p.name + ": " + std::string{wrong.row->name} + " " + wrong.message +
                              "; until it is mended, " + std::string{wrong.row->unread},
                          wrong.field, "", wrong.line});
}

std::vector<TrustedKey> trusted_keys(Node list) {
  std::vector<TrustedKey> out;
  for (Node n : list) out.push_back({str(n["name"]), str(n["publicKey"])});
  return out;
}

// "risk-board, dispatch-ai"
std::vector<std::string> comma_separated(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (!item.empty()) out.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
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

Node pack_object(std::string_view name) {
  const auto found = packs().find(name);
  return found == packs().end() ? Node{} : found->second.object;
}

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

Result<Waiver> decode_waiver(std::shared_ptr<const Doc> object) {
  const Node root = object->root(), spec = root["spec"], meta = root["metadata"];
  Waiver w;
  w.ns = str(meta["namespace"]);
  w.name = str(meta["name"]);
  const auto kind = spec["kind"].text();
  w.kind = kind == "tier-override" ? Waiver::Kind::TierOverride
           : kind == "break-glass" ? Waiver::Kind::BreakGlass
                                   : Waiver::Kind::Gate;
  w.review = str(spec["review"]);
  auto chosen = selector(spec["selector"], "spec.selector");
  if (!chosen) return chosen.error();
  w.selector = std::move(*chosen);
  for (Node gate : spec["gates"])
    if (const auto position = find_gate(gate.text())) w.gates.push_back(*position);
  // Gates of a newer version only: nothing that is known here, and by no means all.
  if (spec["gates"].size() && w.gates.empty()) w.gates.push_back(gate_table().size());
  w.from = parse_tier(spec["from"].text());
  w.to = parse_tier(spec["to"].text());
  w.approver = str(spec["approver"]);
  w.approvers = strings(spec["approvers"]);
  w.approver_groups = comma_separated(meta["annotations"]["launchgate.dev/approver-groups"].text());
  w.until = parse_end(spec["until"].text());
  w.created = parse_time(meta["creationTimestamp"].text());
  w.renewals = static_cast<int>(std::min(std::strtoul(str(spec["renewals"]).c_str(), nullptr, 10), 1000ul));
  w.object = std::move(object);
  return w;
}

Result<Approval> decode_approval(std::shared_ptr<const Doc> object) {
  const Node root = object->root(), spec = root["spec"], meta = root["metadata"];
  Approval a;
  a.ns = str(meta["namespace"]);
  a.name = str(meta["name"]);
  a.review = str(spec["review"]);
  a.digest = str(spec["reviewDigest"]);
  a.role = str(spec["role"]);
  a.approver = str(spec["approver"]);
  a.approver_groups = comma_separated(meta["annotations"]["launchgate.dev/approver-groups"].text());
  a.approves = spec["decision"].text() == "approve";
  a.created = parse_time(meta["creationTimestamp"].text());
  a.object = std::move(object);
  return a;
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
  say_wrong_params(root, p);
  decode_limits(spec["limits"], p.limits);
  if (auto floors = decode_floors(spec["tierFloors"], p); !floors) return floors.error();
  decode_detection(spec["detection"], p);
  if (const Node axis = spec["unknownAxis"]) p.unknown_axis_worst = axis.text() == "worst";
  p.exempt_namespaces = strings(spec["exempt"]["namespaces"]);
  for (const char* always : {"kube-system", "kube-public", "kube-node-lease"}) p.exempt_namespaces.emplace_back(always);
  p.exempt_users = strings(spec["exempt"]["users"]);
  p.exempt_groups = strings(spec["exempt"]["groups"]);
  decode_kinds(spec["workloadKinds"], p);
  p.deny_on_error = spec["onError"].text() == "deny";
  constexpr const char* severities[] = {"low", "medium", "high", "critical"};
  for (std::size_t i = 0; i < 4; ++i) p.risk_authorities[i] = strings(spec["authorities"]["risk"][severities[i]]);
  p.waiver_authorities = strings(spec["authorities"]["waiver"]);
  for (Node role : spec["authorities"]["approval"])
    if (role.size()) p.approval_authorities.emplace(std::string{role.key()}, strings(role));
  p.eval_signers = trusted_keys(spec["trust"]["evalSigners"]);
  p.approver_keys = trusted_keys(spec["trust"]["approvers"]);
  return p;
}

}  // namespace launchgate
