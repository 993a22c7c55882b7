#include "verdict/judge.h"

#include <algorithm>
#include <array>
#include <memory>

#include "gates/params.h"
#include "verdict/detect.h"
#include "verdict/digest.h"
#include "verdict/match.h"
#include "verdict/recall.h"
#include "verdict/tier.h"
#include "verdict/waive.h"

namespace launchgate {
namespace {

class Judgement {
 public:
  // Into a verdict that may have been used before: its buffers serve again.
  Judgement(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory, Verdict& into)
      : world_(world), change_(change), memory_(memory), v_(into) {
    v_.step = Step::NotGated;
    v_.decision = Decision::Allow;
    v_.note.clear();
    v_.mode = Mode::Audit;
    v_.detection.clear();
    v_.covering.clear();
    v_.review = nullptr;
    v_.digest.clear();
    v_.counts = v_.counts_before_waivers = {};
    v_.now = now;
    v_.missing.clear();
  }
  ~Judgement() {
    v_.gates.resize(rows_);
    if (!v_.judged()) v_.tiering = {};
  }
  Judgement(const Judgement&) = delete;
  Judgement& operator=(const Judgement&) = delete;

  // One line a step of DESIGN §3; the first that settles it ends it.
  void run() {
    if (!gated()) return;
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
    if (recorded_only()) v_.mode = Mode::Audit;
    if (exempt() || owned() || not_llm() || unchanged() || rollback() || suspended()) return;
    judge_gates();
  }

  // What runs: neither its past nor a pause says whether it has what it needs.
  void run_audit() {
    if (!gated()) return;
    const PolicySet policies{world_, v_.workload.ns, v_.workload.labels};
    ask(policies);
    if (recorded_only()) v_.mode = Mode::Audit;
    if (exempt() || owned() || not_llm()) return;
    rollout_digest(*v_.workload.kind, change_.after, v_.digest);
    judge_gates();
  }

  // A review without a workload.
  void run_alone(const Review& review) {
    alone_ = true;
    v_.workload.ns = review.ns;
    const PolicySet policies{world_, review.ns, {}};
    ask(policies);
    if (exempt()) return;
    v_.covering = {&review};
    v_.review = &review;
    v_.detection.detected = Detected::Covered;
    judge_gates();
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
    if (!writes || !change_.subresource.empty()) v_.workload.clear();
    if (!writes) return !settle(Step::NotGated, "neither a CREATE nor an UPDATE");
    if (!change_.subresource.empty()) return !settle(Step::NotGated, "a subresource");
    v_.workload.read(change_.after, change_.ns, change_.name, &world_.kinds);
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
    detect(v_.workload, !v_.covering.empty(), policies_->allow_opt_out(), v_.detection);
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
    rollout_digest(*v_.workload.kind, change_.after, v_.digest);
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
      who += (who.empty() ? "" : ", ") + shown(group.text());
    if (who.empty()) who = shown(v_.review->spec()["ownership"]["team"].text());
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
    const bool may_recall = v_.review && !alone_ && !recorded_only();
    const std::size_t position = may_recall ? world_.position_of(*v_.review) : 0;
    look_at_ways_in();
    const ReviewMemo* known =
        may_recall ? recall(world_, position, *policies_, v_.workload, v_.detection, observed_.exposure, v_.now)
                   : nullptr;
    if (known) {
      v_.tiering = known->tiering;
      observed_.rights.some = known->rights;
      observed_.rights.unknown = known->unknown_rights;
      ask_the_rest(*known);
    } else {
      look_at_rights();
      compute_tier();
      auto memo = may_recall ? new_memo(world_, *v_.review, *policies_, v_.workload, v_.detection, observed_,
                                        v_.tiering, v_.now)
                             : nullptr;
      ask_all(memo.get());
      if (memo) world_.memos.offer(position, std::move(memo));
    }
    v_.gates.resize(rows_);
    apply_waivers(facts(), *policies_, v_.gates);
    for (const GateResult& r : v_.gates) count(r);
    if (v_.review && v_.decision == Decision::Deny) look_for();
  }

  [[gnu::cold]] void ask_all(ReviewMemo* memo) {
    const Facts base = facts();
    const auto table = gate_table();
    v_.gates.reserve(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (!v_.review && !table[i].without_review) continue;
      const auto effect = effect_of(i);
      if (!effect.by) continue;  // it is off
      run_gate(i, effect, base);
      if (memo) note(*memo, v_.gates[rows_ - 1], effect, base.spec);
    }
  }

  void ask_the_rest(const ReviewMemo& memo) {
    const Facts base = facts();
    const char* texts = memo.texts.data();
    for (const ReviewMemo::Row& row : memo.rows) {
      if (row.known) texts = restore(memo, row, texts, next_row());
      else if (const auto effect = launchgate::effect_of(memo, row)) run_gate(row.gate, *effect, base);
      else run_gate(row.gate, effect_of(row.gate), base);
    }
  }

  // The next result, over one of a verdict before it where there is one.
  GateResult& next_row() {
    if (rows_ == v_.gates.size()) v_.gates.emplace_back();
    GateResult& r = v_.gates[rows_++];
    r.enforced_from.reset();
    r.waiver = nullptr;
    return r;
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
            policies_->policies(),
            &observed_};
  }

  // What the cluster shows that the review may not say.
  void look_at_ways_in() {
    if (v_.review && !alone_) observed_.exposure = exposure_of(world_, v_.workload, says_internal(v_.review->spec()));
  }
  void look_at_rights() {
    if (v_.review && !alone_ && says_it_only_suggests(v_.review->spec(), v_.now))
      observed_.rights = write_rights_of(world_, v_.workload);
  }

  // What a live look-up might find that would have let it in: applied a moment ago, perhaps.
  [[gnu::cold]] void look_for() {
    bool approval = false;
    for (const GateResult& r : v_.gates)
      approval |= r.unmet() && r.action == Action::Deny &&
                  (gate_table()[r.gate].section() == "APPR" || gate_table()[r.gate].id == "PRR-EXP-03");
    if (approval) v_.missing.push_back("ReadinessApproval");
    v_.missing.push_back("ReadinessWaiver");
  }

  Finding find(std::size_t position, const Facts& facts, const std::vector<Node>& params) {
    if (alone_ && !answers_without_workload(position))
      return unknown("NoWorkload", "no workload that the review covers exists yet");
    const Gate& gate = gate_table()[position];
    return params.empty() ? gate.check(facts) : find_worst(gate, facts, params);
  }

  // The gate with the parameters of each policy that sets some.
  [[gnu::cold]] static Finding find_worst(const Gate& gate, Facts facts, const std::vector<Node>& params) {
    constexpr auto badness = [](const Finding& f) {
      return f.outcome == Outcome::Fail ? 3 : f.outcome == Outcome::Unknown ? 2 : f.outcome == Outcome::Warn ? 1 : 0;
    };
    std::optional<Finding> worst;
    for (Node p : params) {
      facts.params = p;
      Finding f = gate.check(facts);
      demand_readable(f, gate.id, p);
      // Of those that are equally bad, one that does not depend on the order in which packs are named.
      const bool tie = worst && badness(f) == badness(*worst) && badness(f) > 0 && f.message > worst->message;
      if (!worst || badness(f) > badness(*worst) || tie) worst = std::move(f);
    }
    return std::move(*worst);
  }

  // A warning already says what is odd, as that a reference leads nowhere; that stays in front.
  [[gnu::cold]] static Finding too_weak(const Finding& f, Strength needed) {
    const auto said = std::string{to_string(f.strength)} + ", needs " + std::string{to_string(needed)};
    if (f.outcome == Outcome::Pass) return fail("EvidenceTooWeak", said);
    return fail("EvidenceTooWeak", f.message + ": " + said, f.path, f.fix);
  }

  void compute_tier() {
    const Node spec = v_.review ? v_.review->spec() : Node{};
    const Beyond seen = v_.review ? beyond_answers(spec, v_.detection, observed_, v_.now) : Beyond{};
    v_.tiering = effective_tier(world_, *policies_, v_.workload.ns, v_.workload.labels, spec, seen);
    if (v_.review && !world_.waivers_in(v_.review->ns).empty()) apply_tier_overrides(v_.tiering, facts(), *policies_);
  }

  PolicySet::Effect effect_of(std::size_t position) const {
    auto effect = policies_->effect(position, v_.tiering.tier, v_.detection.detected, v_.now);
    if (recorded_only()) effect.enforced_from.reset();
    return effect;
  }

  void run_gate(std::size_t position, const PolicySet::Effect& effect, const Facts& base) {
    GateResult& r = next_row();
    r.gate = position;
    r.finding = find(position, base, effect.params);
    r.action = effect.action;
    r.by = effect.by;
    r.enforced_from = effect.enforced_from;
    Finding& f = r.finding;
    const bool met = f.outcome == Outcome::Pass || f.outcome == Outcome::Warn;
    if (met && f.strength < effect.min_strength) f = too_weak(f, effect.min_strength);
    // A risk that its own owners call blocked denies wherever the mode is warn or enforce.
    if (f.reason == "RiskBlocked") r.action = std::max(r.action, policies_->stop(v_.detection.detected));
    // Not knowing is not failing: it warns, unless the policy says otherwise for this gate.
    const bool only_warns =
        f.outcome == Outcome::Warn || (f.outcome == Outcome::Unknown && (alone_ || !effect.unknown_blocks));
    if (only_warns) r.action = std::min(r.action, Action::Warn);
    r.action = capped(r.action);
    if (only_warns || r.action == Action::Deny) r.enforced_from.reset();  // no date makes a difference
  }

  void count(const GateResult& r) {
    v_.counts.add(r.finding.outcome);
    v_.counts_before_waivers.add(r.without_waiver);
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
  bool alone_ = false;  // there is no workload
  Verdict& v_;
  Observed observed_;
  std::size_t rows_ = 0;  // of v_.gates that are of this judgement
};

}  // namespace

void judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory, Verdict& into) {
  Judgement{world, change, now, memory, into}.run();
}

Verdict judge(const Snapshot& world, const Change& change, TimePoint now, const AdmittedRevisions* memory) {
  Verdict v;
  judge(world, change, now, memory, v);
  return v;
}

Verdict audit(const Snapshot& world, Node object, TimePoint now) {
  Verdict v;
  const Change change = as_create(object);
  Judgement{world, change, now, nullptr, v}.run_audit();
  return v;
}

Verdict audit_alone(const Snapshot& world, const Review& review, TimePoint now) {
  Verdict v;
  const Change none;
  Judgement{world, none, now, nullptr, v}.run_alone(review);
  return v;
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
