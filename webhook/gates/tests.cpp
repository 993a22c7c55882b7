#include "gates/tests.h"

#include <algorithm>

#include "gates/facts.h"

namespace launchgate {
namespace {

bool lists(const std::vector<std::string>& tests, std::string_view name) {
  return std::find(tests.begin(), tests.end(), name) != tests.end();
}

bool counts(const EvalReport& r) { return r.parsed && trusted(r); }

// Some report that is known to be newer lists it as passed.
bool mended(const Review& review, const EvalReport& failed, std::string_view name) {
  const auto& reports = review.evidence.reports;
  return failed.ran_at && std::any_of(reports.begin(), reports.end(), [&](const EvalReport& r) {
           return counts(r) && r.ran_at > failed.ran_at && lists(r.passed_tests, name) && !lists(r.failed_tests, name);
         });
}

}  // namespace

TestResult test_result(const Review& review, std::string_view name) {
  auto result = TestResult::NotRun;
  for (const EvalReport& r : review.evidence.reports) {
    if (!counts(r)) continue;
    if (lists(r.failed_tests, name) && !mended(review, r, name)) return TestResult::Failed;
    if (lists(r.passed_tests, name)) result = TestResult::Passed;
  }
  return result;
}

bool any_tests(const Review& review) {
  const auto& reports = review.evidence.reports;
  return std::any_of(reports.begin(), reports.end(), [](const EvalReport& r) {
    return counts(r) && !(r.passed_tests.empty() && r.failed_tests.empty());
  });
}

}  // namespace launchgate
