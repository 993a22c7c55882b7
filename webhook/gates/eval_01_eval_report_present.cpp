// PRR-EVAL-01 eval-report-present
// Fields: spec.evaluation.reports[].{ref, digest}
// Allowed: at least one report; each names its file and the digest of it, and what can be read here has that digest. A
// ConfigMap that is not there warns.
// Strength: observed when the bytes of a report have its digest, linked when only the object was found, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {

Finding eval_report_present(const Facts& f) {
  const Node reports = f.spec["evaluation"]["reports"];
  if (reports.size() == 0) return fail("ReportMissing", "no evaluation report");
  Offenders other, bad, absent;
  auto best = Strength::Claimed;
  std::size_t position = 0;
  for (Node declared : reports) {
    const auto& read = f.review->evidence.reports;
    const EvalReport* report = position < read.size() ? &read[position] : nullptr;
    const auto name = "reports[" + std::to_string(position++) + "]", path = "spec.evaluation." + name;
    const auto ref = shown(declared["ref"].text()), digest = short_digests(declared["digest"].text());
    if (ref.empty()) bad.add("ReportWithoutRef", name + " does not say where the report is", path + ".ref");
    else if (digest.empty())
      bad.add("ReportWithoutDigest", "report " + ref + " has no digest, so it can change unseen", path + ".digest");
    else if (report && !trusted(*report))
      other.add("ReportDigestMismatch",
                "report " + ref + " is not the one that was reviewed: its digest is not " + digest, path + ".digest",
                "look at the report as it is now, and set " + path + ".digest to the sha256 of its bytes");
    else if (report && report->link == Link::Missing)
      absent.add("ReportNotFound", "report " + ref + " is not there", path + ".ref",
                 "apply the ConfigMap with the report, or correct " + path + ".ref");
    else if (report) best = std::max(best, report->digest_matches ? Strength::Observed : strength_of(report->link));
  }
  if (other) return other.finding();
  if (bad) return bad.finding();
  if (absent) return absent.warning(best);
  return pass(best);
}

}  // namespace launchgate
