// PRR-EVAL-11 fairness-checked
// Fields: spec.evaluation.fairness.{ref, digest, groups[], metric, maxGap}, spec.useCase.regulatedDomain; the groups in
// the file; of the policy, this gate's params.maxGap
// Allowed, in a regulated domain: at least two different groups compared by one metric, and a gap between the best and
// the worst that stays within maxGap, the review's and the policy's.
// Strength: measured when the gap was computed from the file, else as far as the reference could be followed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/params.h"

namespace launchgate {
namespace {

double number(std::string_view text) { return std::strtod(std::string{text}.c_str(), nullptr); }

// The same group twice differs in nothing.
bool two_groups(Node groups) {
  for (Node group : groups)
    if (stated(group) && group.text() != groups.at(0).text()) return stated(groups.at(0));
  return false;
}

// What the comparison should name, and does not.
std::string lacking(Node fairness) {
  if (!stated(fairness["ref"])) return "ref";
  if (!two_groups(fairness["groups"])) return "groups";
  if (!stated(fairness["metric"])) return "metric";
  return fairness["maxGap"].is_number() ? "" : "maxGap";
}

struct Gap {
  double value = 0;
  std::string best, worst;
  std::vector<std::string> unmeasured;  // declared groups that the file does not have
};

Gap measure(Node groups, const std::vector<EvalMetric>& read) {
  Gap gap;
  const EvalMetric *low = nullptr, *high = nullptr;
  for (const EvalMetric& m : read) {
    if (!low || number(m.value) < number(low->value)) low = &m;
    if (!high || number(m.value) > number(high->value)) high = &m;
  }
  gap.value = number(high->value) - number(low->value);
  gap.best = high->name + " " + high->value;
  gap.worst = low->name + " " + low->value;
  for (Node group : groups)
    if (std::none_of(read.begin(), read.end(), [&](const EvalMetric& m) { return m.name == group.text(); }))
      gap.unmeasured.push_back(shown(group.text()));
  return gap;
}

}  // namespace

Finding fairness_checked(const Facts& f) {
  const auto domain = f.spec["useCase"]["regulatedDomain"].text();
  if (domain.empty() || domain == "none") return not_applicable("no regulated domain is declared");
  const Node fairness = f.spec["evaluation"]["fairness"];
  const auto& evidence = f.review->evidence;
  const std::string path = "spec.evaluation.fairness";
  if (!fairness.size()) return fail("FairnessMissing", "no per-group result, and the domain is " + shown(domain), path);
  if (const auto field = lacking(fairness); !field.empty())
    return fail("FairnessIncomplete",
                field == "groups" ? "the comparison names fewer than two groups" : "the comparison has no " + field,
                path + "." + field);
  if (!evidence.fairness.digest_matches.value_or(true))
    return fail("FairnessDigestMismatch", "the comparison is not the one that was reviewed", path + ".digest",
                "look at it as it is now, and set spec.evaluation.fairness.digest to the sha256 of its bytes");
  if (evidence.fairness.link == Link::Missing)
    return warn("FairnessNotFound", shown(fairness["ref"].text()) + " is not there", path + ".ref");
  if (evidence.fairness_groups.size() < 2)
    return pass(evidence.fairness.digest_matches ? Strength::Observed : strength_of(evidence.fairness.link));
  double most = number(fairness["maxGap"].text());
  if (const auto cap = number(f.params, Param::MaxGap)) most = std::min(most, *cap);
  const Gap gap = measure(fairness["groups"], evidence.fairness_groups);
  if (!gap.unmeasured.empty())
    return fail("GroupNotMeasured", "the file has no result for " + listed(gap.unmeasured), path + ".groups");
  if (gap.value > most + 1e-9)
    return fail("GapTooLarge",
                shown(fairness["metric"].text()) + " differs too much between groups: " + shown(gap.best) + ", " +
                    shown(gap.worst),
                path + ".maxGap", "find out why the group is worse, and measure again");
  return pass(Strength::Measured);
}

}  // namespace launchgate
