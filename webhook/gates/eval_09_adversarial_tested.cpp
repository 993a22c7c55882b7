// PRR-EVAL-09 adversarial-tested
// Fields: spec.evaluation.adversarial.{ref, digest, ranAt, attackSuccessRate, adaptive}; of the policy, this gate's
// params.maxAttackSuccessRate
// Allowed: where the result is, and a rate that the file does not contradict, not above the policy's maximum; run within
// the policy's limit (90 days) and not more than a day ahead, by the date in the file, else by ranAt. At critical the attacks were adapted to the defences: a static list alone misleads.
// Strength: measured when the rate was read from the file, observed when its digest agrees, linked when it was found.
#include "base/decimal.h"
#include "gates/age.h"
#include "gates/params.h"

namespace launchgate {
namespace {

const std::string kPath = "spec.evaluation.adversarial";
constexpr Occasion kRun{"AttacksUndated", "AttacksTooOld", "no red-team run", "the last red-team run",
                        "spec.evaluation.adversarial.ranAt"};

std::string_view rate_in(const EvalReport& file) {
  if (!file.parsed || !trusted(file)) return {};
  for (const EvalMetric& m : file.metrics)
    if (m.name == "attackSuccessRate") return m.value;
  return {};
}

std::optional<Finding> wrong_rate(const Facts& f, std::string_view declared, std::string_view read) {
  const auto rate = read.empty() ? declared : read;
  if (rate.empty()) return fail("AttackRateMissing", "no attack success rate is stated", kPath + ".attackSuccessRate");
  if (!declared.empty() && !read.empty() && holds(declared, "<", read).value_or(true))
    return fail("AttackRateUnderstated",
                "the review states an attack success rate of " + shown(declared) + ", and the file " + shown(read),
                kPath + ".attackSuccessRate");
  const Node most = param(f.params, Param::MaxAttackSuccessRate);
  if (most && !holds(rate, "<=", most.text()).value_or(false))
    return fail("AttackRateTooHigh",
                "attacks succeed at a rate of " + shown(rate) + "; the policy allows " + shown(most.text()),
                kPath + ".attackSuccessRate", "strengthen the defences and run the attacks again");
  return {};
}

// The date of the file, else of the review: a file that is old is not made new by what is typed beside it.
std::optional<Finding> wrong_date(const Facts& f, Node adversarial, const EvalReport& file) {
  constexpr Seconds day = std::chrono::hours{24};
  const Node declared = adversarial["ranAt"];
  if (!file.ran_at || parse_time(declared.text()) == file.ran_at)
    return unless_recent(f, declared, Limit::AdversarialMaxAge, kRun);
  const Seconds age = f.now - *file.ran_at, limit = f.limit_span(Limit::AdversarialMaxAge);
  const auto path = std::string{kPath}.append(".ref");
  if (age < -day)
    return fail("DateInTheFuture",
                "red-team result " + shown(adversarial["ref"].text()) + " is dated " + format_date(*file.ran_at) +
                    ", which is still to come",
                path, "correct the date in the result");
  if (age > limit)
    return fail("AttacksTooOld",
                "the last red-team run is of " + format_date(*file.ran_at) + "; limit for " +
                    std::string{to_string(f.tier)} + " is " + std::to_string(whole_days(limit)) + "d",
                path);
  return {};
}

}  // namespace

Finding adversarial_tested(const Facts& f) {
  if (!untrusted_input(f.spec) && !has_tools(f.spec) && audience(f.spec) == "internal")
    return not_applicable("trusted input, no tools and an internal audience");
  const Node a = f.spec["evaluation"]["adversarial"];
  const EvalReport& file = f.review->evidence.adversarial;
  if (!stated(a["ref"])) return fail("AttacksMissing", "no adversarial or red-team result", kPath + ".ref");
  if (!trusted(file))
    return fail("AttacksDigestMismatch",
                "red-team result " + shown(a["ref"].text()) + " is not the one that was reviewed", kPath + ".digest",
                "look at the result as it is now, and set " + kPath + ".digest to the sha256 of its bytes");
  const auto read = rate_in(file);
  if (auto wrong = wrong_rate(f, a["attackSuccessRate"].text(), read)) return *wrong;
  if (auto wrong = wrong_date(f, a, file)) return *wrong;
  if (f.tier == Tier::Critical && !a["adaptive"].is_true())
    return fail("AttacksNotAdaptive", "the attacks were not adapted to the defences", kPath + ".adaptive",
                "attack with knowledge of the defences, and set " + kPath + ".adaptive: true");
  if (file.link == Link::Missing)
    return warn("AttacksNotFound", "red-team result " + shown(a["ref"].text()) + " is not there", kPath + ".ref");
  if (!read.empty()) return pass(Strength::Measured);
  return pass(file.digest_matches ? Strength::Observed : strength_of(file.link));
}

}  // namespace launchgate
