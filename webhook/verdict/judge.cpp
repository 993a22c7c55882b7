#include "verdict/judge.h"

#include <algorithm>
#include <array>
#include <memory>

#include "verdict/detect.h"
#include "verdict/digest.h"
#include "verdict/match.h"
#include "verdict/tier.h"

namespace launchgate {
namespace {

// Gates that read the date or the status and so are no `review_only` ones, but look at no workload either.
constexpr std::array<std::string_view, 9> kDated{"PRR-OBS-03",  "PRR-EVAL-03", "PRR-EVAL-09",
                                                 "PRR-SUP-04",  "PRR-LAT-04",  "PRR-ROLL-06",
                                                 "PRR-RISK-05", "PRR-EXP-01",  "PRR-EXP-02"};

bool without_workload(const Gate& gate) {
  return gate.review_only || std::find(kDated.begin(), kDated.end(), gate.id) != kDated.end();
}

class Judgement {
 public:
  Judgement(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory)
      : world_(world), change_(change), memory_(memory) {
    v_.now = now;
  }

  // One line a step of DESIGN §3; the first that settles it ends it.
  Verdict run() {
    if (!gated()) return std::move(v_);
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
    if (exempt() || owned() || not_llm() || unchanged() || rollback() || suspended()) return std::move(v_);
    judge_gates();
    return std::move(v_);
  }

  // What runs: neither its past nor a pause says whether it has what it needs.
  Verdict run_audit() {
    if (!gated()) return std::move(v_);
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
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

  // 1. What launchgate has no business with.
  bool gated() {
    const bool writes = change_.operation == Operation::Create || change_.operation == Operation::Update;
    if (!writes) return !settle(Step::NotGated, "neither a CREATE nor an UPDATE");
    if (!change_.subresource.empty()) return !settle(Step::NotGated, "a subresource");
    v_.workload = Workload::view(change_.after, change_.ns, change_.name);
    if (!v_.workload.kind) return !settle(Step::NotGated, "not a gated kind");
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
    if (v_.detection.opted_out) return settle(Step::NotLlm, "opted out by the label launchgate.dev/llm: \"false\"");
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
    const Action action = policies_->stop(v_.detection.detected);
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
    const Facts base{world_,
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
                     v_.now};
    const auto table = gate_table();
    v_.gates.reserve(table.size());
    recall();
    for (std::size_t i = 0; i < table.size(); ++i)
      if (v_.review || table[i].without_review) run_gate(i, table[i], base);
    if (fresh_) world_.memos.offer(world_.position_of(*v_.review), std::move(fresh_));
    for (const GateResult& r : v_.gates) count(r);
  }

  // What the review alone decides is read once for each review, tier and set of policies.
  void recall() {
    if (!v_.review) return;
    memo_ = world_.memos.get(world_.position_of(*v_.review));
    if (memo_ && (memo_->tier != v_.tiering.tier || memo_->policies != policies_->policies())) memo_ = nullptr;
    else if (!memo_)
      fresh_ = std::make_unique<PassMemo>(
          PassMemo{policies_->policies(), v_.tiering.tier, std::vector<std::uint8_t>(gate_table().size())});
  }
  Finding find(std::size_t position, const Gate& gate, const Facts& facts, const std::vector<Node>& params) {
    if (alone_ && !without_workload(gate))
      return unknown("NoWorkload", "no workload that the review covers exists yet");
    if (!params.empty()) return find_worst(gate, facts, params);
    if (memo_ && memo_->passed[position]) return pass(static_cast<Strength>(memo_->passed[position] - 1));
    Finding f = gate.check(facts);
    if (fresh_ && gate.review_only && f.outcome == Outcome::Pass && f.message.empty())
      fresh_->passed[position] = static_cast<std::uint8_t>(1 + static_cast<int>(f.strength));
    return f;
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
      if (!worst || badness(f) > badness(*worst)) worst = std::move(f);
    }
    return std::move(*worst);
  }

  void compute_tier() {
    v_.tiering =
        effective_tier(world_, *policies_, v_.workload.ns, v_.workload.labels, v_.review ? v_.review->spec() : Node{});
  }

  void run_gate(std::size_t position, const Gate& gate, const Facts& base) {
    const auto effect = policies_->effect(position, v_.tiering.tier, v_.detection.detected, v_.now);
    if (!effect.by) return;
    GateResult r{position, find(position, gate, base, effect.params), effect.action, effect.by, effect.enforced_from};
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
    if (only_warns || r.action == Action::Deny) r.enforced_from.reset();  // no date makes a difference
    v_.gates.push_back(std::move(r));
  }

  void count(const GateResult& r) {
    switch (r.finding.outcome) {
      case Outcome::Pass: ++v_.counts.pass; return;
      case Outcome::NotApplicable: ++v_.counts.not_applicable; return;
      case Outcome::Waived: ++v_.counts.waived; return;
      case Outcome::Fail: ++v_.counts.fail; break;
      case Outcome::Warn: ++v_.counts.warn; break;
      case Outcome::Unknown: ++v_.counts.unknown; break;
    }
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
