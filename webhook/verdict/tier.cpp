#include "verdict/tier.h"

#include <algorithm>

#include "base/decimal.h"
#include "gates/facts.h"
#include "model/labels_of_namespace.h"

namespace launchgate {
namespace {

// automation x data, low to critical as 0 to 3.
constexpr std::array<std::string_view, 4> automations{"suggest", "draft", "act-with-approval", "autonomous"};
constexpr std::array<std::string_view, 4> classes{"public", "internal", "confidential", "restricted"};
constexpr Tier L = Tier::Low, M = Tier::Moderate, H = Tier::High, C = Tier::Critical;
constexpr Tier matrix[4][4] = {{L, L, M, H}, {L, L, M, H}, {M, M, H, C}, {H, H, C, C}};

// A word that is none of the known counts as the worst: it cannot be less.
std::size_t position(const std::array<std::string_view, 4>& words, std::string_view word) {
  const auto found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? 3 : static_cast<std::size_t>(found - words.begin());
}

struct Answers {
  std::string automation, data, audience;
  bool untrusted = false;
};

// Absent ones filled in, and those that what was observed contradicts set right.
Answers answers(Node spec, bool worst, const Beyond& seen, std::vector<TierReason>& reasons) {
  const Node use = spec["useCase"];
  Answers a{std::string{automation(spec)}, std::string{data_class(spec)}, std::string{audience(spec)},
            untrusted_input(spec)};
  const auto assume = [&](const char* field, std::string& value, const char* worst_value) {
    if (use[field]) return;
    if (worst) value = worst_value;
    reasons.push_back({"missing", std::string{field} + " is not answered: " + value + " is assumed"});
  };
  const auto observe = [&](std::string& value, const char* at_least, const std::string& why) {
    value = at_least;
    reasons.push_back({"observed", why});
  };
  const auto is_less = [](std::string_view how) { return how == "suggest" || how == "draft"; };
  if (!seen.automation.empty() && is_less(a.automation) && (use["automation"] || !worst))
    observe(a.automation, "act-with-approval", seen.automation);
  else assume("automation", a.automation, "autonomous");
  assume("dataClassification", a.data, "restricted");
  if (!seen.audience.empty() && a.audience != "public") observe(a.audience, "public", seen.audience);
  else assume("audience", a.audience, "public");
  if (!use["untrustedInput"]) a.untrusted |= worst || a.audience != "internal";
  return a;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Derivation {
 public:
  Derivation(Node spec, bool worst, const Beyond& seen)
      : use_(spec["useCase"]), a_(answers(spec, worst, seen, about_answers_)) {}

  Tiering run() {
    base();
    reach();
    scale();
    tools();
    domain();
    out_.derived = out_.tier;
    out_.reasons.insert(out_.reasons.end(), about_answers_.begin(), about_answers_.end());
    return out_;
  }

 private:
  // A floor is a reason when the tier rests on it: it raises, or would hold the tier where it is.
  void floor(Tier at_least, std::string code, std::string text) {
    if (code == "F1" || code == "F2" || code == "F3" || code == "F4")
      out_.hard_floor = std::max(out_.hard_floor, at_least);
    if (at_least < out_.tier) return;
    out_.tier = at_least;
    out_.reasons.push_back({std::move(code), std::move(text)});
  }

  void base() {
    const auto declared = use_["dataClassification"].text();
    out_.tier = matrix[position(automations, a_.automation)][position(classes, a_.data)];
    out_.reasons.push_back({"base", a_.automation + " x " + a_.data + " = " + std::string{to_string(out_.tier)}});
    if (a_.data == "restricted" && use_["dataCategories"].size() && declared != "restricted" &&
        has_category("special-category"))
      out_.reasons.push_back({"F5", "special-category data counts as restricted"});
  }
  void reach() {
    if (a_.audience == "partner") return floor(M, "audience", "partner audience: at least moderate");
    if (a_.audience == "internal") return;
    const Tier up = out_.tier == C ? C : static_cast<Tier>(static_cast<int>(out_.tier) + 1);
    floor(std::max(up, M), "audience", "public audience: +1");
  }
  void scale() {
    const auto users = use_["monthlyUsers"].text();
    if (holds(users, ">=", "1000000").value_or(false)) floor(H, "scale", "1,000,000 users a month or more");
    else if (holds(users, ">=", "10000").value_or(false)) floor(M, "scale", "10,000 users a month or more");
  }
  void tools() {
    const bool autonomous = position(automations, a_.automation) == 3;
    const Tier serious = autonomous ? C : H;
    std::string leaves, grave, irreversible;
    bool changes = false;
    for (Node tool : use_["tools"]) {
      const auto effect = tool["effect"].text();
      const std::string name{tool["name"].text()};
      if (effect == "external-message" && leaves.empty()) leaves = name;
      if (is_one_of(effect, {"money", "access", "infra", "code-exec"}) && grave.empty())
        grave = name + " effect=" + std::string{effect};
      if (tool["reversibility"].text() == "irreversible" && irreversible.empty()) irreversible = name;
      changes |= changes_state(effect);
    }
    if (!leaves.empty()) floor(M, "F0", "output leaves the organisation (tool " + leaves + ")");
    if (!grave.empty()) floor(serious, "F1", "tool " + grave);
    if (!irreversible.empty()) floor(serious, "F1", "tool " + irreversible + " is irreversible");
    if (!leaves.empty() && autonomous) floor(H, "F1", "tool " + leaves + " sends external messages unattended");
    if (a_.untrusted && position(classes, a_.data) >= 2 && changes)
      floor(serious, "F2", "untrusted input, " + a_.data + " data and a tool that changes state (rule of two)");
  }
  void domain() {
    const auto regulated = use_["regulatedDomain"].text();
    if (!regulated.empty() && regulated != "none")
      floor(position(automations, a_.automation) == 3 ? C : H, "F3", "regulated domain " + std::string{regulated});
    if (has_category("minors")) floor(H, "F4", "data of minors");
  }
  bool has_category(std::string_view name) const {
    for (Node category : use_["dataCategories"])
      if (category.text() == name) return true;
    return false;
  }

  Node use_;
  std::vector<TierReason> about_answers_;
  Answers a_;
  Tiering out_;
};

}  // namespace

Beyond beyond_answers(Node spec, const Detection& detection, const Observed& observed, TimePoint now) {
  constexpr const char* explained = " or explained in spec.useCase.observedExceptions[]";
  Beyond out;
  if (detection.tools_configured)
    out.automation = "the manifest lists tools, so it acts: automation counts as act-with-approval";
  else if (const auto& may = observed.rights.some; !may.empty())
    out.automation = may + ": automation counts as act-with-approval until that right is taken away" + explained;
  if (const auto& open = observed.exposure.open; !open.empty() && !excused(spec, "audience", now))
    out.audience = open.front() + " lets the public in: audience counts as public until it is closed" + explained;
  return out;
}

Tiering derive_tier(Node spec, bool unknown_worst, const Beyond& seen) {
  Tiering as_answered = Derivation{spec, unknown_worst, {}}.run();
  if (!seen.any()) return as_answered;
  Tiering as_seen = Derivation{spec, unknown_worst, seen}.run();
  return as_seen.tier > as_answered.tier ? as_seen : as_answered;
}

void raise_tier(Tiering& tiering, Tier floor, std::string text) {
  tiering.hard_floor = std::max(tiering.hard_floor, floor);
  if (floor <= tiering.tier) return;
  tiering.tier = tiering.derived = floor;
  tiering.reasons.push_back({"F6", std::move(text)});
}

void apply_declared_tier(Tiering& tiering, Node spec) {
  const auto declared = parse_tier(spec["declaredTier"].text());
  if (!declared || *declared <= tiering.tier) return;
  tiering.tier = *declared;
  tiering.reasons.push_back({"declared", "the review declares " + std::string{to_string(*declared)}});
}

Tiering effective_tier(const Snapshot& world, const PolicySet& policies, std::string_view ns, Node workload_labels,
                       Node spec, const Beyond& seen) {
  Tiering tiering = derive_tier(spec, policies.unknown_axis_worst(), seen);
  const LabelsOfNamespace of_namespace{world, ns};
  const Node ns_labels = of_namespace.root();
  for (const Policy* p : policies.policies())
    for (const TierFloor& floor : p->floors) {
      if (floor.namespaces.present() && !floor.namespaces.matches(ns_labels)) continue;
      if (floor.workloads.present() && !floor.workloads.matches(workload_labels)) continue;
      raise_tier(tiering, floor.min,
                 "ReadinessPolicy " + p->name + " asks for at least " + std::string{to_string(floor.min)} +
                     (floor.reason.empty() ? "" : ": " + floor.reason));
    }
  apply_declared_tier(tiering, spec);
  return tiering;
}

}  // namespace launchgate
