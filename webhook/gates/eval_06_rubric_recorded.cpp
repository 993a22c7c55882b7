// PRR-EVAL-06 rubric-recorded
// Fields: spec.evaluation.rubric.{ref, digest, judge, judgeModel, humanAgreement}
// Allowed: where the rubric is, the digest of it, and who scores. A model that scores is pinned to a version and agrees
// with people as often as the policy asks (0.7 at high and critical). A ConfigMap that is not there warns.
// Strength: observed when the bytes have the digest, linked when only the object was found, else claimed.
#include "base/decimal.h"
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/model_name.h"

namespace launchgate {
namespace {

// A name says its version, also behind the name of who serves it: acme/judge-2025-04-14.
bool is_pinned(std::string_view model) {
  const auto read = read_model_name({}, model);
  return read == ModelName::Versioned ||
         (read == ModelName::Weights &&
          read_model_name({}, model.substr(model.rfind('/') + 1)) == ModelName::Versioned);
}

std::optional<Finding> judging_model(const Facts& f, Node rubric) {
  const std::string at = "spec.evaluation.rubric.";
  const Node model = rubric["judgeModel"], agreement = rubric["humanAgreement"];
  if (!stated(model)) return fail("JudgeNotPinned", "a model scores, and it is not named", at + "judgeModel");
  if (!is_pinned(model.text()))
    return fail("JudgeNotPinned", "judgeModel " + shown(model.text()) + " is an alias: the score moves with it",
                at + "judgeModel", "name a version in spec.evaluation.rubric.judgeModel");
  if (f.limit(Limit::HumanAgreement) <= 0) return {};
  const auto least = f.limit_text(Limit::HumanAgreement);
  if (!agreement)
    return fail("JudgeUnchecked", "a model scores, and nobody says how often people agree with it",
                at + "humanAgreement");
  if (!holds(agreement.text(), ">=", least).value_or(false))
    return fail("JudgeDisagrees",
                "people agree with the judging model in " + shown(agreement.text()) + " of the cases; the limit for " +
                    std::string{to_string(f.tier)} + " is " + least,
                at + "humanAgreement", "improve the rubric or the judging model, and measure the agreement again");
  return {};
}

}  // namespace

Finding rubric_recorded(const Facts& f) {
  const Node rubric = f.spec["evaluation"]["rubric"];
  const Attached& file = f.review->evidence.rubric;
  if (!stated(rubric["ref"])) return fail("RubricMissing", "no rubric");
  for (const std::string field : {"digest", "judge"})
    if (!stated(rubric[field]))
      return fail("RubricIncomplete", "the rubric has no " + field, "spec.evaluation.rubric." + field);
  if (!file.digest_matches.value_or(true))
    return fail("RubricChanged", "rubric " + shown(rubric["ref"].text()) + " is not the one that was reviewed",
                "spec.evaluation.rubric.digest",
                "look at the rubric as it is now, and set spec.evaluation.rubric.digest to the sha256 of its bytes");
  if (rubric["judge"].text() == "model")
    if (auto wrong = judging_model(f, rubric)) return *wrong;
  if (file.link == Link::Missing)
    return warn("RubricNotFound", "rubric " + shown(rubric["ref"].text()) + " is not there",
                "spec.evaluation.rubric.ref");
  return pass(file.digest_matches ? Strength::Observed : strength_of(file.link));
}

}  // namespace launchgate
