#include "gates/facts.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "base/decimal.h"
#include "base/printable.h"
#include "base/secretlike.h"
#include "gates/blank.h"

namespace launchgate {

std::vector<std::string> texts(const std::vector<Clue>& clues) {
  std::vector<std::string> out;
  for (const Clue& c : clues) out.push_back(c.text());
  return out;
}

void Detection::clear() {
  Detection empty;
  empty.signals.swap(signals);
  empty.agent_signals.swap(agent_signals);
  empty.signals.clear();
  empty.agent_signals.clear();
  *this = std::move(empty);
}

std::string Facts::limit_text(Limit which) const {
  std::array<char, 400> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), limit(which), std::chars_format::fixed);
  return {digits.data(), end.ptr};
}

bool stated(Node value) { return !is_blank(value.text()); }

bool positive(Node value) { return value.is_number() && holds(value.text(), ">", "0").value_or(false); }

std::string shown(std::string_view text) {
  if (!secret_kind(text).empty()) return "(not shown)";
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && ++characters > 60)
      return printable(text.substr(0, i)) + "…";
  return printable(text);
}

std::string listed(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size() && i < 5; ++i) out += (i ? ", " : "") + items[i];
  if (items.size() > 5) out += " and " + std::to_string(items.size() - 5) + " more";
  return out;
}

bool has_tools(Node spec) { return spec["useCase"]["tools"].size() != 0; }

std::string_view automation(Node spec) {
  const Node n = spec["useCase"]["automation"];
  return n ? n.text() : has_tools(spec) ? "act-with-approval" : "suggest";
}

std::string_view audience(Node spec) {
  const Node n = spec["useCase"]["audience"];
  return n ? n.text() : "internal";
}

std::string_view data_class(Node spec) {
  for (Node category : spec["useCase"]["dataCategories"])
    if (category.text() == "special-category") return "restricted";
  const Node n = spec["useCase"]["dataClassification"];
  return n ? n.text() : "confidential";
}

bool sensitive_data(Node spec) {
  const auto data = data_class(spec);
  return data == "confidential" || data == "restricted";
}

bool untrusted_input(Node spec) {
  const Node n = spec["useCase"]["untrustedInput"];
  if (n) return n.is_true();
  return audience(spec) != "internal" || spec["useCase"]["retrieval"]["enabled"].is_true();
}

bool changes_state(std::string_view effect) { return effect != "read"; }

bool is_agent(Node spec) {
  const auto how = automation(spec);
  return has_tools(spec) || (how != "suggest" && how != "draft");  // an unknown word counts as the worst
}

bool is_a_person(std::string_view name) {
  if (name.substr(0, 5) == "user:") return true;
  if (name.substr(0, 1) == "@") return name.find('/') == std::string_view::npos;
  const auto local = name.substr(0, name.find('@'));
  return local.size() < name.size() && local.find('.') != std::string_view::npos;
}

std::string called(std::string_view what, Node name) {
  const std::string thing{what};
  return stated(name) ? thing + " " + shown(name.text()) : "an unnamed " + thing;
}

std::string EnvLiteral::in() const {
  const auto map = config_map.empty() ? std::string{} : " (ConfigMap " + shown(config_map) + ")";
  return "env " + shown(name) + (container ? " of " + called("container", container["name"]) : "") + map;
}

namespace {

// In the Doc of `place`, the child before or at it leads to it. A merged spec has children in the Docs that it was merged
// from, not in any order, and some of its own that may lead on to those.
bool find_path(Node at, Node place, std::string& path) {
  const auto size = path.size();
  const auto leads = [&](Node child, std::size_t position) {
    if (at.is_array()) path += "[" + std::to_string(position) + "]";
    else path.append(path.empty() ? "" : ".").append(child.key());
    if ((child.doc() == place.doc() && child.index() == place.index()) || find_path(child, place, path)) return true;
    path.resize(size);
    return false;
  };
  Node nearest;
  std::size_t position = 0, nearest_position = 0;
  for (Node child : at) {
    if (child.doc() != place.doc()) {
      if (child.doc() == at.doc() && leads(child, position)) return true;
    } else if (child.index() <= place.index() && (!nearest.doc() || child.index() > nearest.index())) {
      nearest = child;
      nearest_position = position;
    }
    ++position;
  }
  return nearest.doc() && leads(nearest, nearest_position);
}

}  // namespace

std::string path_to(Node root, Node place) {
  std::string path;
  (void)find_path(root, place, path);  // empty: not below root
  return path;
}

Node find_env(const Workload& workload, std::string_view name) {
  Node found;
  each_env(workload, [&](const EnvVariable& v) {
    if (!found.doc() && v.name == name) found = v.entry;
  });
  return found;
}

namespace {

// A key of a ConfigMap in the namespace of the workload; null when either is not there.
std::optional<std::string_view> configmap_value(const Facts& f, std::string_view name, std::string_view key) {
  const WorldObject* map = f.world.find("ConfigMap", f.workload.ns, name);
  const Node value = map ? map->object->root()["data"][key] : Node{};
  return value ? std::optional{value.text()} : std::nullopt;
}

// One env entry, or one of envFrom, as far as it can be read. Nothing: it does not set `name`.
std::optional<EnvSetting> from_entry(const Facts& f, const EnvVariable& v, std::string_view name) {
  if (v.name != name) return {};
  if (!v.from) return EnvSetting{{}, v.value.text()};
  const Node key = v.from["configMapKeyRef"];
  return EnvSetting{{}, configmap_value(f, key["name"].text(), key["key"].text())};
}
std::optional<EnvSetting> from_source(const Facts& f, Node source, std::string_view name) {
  const auto prefix = source["prefix"].text();
  if (name.substr(0, prefix.size()) != prefix) return {};
  const auto value = configmap_value(f, source["configMapRef"]["name"].text(), name.substr(prefix.size()));
  return value ? std::optional{EnvSetting{{}, value}} : std::nullopt;
}

}  // namespace

std::vector<EnvSetting> env_settings(const Facts& f, std::string_view name) {
  std::vector<EnvSetting> out;
  if (!f.workload.may_set(name)) return out;
  for (const Environment& e : f.workload.environments) {
    if (e.init) continue;
    std::optional<EnvSetting> last;  // as the kubelet does: env over envFrom, the later over the earlier
    for (Node source : e.sources)
      if (const auto found = from_source(f, source, name)) last = found;
    for (const EnvVariable& v : f.workload.variables_of(e))
      if (const auto found = from_entry(f, v, name)) last = found;
    if (!last) continue;
    last->container = e.container["name"].text();
    out.push_back(*last);
  }
  return out;
}

namespace {

struct RefKind {
  std::string_view written, kind;
};
// What a reference may name, and the object kind behind it.
constexpr std::array<RefKind, 14> ref_kinds{{
    {"configmap", "ConfigMap"},
    {"prometheusrule", "PrometheusRule"},
    {"featureflag", "FeatureFlag"},
    {"httproute", "HTTPRoute"},
    {"rollout", "Rollout"},
    {"canary", "Canary"},
    {"service", "Service"},
    {"deployment", "Deployment"},
    {"backendtrafficpolicy", "BackendTrafficPolicy"},
    {"tokenratelimitpolicy", "TokenRateLimitPolicy"},
    {"quotapolicy", "QuotaPolicy"},
    {"resourcequota", "ResourceQuota"},
    {"inferenceservice", "InferenceService"},
    {"grafanadashboard", "GrafanaDashboard"},
}};

}  // namespace

Ref follow(const Snapshot& world, std::string_view ns, std::string_view ref) {
  Ref out;
  if (ref.empty()) return out;
  out.link = Link::Declared;
  if (ref.find("://") != std::string_view::npos) return out;
  const auto slash = ref.find('/');
  if (slash == std::string_view::npos) return out;
  const auto written = lower(ref.substr(0, slash));
  const auto row =
      std::find_if(ref_kinds.begin(), ref_kinds.end(), [&](const RefKind& r) { return r.written == written; });
  if (row == ref_kinds.end()) return out;
  auto rest = ref.substr(slash + 1);
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    out.key = rest.substr(hash + 1);
    rest = rest.substr(0, hash);
  }
  out.ns = ns;
  if (const auto inner = rest.find('/'); inner != std::string_view::npos) {  // kind/namespace/name
    out.ns = rest.substr(0, inner);
    rest = rest.substr(inner + 1);
  }
  out.kind = row->kind;
  out.name = rest;
  out.object = world.find(out.kind, out.ns, out.name);
  if (!out.object) out.link = Link::Missing;
  else if (out.kind == "ConfigMap" && !out.key.empty() && !out.object->object->root()["data"][out.key].doc())
    out.link = Link::Missing;
  else out.link = Link::Found;
  return out;
}

bool has_alert(const Ref& rule, std::string_view alert) {
  if (!rule.object) return false;
  for (Node group : rule.object->object->root()["spec"]["groups"])
    for (Node entry : group["rules"])
      if (entry["alert"].text() == alert) return true;
  return false;
}

Strength strength_of(Link link) { return link == Link::Found ? Strength::Linked : Strength::Claimed; }

}  // namespace launchgate
