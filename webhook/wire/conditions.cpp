#include "wire/conditions.h"

#include <algorithm>
#include <array>

#include "gates/table.h"

namespace launchgate {
namespace {

constexpr std::size_t kNamed = 5;  // in a message; the rest is counted
constexpr std::size_t kMessageBytes = 4096;
constexpr std::string_view kTrue = "True", kFalse = "False", kUnknown = "Unknown";

std::string count(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string{n == 1 ? one : many};
}

std::string gate_name(const MergedGate& g) {
  const Gate& gate = gate_table()[g.result->gate];
  return std::string{gate.id} + " " + std::string{gate.slug};
}

std::string names(const std::vector<std::string>& all) {
  std::string out;
  for (std::size_t i = 0; i < all.size() && i < kNamed; ++i) out += (i ? ", " : "") + all[i];
  if (all.size() > kNamed) out += " and " + std::to_string(all.size() - kNamed) + " more";
  return out;
}

// How bad a result is, so that of several the worst one is shown.
int badness(const GateResult& r) {
  switch (r.finding.outcome) {
    case Outcome::Fail: return 10 + static_cast<int>(r.action);
    case Outcome::Unknown: return r.finding.reason == "NoWorkload" ? 0 : 5 + static_cast<int>(r.action);
    case Outcome::Warn: return 4;
    case Outcome::Waived: return 3;
    case Outcome::Pass: return 2;
    case Outcome::NotApplicable: return 1;
  }
  return 0;
}

std::string who_may_lift(Node spec) {
  std::vector<std::string> groups;
  for (Node group : spec["rollout"]["pauseAuthority"]) groups.emplace_back(group.text());
  if (groups.empty() && spec["ownership"]["team"]) groups.emplace_back(spec["ownership"]["team"].text());
  return groups.empty() ? "" : "; " + names(groups) + " may lift it";
}

class OfReview {
 public:
  OfReview(const Snapshot& world, const Examination& e, const std::vector<MergedGate>& gates,
           const std::vector<Revision>& approved, TimePoint now)
      : world_(world),
        e_(e),
        review_(*e.review),
        spec_(review_.spec()),
        gates_(gates),
        approved_(approved),
        now_(now) {}

  std::vector<Condition> all() const {
    return {ready(), expired(), evidence_fresh(), approvals_valid(), tier_agreed(), drifted(), suspended()};
  }

 private:
  std::string waiting() const { return e_.running.empty() ? "; no workload that it covers exists yet" : std::string{}; }

  // Would a new rollout of what it covers be let in?
  Condition ready() const {
    if (review_.suspended)
      return {"Ready", kFalse, "Suspended", "spec.suspend is true: no new rollout" + who_may_lift(spec_)};
    std::array<std::vector<std::string>, 4> unmet;  // by action
    std::size_t met = 0;
    for (const MergedGate& g : gates_) {
      if (g.result->finding.outcome == Outcome::Pass) ++met;
      if (g.result->unmet() && g.result->finding.reason != "NoWorkload")
        unmet[static_cast<std::size_t>(g.result->action)].push_back(gate_name(g));
    }
    const auto& [off, recorded, warned, denied] = unmet;
    if (!denied.empty())
      return {"Ready", kFalse, "GatesFail",
              count(denied.size(), "gate blocks", "gates block") + ": " + names(denied) + waiting()};
    if (!warned.empty())
      return {"Ready", kTrue, "GatesWarn",
              count(warned.size(), "gate is unmet and only warns", "gates are unmet and only warn") + ": " +
                  names(warned) + waiting()};
    if (!recorded.empty())
      return {"Ready", kTrue, "GatesRecorded",
              count(recorded.size(), "gate is unmet and only recorded", "gates are unmet and only recorded") + ": " +
                  names(recorded) + waiting()};
    if (gates_.empty()) return {"Ready", kTrue, "NotAsked", "no gate is asked here" + note() + waiting()};
    return {"Ready", kTrue, e_.running.empty() ? "NoWorkload" : "GatesPass",
            count(met, "gate passes", "gates pass") + waiting()};
  }
  std::string note() const {
    std::string out;
    e_.each([&](const Verdict& v) {
      if (out.empty() && !v.note.empty()) out = ": " + v.note;
    });
    return out;
  }

  Condition expired() const {
    if (!e_.ends)
      return spec_["expiresAt"] ? Condition{"Expired", kUnknown, "EndUnreadable", "spec.expiresAt is no date and time"}
                                : Condition{"Expired", kFalse, "NoEnd", "it has no end"};
    const std::string end = format_time(*e_.ends);
    const std::string why = spec_["expiresAt"] ? "" : ", by its age";
    if (*e_.ends <= now_)
      return {"Expired", kTrue, "PastEnd",
              "it ended at " + end + why + "; what runs goes on, and a rollback is still allowed"};
    return {"Expired", kFalse, "InDate", "it ends at " + end + why};
  }

  const MergedGate* worst_of(std::initializer_list<std::string_view> ids) const {
    const MergedGate* worst = nullptr;
    for (const MergedGate& g : gates_)
      if (std::find(ids.begin(), ids.end(), gate_table()[g.result->gate].id) != ids.end())
        if (!worst || badness(*g.result) > badness(*worst->result)) worst = &g;
    return worst;
  }

  // The gates that ask how old what was measured is.
  Condition evidence_fresh() const {
    const MergedGate* g = worst_of({"PRR-EVAL-03", "PRR-EVAL-09", "PRR-LAT-04", "PRR-ROLL-06", "PRR-SUP-04"});
    if (!g || g->result->finding.outcome == Outcome::NotApplicable)
      return {"EvidenceFresh", kUnknown, "NotAsked", "no gate asks for dated evidence here"};
    const Finding& f = g->result->finding;
    if (f.outcome == Outcome::Pass || f.outcome == Outcome::Warn)
      return {"EvidenceFresh", kTrue, "Fresh", "the evidence is within its age limits"};
    return {"EvidenceFresh", f.outcome == Outcome::Fail ? kFalse : kUnknown,
            f.reason.empty() ? "Unknown" : std::string{f.reason}, gate_name(*g) + ": " + f.message};
  }

  // What the approvals on record are about. Whose they must be, gates say.
  Condition approvals_valid() const {
    std::vector<std::string> approved, rejected;
    std::size_t stale = 0;
    world_.objects_by_kind.find(hash_of("ReadinessApproval", review_.ns, {}), [&](std::uint32_t i) {
      const WorldObject& o = *world_.objects[i];
      const Node a = o.object->root()["spec"];
      if (o.kind != "ReadinessApproval" || o.ns != review_.ns || a["review"].text() != review_.name) return;
      auto& list = a["decision"].text() == "approve" ? approved : rejected;
      if (a["reviewDigest"].text() != review_.digest) ++stale;
      else list.emplace_back(a["role"].text());
    });
    std::sort(approved.begin(), approved.end());
    std::sort(rejected.begin(), rejected.end());
    if (!rejected.empty())
      return {"ApprovalsValid", kFalse, "Rejected", "what it says now was rejected as " + names(rejected)};
    const MergedGate* g = worst_of({"PRR-APPR-01", "PRR-APPR-02", "PRR-APPR-03", "PRR-APPR-04"});
    if (g && g->result->finding.outcome == Outcome::Fail)
      return {"ApprovalsValid", kFalse, std::string{g->result->finding.reason},
              gate_name(*g) + ": " + g->result->finding.message};
    if (!approved.empty())
      return {"ApprovalsValid", kTrue, "Approved", "what it says now was approved as " + names(approved)};
    if (stale)
      return {"ApprovalsValid", kFalse, "ReviewChanged",
              "the review has changed since " + count(stale, "approval was", "approvals were") + " given"};
    return {"ApprovalsValid", kUnknown, "NoApprovals", "nobody has approved or rejected it"};
  }

  Condition tier_agreed() const {
    const Verdict* v = e_.tiered();
    if (!v) return {"TierAgreed", kUnknown, "NotJudged", "its namespace is exempt: no tier was computed"};
    const auto derived = std::string{to_string(v->tiering.derived)};
    const auto declared = parse_tier(spec_["declaredTier"].text());
    if (!declared)
      return {"TierAgreed", kTrue, "NotDeclared", "declaredTier is not set; its answers make it " + derived};
    const std::string both =
        "declaredTier is " + std::string{to_string(*declared)} + ", and its answers make it " + derived;
    if (*declared < v->tiering.derived) return {"TierAgreed", kFalse, "Understated", both};
    return {"TierAgreed", kTrue, *declared > v->tiering.derived ? "Raised" : "Agreed", both};
  }

  // Something runs that was never admitted: it came past the webhook.
  Condition drifted() const {
    std::vector<std::string> strange;
    for (const Running& r : e_.running) {
      if (!r.observed || r.approved) continue;
      const auto same = [&](const Revision& known) {
        return known.digest == r.digest && known.same_workload(r.object->kind, r.object->name);
      };
      if (std::none_of(approved_.begin(), approved_.end(), same))
        strange.push_back(r.object->kind + " " + r.object->name);
    }
    if (!strange.empty())
      return {"Drifted", kTrue, "NotAdmitted",
              names(strange) + (strange.size() == 1 ? " runs" : " run") + " what launchgate has not admitted"};
    if (e_.running.empty()) return {"Drifted", kFalse, "NoWorkload", "no workload that it covers exists yet"};
    return {"Drifted", kFalse, "Admitted", "what runs was admitted"};
  }

  Condition suspended() const {
    if (!review_.suspended) return {"Suspended", kFalse, "NotSuspended", "rollouts are not paused"};
    return {"Suspended", kTrue, "Suspended", "spec.suspend is true" + who_may_lift(spec_)};
  }

  const Snapshot& world_;
  const Examination& e_;
  const Review& review_;
  const Node spec_;
  const std::vector<MergedGate>& gates_;
  const std::vector<Revision>& approved_;
  const TimePoint now_;
};

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
  std::vector<std::string> gates, kinds;
  for (Node gate : spec["gates"])
    if (!find_gate(gate.key())) gates.emplace_back(gate.key());
  for (Node k : spec["workloadKinds"])
    if (!find_kind(k["group"].text(), k["kind"].text()))
      kinds.push_back(std::string{k["kind"].text()} +
                      (k["group"].text().empty() ? "" : "." + std::string{k["group"].text()}));
  if (!gates.empty())
    return {"Accepted", kFalse, "UnknownGates", "spec.gates names what this version does not know: " + names(gates)};
  if (!kinds.empty())
    return {"Accepted", kFalse, "UnknownWorkloadKinds",
            "spec.workloadKinds names what this version does not judge: " + names(kinds)};
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

std::vector<Condition> review_conditions(const Snapshot& world, const Examination& e,
                                         const std::vector<MergedGate>& gates, const std::vector<Revision>& approved,
                                         TimePoint now) {
  return OfReview{world, e, gates, approved, now}.all();
}

std::vector<Condition> policy_conditions(const Policy& policy, std::size_t namespaces, TimePoint now) {
  return {policy_ready(policy, namespaces, now), policy_accepted(policy)};
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
