#include "verdict/recall.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

#include "gates/table.h"
#include "verdict/next_date.h"

namespace launchgate {
namespace {

// Gates that are no `review_only` ones, because they read the date, the status or parameters, but look at no workload
// either.
constexpr std::array<std::string_view, 12> kNoWorkload{"PRR-EVAL-03", "PRR-EVAL-09", "PRR-OBS-03",  "PRR-SUP-04",
                                                       "PRR-LAT-04",  "PRR-ROLL-06", "PRR-RISK-05", "PRR-EXP-01",
                                                       "PRR-EXP-02",  "PRR-EXP-04",  "PRR-AGT-07",  "PRR-AGT-09"};
// Those that read the approvals: for a review without a workload they say that they do not know.
constexpr std::array<std::string_view, 5> kApprovals{"PRR-APPR-01", "PRR-APPR-02", "PRR-APPR-03", "PRR-APPR-04",
                                                     "PRR-EXP-03"};

// Looks at the workload only where the review says that its data are sensitive.
constexpr std::array<std::string_view, 1> kOfSensitiveData{"PRR-OBS-04"};
// Those that look at the workloads of agents: a review that speaks of none has its answer already.
constexpr std::array<std::string_view, 4> kOfAgents{"PRR-AGT-04", "PRR-AGT-05", "PRR-AGT-06", "PRR-AGT-10"};

template <std::size_t Count>
bool is_among(const Gate& gate, const std::array<std::string_view, Count>& ids) {
  return std::find(ids.begin(), ids.end(), gate.id) != ids.end();
}

// A bit for each gate of the table.
template <class Test>
std::vector<bool> bits(Test&& test) {
  std::vector<bool> out;
  for (const Gate& gate : gate_table()) out.push_back(test(gate));
  return out;
}

// Which tier it is depends on labels of the workload.
bool floors_by_workload(const PolicySet& policies) {
  const auto by_workload = [](const Policy* p) {
    return std::any_of(p->floors.begin(), p->floors.end(), [](const TierFloor& f) { return f.workloads.present(); });
  };
  return std::any_of(policies.policies().begin(), policies.policies().end(), by_workload);
}

bool is_settled(const GateResult& found, Node spec) {
  if (looks_at_no_workload(found.gate)) return true;
  if (found.finding.outcome != Outcome::NotApplicable) return false;
  const Gate& gate = gate_table()[found.gate];
  return is_among(gate, kOfSensitiveData) || (is_among(gate, kOfAgents) && !is_agent(spec));
}

// Their rights are the same ones.
bool same_accounts(const Snapshot& world, const ReviewMemo& memo, const Workload& w) {
  return std::equal(
      memo.accounts.begin(), memo.accounts.end(), w.pods.begin(), w.pods.end(),
      [&](const std::string& known, const PodView& pod) { return known == token_account(world, pod, w.ns); });
}

bool fits_a_row(std::string_view text) { return text.size() <= std::numeric_limits<std::uint16_t>::max(); }

}  // namespace

bool answers_without_workload(std::size_t gate) {
  static const auto all = bits([](const Gate& g) { return g.review_only || is_among(g, kNoWorkload); });
  return all[gate];
}

bool looks_at_no_workload(std::size_t gate) {
  static const auto all =
      bits([](const Gate& g) { return g.review_only || is_among(g, kNoWorkload) || is_among(g, kApprovals); });
  return all[gate];
}

const ReviewMemo* recall(const Snapshot& world, std::size_t review, const PolicySet& policies, const Workload& workload,
                         const Detection& detection, const Exposure& exposure, TimePoint now) {
  for (const ReviewMemo* m = world.memos.newest(review); m; m = m->older.get())
    if (m->from <= now && now < m->until && m->detected == detection.detected &&
        m->tools_configured == detection.tools_configured && m->policies == policies.policies() &&
        m->open == exposure.open && (!m->rights_count || same_accounts(world, *m, workload)))
      return m;
  return nullptr;
}

const char* restore(const ReviewMemo& memo, const ReviewMemo::Row& row, const char* texts, GateResult& into) {
  const auto take = [&](std::size_t size) { return std::string_view{std::exchange(texts, texts + size), size}; };
  const auto fill = [&](std::string& text, std::size_t size) {  // most are empty, and were before
    if (size != 0 || !text.empty()) text.assign(take(size));
  };
  into.gate = row.gate;
  into.action = static_cast<Action>(row.action);
  into.by = memo.policies[row.by];
  Finding& f = into.finding;
  f.outcome = static_cast<Outcome>(row.outcome);
  f.strength = row.strength;
  f.reason = row.reason ? take(row.reason) : kSatisfied;
  fill(f.message, row.message);
  fill(f.path, row.path);
  fill(f.fix, row.fix);
  return texts;
}

std::unique_ptr<ReviewMemo> new_memo(const Snapshot& world, const Review& review, const PolicySet& policies,
                                     const Workload& workload, const Detection& detection, const Observed& observed,
                                     const Tiering& tiering, TimePoint now) {
  if (floors_by_workload(policies) || policies.policies().size() > 255) return nullptr;
  auto memo = std::make_unique<ReviewMemo>();
  memo->policies = policies.policies();
  memo->detected = detection.detected;
  memo->tools_configured = detection.tools_configured;
  memo->open = observed.exposure.open;
  memo->rights_count = says_it_only_suggests(review.spec(), now);
  if (memo->rights_count)
    for (const PodView& pod : workload.pods) memo->accounts.emplace_back(token_account(world, pod, workload.ns));
  memo->rights = observed.rights.some;
  memo->unknown_rights = observed.rights.unknown;
  memo->from = now;
  memo->until = std::min(next_review_date(world, review, now).value_or(TimePoint::max()),
                         next_policy_date(world, now).value_or(TimePoint::max()));
  memo->tiering = tiering;
  return memo;
}

std::optional<PolicySet::Effect> effect_of(const ReviewMemo& memo, const ReviewMemo::Row& row) {
  if (!row.effect) return {};
  return PolicySet::Effect{static_cast<Action>(row.action), memo.policies[row.by], {}, row.strength, false, {}};
}

void note(ReviewMemo& memo, const GateResult& found, const PolicySet::Effect& effect, Node spec) {
  ReviewMemo::Row& row = memo.rows.emplace_back();
  row.gate = static_cast<std::uint8_t>(found.gate);
  const auto by = std::find(memo.policies.begin(), memo.policies.end(), found.by);
  row.by = static_cast<std::uint8_t>(by - memo.policies.begin());
  const Finding& f = found.finding;
  const auto reason = f.reason == kSatisfied ? std::string_view{} : f.reason;
  const bool fits = fits_a_row(f.message) && fits_a_row(f.path) && fits_a_row(f.fix);
  if (!is_settled(found, spec) || found.enforced_from || !fits) {
    row.effect = !effect.enforced_from && !effect.unknown_blocks && effect.params.empty();
    row.action = static_cast<std::uint8_t>(effect.action);
    row.strength = effect.min_strength;
    return;
  }
  const auto keep = [&](std::string_view text) {
    memo.texts += text;
    return static_cast<std::uint16_t>(text.size());
  };
  row.known = true;
  row.outcome = static_cast<std::uint8_t>(f.outcome);
  row.strength = f.strength;
  row.action = static_cast<std::uint8_t>(found.action);
  row.reason = keep(reason);
  row.message = keep(f.message);
  row.path = keep(f.path);
  row.fix = keep(f.fix);
}

}  // namespace launchgate
