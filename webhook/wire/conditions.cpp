#include "wire/conditions.h"

#include <algorithm>

#include "wire/condition_words.h"
#include "wire/params.h"

namespace launchgate {
namespace {

using namespace conditions;

constexpr std::size_t kMessageBytes = 4096;

Condition policy_ready(const Policy& p, std::size_t namespaces, TimePoint now) {
  if (namespaces == 0)
    return {"Ready", kFalse, "MatchesNoNamespace",
            "spec.namespaceSelector matches no namespace: it is in force nowhere"};
  const std::string where = " in " + count(namespaces, "namespace", "namespaces");
  if (p.mode == Mode::Enforce && p.enforce_from && *p.enforce_from > now)
    return {"Ready", kTrue, "WarnsUntil",
            "it warns" + where + " until " + format_time(*p.enforce_from) + ", then enforces"};
  return {"Ready", kTrue,
          p.mode == Mode::Enforce ? "Enforces"
          : p.mode == Mode::Warn  ? "Warns"
                                  : "Records",
          std::string{p.mode == Mode::Enforce ? "it enforces"
                      : p.mode == Mode::Warn  ? "it warns"
                                              : "it records"} +
              where};
}

// What stands in it and does nothing, because this version does not know it.
Condition policy_accepted(const Policy& p) {
  const Node spec = p.object->root()["spec"];
  std::vector<std::string> gates;
  for (Node gate : spec["gates"])
    if (!find_gate(gate.key())) gates.emplace_back(gate.key());
  if (!gates.empty())
    return {"Accepted", kFalse, "UnknownGates", "spec.gates names what this version does not know: " + names(gates)};
  if (!p.problems.empty())
    return {"Accepted", kFalse,
            p.problems.front().field.starts_with("spec.gates.") ? "UnreadableParams" : "UnknownWorkloadKinds",
            p.problems.front().field + ": " + p.problems.front().message +
                (p.problems.size() > 1 ? " (and " + std::to_string(p.problems.size() - 1) + " more)" : "")};
  std::vector<std::string> params;
  for (const Error& e : param_faults(p.object->root()).unknown) params.push_back(e.field);
  if (!params.empty())
    return {"Accepted", kFalse, "UnknownParams", "parameters that their gates do not take: " + names(params)};
  return {"Accepted", kTrue, "Accepted", "everything in it is understood"};
}

}  // namespace

std::string_view clipped(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::vector<MergedGate> merge_gates(const Examination& e) {
  std::vector<MergedGate> by_position(gate_table().size());
  e.each([&](const Verdict& v) {
    for (const GateResult& r : v.gates) {
      MergedGate& held = by_position[r.gate];
      if (!held.result || badness(r) > badness(*held.result)) held = {&r, &v};
    }
  });
  std::erase_if(by_position, [](const MergedGate& g) { return !g.result; });
  return by_position;
}

std::vector<Condition> policy_conditions(const Policy& policy, std::size_t namespaces, TimePoint now) {
  return {policy_ready(policy, namespaces, now), policy_accepted(policy)};
}

std::vector<Condition> waiver_conditions(const Waiver& w, const std::vector<std::string>& faults,
                                         const std::vector<std::string>& waived, TimePoint now) {
  std::string gates;
  for (const std::string& id : waived) gates += (gates.empty() ? "it excuses " : ", ") + id;
  if (gates.empty()) gates = "nothing that it excuses is unmet now";
  const bool over = w.until && *w.until <= now;
  const auto fault = std::find_if(faults.begin(), faults.end(), [](const std::string& f) { return !f.empty(); });
  Condition force{"InForce", "True", "InForce", gates + "; until " + w.last_day()};
  if (over) force = {"InForce", "False", "Over", "it ended on " + w.last_day()};
  else if (faults.empty()) force = {"InForce", "False", "NoReview", "no review that is judged is concerned by it"};
  else if (fault != faults.end()) force = {"InForce", "False", "NotCounted", *fault};
  const bool soon = force.status == "True" && *w.until - now <= kWaiverNotice;
  return {std::move(force),
          soon ? Condition{"EndsSoon", "True", "EndsSoon",
                           "it ends on " + w.last_day() + "; " + gates +
                               ": meet the gates, or renew it (launchgate waive --renew)"}
               : Condition{"EndsSoon", "False", over ? "Over" : "NotYet", "it ends on " + w.last_day()}};
}

void write_conditions(DocBuilder& build, const std::vector<Condition>& conditions, Node before,
                      std::string_view generation, TimePoint now) {
  build.key("conditions");
  build.open(Type::Array);
  for (const Condition& c : conditions) {
    std::string since = format_time(now);
    for (Node b : before["conditions"])
      if (b["type"].text() == c.type && b["status"].text() == c.status && b["lastTransitionTime"])
        since = b["lastTransitionTime"].text();
    build.open(Type::Object);
    const auto text = [&](std::string_view key, std::string_view value) {
      build.key(key);
      build.string(value);
    };
    text("type", c.type);
    text("status", c.status);
    if (!generation.empty()) {
      build.key("observedGeneration");
      build.scalar(Type::Number, generation);
    }
    text("lastTransitionTime", since);
    text("reason", c.reason);
    text("message", clipped(c.message, kMessageBytes));
    (void)build.close();
  }
  (void)build.close();
}

}  // namespace launchgate
