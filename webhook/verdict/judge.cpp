#include "verdict/judge.h"

#include <algorithm>
#include <array>
#include <memory>

#include "verdict/detect.h"
#include "verdict/digest.h"
#include "verdict/match.h"
#include "verdict/tier.h"
#include "verdict/waive.h"

namespace launchgate {
namespace {

// Gates that are no `review_only` ones, because they read the date, the status or parameters, but look at no workload
// either.
constexpr std::array<std::string_view, 12> kNoWorkload{"PRR-EVAL-03", "PRR-EVAL-09", "PRR-OBS-03",  "PRR-SUP-04",
                                                       "PRR-LAT-04",  "PRR-ROLL-06", "PRR-RISK-05", "PRR-EXP-01",
                                                       "PRR-EXP-02",  "PRR-EXP-04",  "PRR-AGT-07",  "PRR-AGT-09"};

bool without_workload(const Gate& gate) {
  return gate.review_only || std::find(kNoWorkload.begin(), kNoWorkload.end(), gate.id) != kNoWorkload.end();
}

class Judgement {
 public:
  Judgement(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory,
            std::vector<GateResult> gates = {})
      : world_(world), change_(change), memory_(memory) {
    v_.now = now;
    v_.gates = std::move(gates);
  }

  // One line a step of DESIGN §3; the first that settles it ends it.
  Verdict run() {
    if (!gated()) return std::move(v_);
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
    if (recorded_only()) v_.mode = Mode::Audit;
    if (exempt() || owned() || not_llm() || unchanged() || rollback() || suspended()) return std::move(v_);
    judge_gates();
    return std::move(v_);
  }

  // What runs: neither its past nor a pause says whether it has what it needs.
  Verdict run_audit() {
    if (!gated()) return std::move(v_);
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
    if (recorded_only()) v_.mode = Mode::Audit;
    if (exempt() || owned() || not_llm()) return std::move(v_);
    v_.digest = rollout_digest(*v_.workload.kind, change_.after);
    judge_gates();
    return std::move(v_);
  }

  // A review without a workload.
  Verdict run_alone(const Review& review) {
    alone_ = true;
    v_.workload.ns = review.ns;
    const PolicySet policies{world_, review.ns, {}};
    ask(policies);
    if (exempt()) return std::move(v_);
    v_.covering = {&review};
    v_.review = &review;
    v_.detection.detected = Detected::Covered;
    judge_gates();
    return std::move(v_);
  }

 private:
  void ask(const PolicySet& policies) {
    policies_ = &policies;
    v_.mode = policies.mode(v_.now);
  }

  bool settle(Step step, std::string note, Decision decision = Decision::Allow) {
    v_.step = step;
    v_.decision = decision;
    v_.note = std::move(note);
    return true;
  }

  // A kind that is recorded and never refused, whatever the policies say.
  bool recorded_only() const { return v_.workload.kind && v_.workload.kind->posture == KindPosture::Audit; }
  Action capped(Action action) const { return recorded_only() ? std::min(action, Action::Record) : action; }

  // 1. What launchgate has no business with.
  bool gated() {
    const bool writes = change_.operation == Operation::Create || change_.operation == Operation::Update;
    if (!writes) return !settle(Step::NotGated, "neither a CREATE nor an UPDATE");
    if (!change_.subresource.empty()) return !settle(Step::NotGated, "a subresource");
    v_.workload = Workload::view(change_.after, change_.ns, change_.name, &world_.kinds);
    if (!v_.workload.kind || !v_.workload.kind->gated()) return !settle(Step::NotGated, "not a gated kind");
    complete(world_, v_.workload);
    if (change_.after["metadata"]["deletionTimestamp"]) return !settle(Step::NotGated, "the object is being deleted");
    return true;
  }

  // 2. Namespaces, users and groups that the platform team leaves alone.
  bool exempt() {
    const Policy* by = policies_->exempting(v_.workload.ns, change_.user, change_.groups);
    return by && settle(Step::Exempt, "exempt by ReadinessPolicy " + by->name);
  }

  // 3. Its root is what is gated.
  bool owned() {
    const WorldObject* owner = gated_owner(world_, v_.workload);
    return owner && settle(Step::Owned, "controlled by " + owner->kind + " " + owner->name + ", which is gated itself");
  }

  // 4. Labelled, covered, an LLM-only kind, or signals enough.
  bool not_llm() {
    v_.covering = covering_reviews(world_, v_.workload);
    v_.review = v_.covering.size() == 1 ? v_.covering.front() : nullptr;
    v_.detection = detect(v_.workload, !v_.covering.empty(), policies_->allow_opt_out());
    if (recorded_only() && v_.covering.empty() && v_.detection.detected != Detected::Labelled)
      return settle(Step::NotLlm, "no review covers this " + std::string{v_.workload.kind->kind});
    if (v_.detection.opted_out)
      return settle(Step::NotLlm, "opted out by the label launchgate.dev/llm: \"false\" (" +
                                      shown(v_.detection.opt_out_reason) + ")");
    if (v_.detection.detected == Detected::None || policies_->posture(v_.detection.detected) == Posture::Ignore)
      return settle(Step::NotLlm, "not an LLM workload");
    return false;
  }

  // 5. Replicas, labels, annotations, a restart: no new rollout.
  bool unchanged() {
    if (change_.operation != Operation::Update || !same_rollout(*v_.workload.kind, change_.before, change_.after))
      return false;
    return settle(Step::Unchanged, "the rollout is unchanged");
  }

  // 6. Back to what ran admitted: nothing below can forbid it.
  bool rollback() {
    v_.digest = rollout_digest(*v_.workload.kind, change_.after);
    const Workload& w = v_.workload;
    const auto approved = [&](const Review* r) {
      return std::any_of(r->approved.begin(), r->approved.end(), [&](const ApprovedRevision& a) {
        return a.digest == v_.digest && a.kind == w.kind_name && a.name == w.name;
      });
    };
    if (v_.covering.empty()) return false;
    if (!std::any_of(v_.covering.begin(), v_.covering.end(), approved) &&
        !(memory_ && memory_->contains(w.kind_name, w.ns, w.name, v_.digest)))
      return false;
    return settle(Step::Rollback, "a revision that was approved before");
  }

  // 7. The pause switch.
  bool suspended() {
    const auto found =
        std::find_if(v_.covering.begin(), v_.covering.end(), [](const Review* r) { return r->suspended; });
    if (found == v_.covering.end()) return false;
    v_.review = *found;
    const Action action = capped(policies_->stop(v_.detection.detected));
    std::string who;
    for (Node group : v_.review->spec()["rollout"]["pauseAuthority"])
      who += (who.empty() ? "" : ", ") + std::string{group.text()};
    if (who.empty()) who = std::string{v_.review->spec()["ownership"]["team"].text()};
    return settle(Step::Suspended,
                  "review " + v_.review->name + " is suspended: no new rollout" +
                      (who.empty() ? "" : "; " + who + " may lift it"),
                  action == Action::Deny   ? Decision::Deny
                  : action == Action::Warn ? Decision::Warn
                                           : Decision::Audit);
  }

  // 8 and 9. The review, or its absence, against every gate that the policies select.
  void judge_gates() {
    v_.step = Step::Judged;
    if (v_.covering.empty()) v_.missing.push_back("ReadinessReview");
    compute_tier();
    const Facts base = facts();
    const auto table = gate_table();
    v_.gates.reserve(table.size());
    recall();
    for (std::size_t i = 0; i < table.size(); ++i)
      if (v_.review || table[i].without_review) run_gate(i, table[i], base);
    if (fresh_) world_.memos.offer(world_.position_of(*v_.review), std::move(fresh_));
    apply_waivers(base, *policies_, v_.gates);
    for (const GateResult& r : v_.gates) count(r);
    if (v_.review && v_.decision == Decision::Deny) look_for();
  }

  Facts facts() const {
    return {world_,
            v_.workload,
            v_.detection,
            v_.covering,
            v_.review,
            v_.review ? v_.review->spec() : Node{},
            v_.tiering,
            v_.tiering.tier,
            policies_->limits(),
            policies_->authority(),
            {},
            v_.now,
            policies_->policies()};
  }

  // What a live look-up might find that would have let it in: applied a moment ago, perhaps.
  void look_for() {
    bool approval = false;
    for (const GateResult& r : v_.gates)
      approval |= r.unmet() && r.action == Action::Deny &&
                  (gate_table()[r.gate].section() == "APPR" || gate_table()[r.gate].id == "PRR-EXP-03");
    if (approval) v_.missing.push_back("ReadinessApproval");
    v_.missing.push_back("ReadinessWaiver");
  }

  // What the review alone decides is read once for each review, tier, class of detection and set of policies.
  void recall() {
    if (!v_.review) return;
    memo_ = world_.memos.get(world_.position_of(*v_.review));
    const auto fits = [&](const PassMemo& m) {
      return m.tier == v_.tiering.tier && m.detected == v_.detection.detected && m.policies == policies_->policies();
    };
    if (memo_ && !fits(*memo_)) memo_ = nullptr;
    else if (!memo_)
      fresh_ = std::make_unique<PassMemo>(PassMemo{policies_->policies(), v_.tiering.tier, v_.detection.detected,
                                                   std::vector<PassMemo::Pass>(gate_table().size())});
  }
  Finding find(const Gate& gate, const Facts& facts, const std::vector<Node>& params) {
    if (alone_ && !without_workload(gate))
      return unknown("NoWorkload", "no workload that the review covers exists yet");
    return params.empty() ? gate.check(facts) : find_worst(gate, facts, params);
  }
  bool recalled(std::size_t position) {
    if (!memo_ || !memo_->passes[position].by) return false;
    const PassMemo::Pass& known = memo_->passes[position];
    GateResult& r = v_.gates.emplace_back();
    r.gate = position;
    r.finding.strength = known.strength;
    r.finding.reason = kSatisfied;
    r.action = static_cast<Action>(known.action);
    r.by = memo_->policies[known.by - 1u];
    return true;
  }
  void remember(const GateResult& r, const Gate& gate, const PolicySet::Effect& effect) {
    const bool plain = r.finding.outcome == Outcome::Pass && r.finding.message.empty();
    if (!fresh_ || !gate.review_only || !plain || !effect.params.empty() || effect.enforced_from) return;
    const auto& all = fresh_->policies;
    const auto by = static_cast<std::size_t>(std::find(all.begin(), all.end(), r.by) - all.begin());
    if (by >= 255) return;
    fresh_->passes[r.gate] = {static_cast<std::uint8_t>(by + 1), static_cast<std::uint8_t>(r.action),
                              r.finding.strength};
  }

  // The gate with the parameters of each policy that sets some.
  static Finding find_worst(const Gate& gate, Facts facts, const std::vector<Node>& params) {
    constexpr auto badness = [](const Finding& f) {
      return f.outcome == Outcome::Fail ? 3 : f.outcome == Outcome::Unknown ? 2 : f.outcome == Outcome::Warn ? 1 : 0;
    };
    std::optional<Finding> worst;
    for (Node p : params) {
      facts.params = p;
      Finding f = gate.check(facts);
      // Of those that are equally bad, one that does not depend on the order in which packs are named.
      const bool tie = worst && badness(f) == badness(*worst) && badness(f) > 0 && f.message > worst->message;
      if (!worst || badness(f) > badness(*worst) || tie) worst = std::move(f);
    }
    return std::move(*worst);
  }

  void compute_tier() {
    v_.tiering =
        effective_tier(world_, *policies_, v_.workload.ns, v_.workload.labels, v_.review ? v_.review->spec() : Node{});
    if (v_.review && v_.detection.tools_configured)
      apply_observed_tools(v_.tiering, v_.review->spec(), policies_->unknown_axis_worst());
    if (v_.review && !world_.waivers_in(v_.review->ns).empty()) apply_tier_overrides(v_.tiering, facts(), *policies_);
  }

  void run_gate(std::size_t position, const Gate& gate, const Facts& base) {
    if (recalled(position)) return;
    auto effect = policies_->effect(position, v_.tiering.tier, v_.detection.detected, v_.now);
    if (!effect.by) return;
    if (recorded_only()) effect.enforced_from.reset();
    GateResult& r = v_.gates.emplace_back();
    r.gate = position;
    r.finding = find(gate, base, effect.params);
    r.action = effect.action;
    r.by = effect.by;
    r.enforced_from = effect.enforced_from;
    Finding& f = r.finding;
    if (f.outcome == Outcome::Pass && f.strength < effect.min_strength)
      f = fail("EvidenceTooWeak",
               std::string{to_string(f.strength)} + ", needs " + std::string{to_string(effect.min_strength)});
    // A risk that its own owners call blocked denies wherever the mode is warn or enforce.
    if (f.reason == "RiskBlocked") r.action = std::max(r.action, policies_->stop(v_.detection.detected));
    // Not knowing is not failing: it warns, unless the policy says otherwise for this gate.
    const bool only_warns =
        f.outcome == Outcome::Warn || (f.outcome == Outcome::Unknown && (alone_ || !effect.unknown_blocks));
    if (only_warns) r.action = std::min(r.action, Action::Warn);
    r.action = capped(r.action);
    if (only_warns || r.action == Action::Deny) r.enforced_from.reset();  // no date makes a difference
    remember(r, gate, effect);
  }

  static void count(Outcome outcome, Counts& into) {
    switch (outcome) {
      case Outcome::Pass: ++into.pass; return;
      case Outcome::NotApplicable: ++into.not_applicable; return;
      case Outcome::Waived: ++into.waived; return;
      case Outcome::Fail: ++into.fail; return;
      case Outcome::Warn: ++into.warn; return;
      case Outcome::Unknown: ++into.unknown; return;
    }
  }
  void count(const GateResult& r) {
    count(r.finding.outcome, v_.counts);
    count(r.without_waiver, v_.counts_before_waivers);
    if (!r.unmet() && r.finding.outcome != Outcome::Warn) return;
    const Decision d = r.action == Action::Deny   ? Decision::Deny
                       : r.action == Action::Warn ? Decision::Warn
                                                  : Decision::Audit;
    v_.decision = std::max(v_.decision, d);
  }

  const Snapshot& world_;
  const Change& change_;
  const AdmittedRevisions* memory_;
  const PolicySet* policies_ = nullptr;
  const PassMemo* memo_ = nullptr;
  std::unique_ptr<PassMemo> fresh_;
  bool alone_ = false;  // there is no workload
  Verdict v_;
};

}  // namespace

std::string_view to_string(Step step) {
  constexpr std::array<std::string_view, 8> names{"NotGated",  "Exempt",   "OwnedByGated", "NotAnLLMWorkload",
                                                  "Unchanged", "Rollback", "Suspended",    "Judged"};
  return names[static_cast<std::size_t>(step)];
}

std::string_view to_string(Decision decision) {
  constexpr std::array<std::string_view, 4> names{"allow", "audit", "warn", "deny"};
  return names[static_cast<std::size_t>(decision)];
}

Verdict judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory) {
  return Judgement{world, change, now, memory}.run();
}

Verdict audit(const Snapshot& world, Node object, TimePoint now) {
  const Change change = as_create(object);
  return Judgement{world, change, now, nullptr}.run_audit();
}

Verdict audit_alone(const Snapshot& world, const Review& review, TimePoint now) {
  const Change none;
  return Judgement{world, none, now, nullptr}.run_alone(review);
}

void judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory, Verdict& into) {
  auto gates = std::move(into.gates);
  gates.clear();
  into = Judgement{world, change, now, memory, std::move(gates)}.run();
}

Change as_create(Node object) {
  Change c;
  c.group = group_of(object["apiVersion"].text());
  c.kind = object["kind"].text();
  c.ns = object["metadata"]["namespace"].text();
  c.name = object["metadata"]["name"].text();
  c.after = object;
  return c;
}

}  // namespace launchgate
