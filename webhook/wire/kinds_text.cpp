#include "wire/kinds_text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "model/references.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;
using Texts = std::vector<std::string>;

std::string str(std::string_view s) { return std::string{s}; }

struct Field {
  const char *json, *title;
  Words Kind::*words;
};
// Named as in ReadinessPolicy spec.workloadKinds[].
constexpr std::array<Field, 12> fields{{{"llmIf", "An LLM workload if", &Kind::llm_if},
                                        {"podTemplatePaths", "Pods", &Kind::pod_templates},
                                        {"imagePaths", "Images", &Kind::images},
                                        {"modelPaths", "Models", &Kind::models},
                                        {"argsPaths", "Arguments", &Kind::arguments},
                                        {"envPaths", "Environment", &Kind::environment},
                                        {"toolPaths", "Tools", &Kind::tools},
                                        {"rolloutPaths", "A rollout is a change of", &Kind::rollout},
                                        {"ignorePaths", "but not of", &Kind::ignored},
                                        {"creates", "Its controller creates", &Kind::creates},
                                        {"dependsOn", "Depends on", &Kind::depends_on},
                                        {"instanceOf", "Stands for", &Kind::instance_of}}};

Texts texts(Words words) {
  Texts out;
  for (auto word : words) out.push_back(word.empty() ? "." : str(word));
  return out;
}

std::string joined(const Texts& all, const char* between = ", ") {
  std::string out;
  for (const auto& one : all) out += (out.empty() ? "" : between) + one;
  return out;
}

// Only what YAML would read otherwise is quoted: the empty group and "*".
std::string yaml_list(const Texts& all) {
  Texts out;
  for (const auto& one : all) out.push_back(one.empty() || one == "*" ? "\"" + one + "\"" : one);
  return "[" + joined(out) + "]";
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text + "  ";
}

std::string llm_of(const Kind& k) {
  if (k.llm_only) return "yes";
  return k.llm_if.empty() ? "by signals" : "by field";
}

// The rows of one rule: equal but for their plurals.
struct Rule {
  std::string group;
  Texts versions;
  bool namespaced = true;
  Texts plurals;
};

void add(std::vector<Rule>& rules, Rule more) {
  const auto at = std::find_if(rules.begin(), rules.end(), [&](const Rule& r) {
    return r.group == more.group && r.versions == more.versions && r.namespaced == more.namespaced;
  });
  if (at == rules.end()) return rules.push_back(std::move(more));
  for (auto& plural : more.plurals)
    if (std::find(at->plurals.begin(), at->plurals.end(), plural) == at->plurals.end())
      at->plurals.push_back(std::move(plural));
}

// How kube-controller-manager calls the controller of a kind, in kube-system; all are one user without
// --use-service-account-credentials.
std::string controller_account(const Kind& k) {
  if (k.kind == "DaemonSet") return "daemon-set-controller";
  auto name = lower(k.kind);
  return name + "-controller";
}

}  // namespace

std::string kinds_text(const KindList& kinds) {
  std::string out = padded("KIND", 26) + padded("GROUP", 28) + padded("VERSIONS", 18) + padded("POSTURE", 7) +
                    padded("LLM", 10) + "ROLLOUT\n";
  for (const Kind* k : kinds)
    out += padded(str(k->kind), 26) + padded(k->group.empty() ? "(core)" : str(k->group), 28) +
           padded(k->versions.empty() ? "any" : joined(texts(k->versions), ","), 18) +
           padded(str(to_string(k->posture)), 7) + padded(llm_of(*k), 10) + joined(texts(k->rollout)) + "\n";
  return out +
         "\nPOSTURE: gate is judged, audit is judged and recorded, ignore only stands between an owner and its "
         "children.\nLLM: whether the kind says so by itself, by a field, or only by signals in its pods.\nMore: "
         "launchgate kinds -o json\n";
}

std::string kinds_json(const KindList& kinds) {
  Json all = Json::array();
  for (const Kind* k : kinds) {
    Json one = Json::object();
    one["group"] = str(k->group);
    one["kind"] = str(k->kind);
    one["plural"] = str(k->plural);
    one["versions"] = texts(k->versions);
    one["namespaced"] = k->namespaced;
    one["posture"] = str(to_string(k->posture));
    one["llmOnly"] = k->llm_only;
    one["reversible"] = k->reversible;
    for (const Field& f : fields) one[f.json] = texts(k->*f.words);
    one["selectorPaths"] = texts(k->selects);
    all.push_back(std::move(one));
  }
  return all.dump(2) + "\n";
}

std::string kinds_webhook_rules(const KindList& kinds) {
  std::vector<Rule> rules;
  for (const Kind* k : kinds)
    if (k->gated())
      add(rules,
          {str(k->group), k->versions.empty() ? Texts{"*"} : texts(k->versions), k->namespaced, {str(k->plural)}});
  std::string out = "# Made by launchgate kinds -o webhook-rules.\nrules:\n";
  for (const Rule& r : rules)
    out += "- apiGroups: " + yaml_list({r.group}) + "\n  apiVersions: " + yaml_list(r.versions) +
           "\n  operations: [CREATE, UPDATE]\n  resources: " + yaml_list(r.plurals) +
           "\n  scope: " + (r.namespaced ? "Namespaced" : "Cluster") + "\n";
  return out;
}

std::string kinds_match_conditions(const KindList& kinds) {
  Texts users{"'system:kube-controller-manager'"}, owners;
  for (const Kind* k : kinds) {
    if (!k->gated() || !k->built_in_api() || k->kind == "Pod" || k->creates.empty()) continue;
    users.push_back("'system:serviceaccount:kube-system:" + controller_account(*k) + "'");
    owners.push_back("'" + str(k->group) + "/" + str(k->kind) + "'");
  }
  return "# Made by launchgate kinds -o match-conditions.\n"
         "matchConditions:\n"
         "# Scale, status, labels and annotations of the object itself are no rollout.\n"
         "- name: spec-changes\n"
         "  expression: >-\n"
         "    request.operation != 'UPDATE' || !has(object.spec) || !has(oldObject.spec) || object.spec != "
         "oldObject.spec\n"
         "# What Kubernetes' own controllers make of an object that was judged. Nobody else has these names.\n"
         "- name: not-a-controllers-child\n"
         "  expression: >-\n"
         "    !(request.userInfo.username in [" +
         joined(users) +
         "]\n"
         "    && has(object.metadata.ownerReferences) && object.metadata.ownerReferences.exists(o,\n"
         "    has(o.controller) && o.controller && (o.apiVersion.split('/')[0] + '/' + o.kind) in\n"
         "    [" +
         joined(owners) + "]))\n";
}

std::string kinds_rbac(const KindList& kinds) {
  std::vector<Rule> rules;
  for (const Kind* k : kinds)
    if (k->kind != "Pod" || !k->group.empty()) add(rules, {str(k->group), {}, true, {str(k->plural)}});
  for (const ReferenceKind& r : reference_kinds()) add(rules, {str(r.group), {}, true, {str(r.plural)}});
  std::string out = "# Made by launchgate kinds -o rbac.\nrules:\n";
  for (const Rule& r : rules)
    out += "- apiGroups: " + yaml_list({r.group}) + "\n  resources: " + yaml_list(r.plurals) +
           "\n  verbs: [get, list, watch]\n";
  return out;
}

std::string kinds_markdown(const KindList& kinds) {
  std::string out = R"(# Kinds

What launchgate looks at. `gate`: a rollout is judged and may be refused. `audit`: it is judged and recorded, and never
refused: routes and configuration, which change the model behind somebody else's workload. `ignore`: not looked at; it
only stands between an owner and its children. *LLM*: whether the kind itself says that it runs a language model, a field
of it says so, or only signals in its pods do.

A path is dotted, with `[]` for each element of a list and `{*}` for each value of a map; `.` is the object itself.

Add a kind, or change a row, in a policy: `spec.workloadKinds[]` of a ReadinessPolicy, with the paths below.

| kind | group | versions | posture | LLM |
|---|---|---|---|---|
)";
  for (const Kind* k : kinds)
    out += "| " + str(k->kind) + " | " + (k->group.empty() ? "core" : str(k->group)) + " | " +
           joined(texts(k->versions)) + " | " + str(to_string(k->posture)) + " | " + llm_of(*k) + " |\n";
  for (const Kind* k : kinds) {
    out += "\n## " + qualified(*k) + "\n\n";
    if (!k->namespaced) out += "Not in a namespace.\n\n";
    if (k->reversible) out += "Its controller keeps revisions to go back to.\n\n";
    for (const Field& f : fields)
      if (!(k->*f.words).empty()) out += "- " + str(f.title) + ": `" + joined(texts(k->*f.words), "`, `") + "`\n";
    if (!k->selects.empty())
      out += "- Decides for the pods that it selects: `" + joined(texts(k->selects), "`, `") + "`\n";
  }
  return out;
}

}  // namespace launchgate
