// PRR-EVAL-05 eval-set-representative
// Fields: slices of the parsed reports, else spec.evaluation.dataset.slices[].{kind, count}
// Allowed: real-user, edge-case and policy (adversarial too at high and critical), each with the number of cases that the
// policy asks for (0, 20, 50, 100 by tier; at least one).
// Strength: measured when counted in a report, claimed when typed into the review.
#include <algorithm>
#include <charconv>
#include <map>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

using Counts = std::map<std::string, double, std::less<>>;

double count_of(std::string_view text) {
  double n = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), n);
  return read.ec == std::errc{} && n > 0 && n < 1e15 ? n : 0;
}

// A kind may stand in several slices of one set (one for each intent); of several reports the fullest counts.
Counts from_reports(const Review& review) {
  Counts out;
  for (const EvalReport& report : review.evidence.reports) {
    if (!report.parsed || !trusted(report)) continue;
    Counts own;
    for (const EvalSlice& slice : report.slices) own[slice.kind] += count_of(slice.count);
    for (const auto& [kind, count] : own) out[kind] = std::max(out[kind], count);
  }
  return out;
}

}  // namespace

Finding eval_set_representative(const Facts& f) {
  Counts counts = from_reports(*f.review);
  const bool measured = !counts.empty();
  if (!measured)
    for (Node slice : f.spec["evaluation"]["dataset"]["slices"])
      counts[std::string{slice["kind"].text()}] += count_of(slice["count"].text());
  const double least = std::max(1.0, f.limit(Limit::MinSliceCases));
  std::vector<std::string> lacking, small;
  for (const char* kind : {"real-user", "edge-case", "policy", "adversarial"}) {
    if (f.tier < Tier::High && std::string_view{kind} == "adversarial") continue;
    const auto found = counts.find(kind);
    if (found == counts.end() || found->second < 1) lacking.emplace_back(kind);
    else if (found->second < least)
      small.push_back(std::string{kind} + " has " + std::to_string(static_cast<long long>(found->second)));
  }
  const auto expected =
      "expected at least " + f.limit_text(Limit::MinSliceCases) + " cases each for " + std::string{to_string(f.tier)};
  if (lacking.empty() && small.empty()) return pass(measured ? Strength::Measured : Strength::Claimed);
  const auto few = small.empty() ? "" : listed(small) + ", " + expected;
  const std::string path = measured ? "spec.evaluation.reports" : "";
  const std::string fix =
      measured
          ? "add the cases to the evaluation set, run it again and name the new report in spec.evaluation.reports[]"
          : "";
  if (lacking.empty()) return fail("SliceTooSmall", "evaluation set is too small: " + few, path, fix);
  return fail("SliceMissing", "evaluation set lacks slice: " + listed(lacking) + (few.empty() ? "" : "; " + few), path,
              fix);
}

}  // namespace launchgate
