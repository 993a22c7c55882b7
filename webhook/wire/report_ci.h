// What `check` prints for build servers and code hosts. Each has the findings that deny or warn; what passed is only in
// JUnit, which counts. Places come from CheckResult::places; a finding without one stands where its workload does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "wire/report.h"

namespace launchgate {

// SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), one run, a rule for each gate that found something.
std::string check_sarif(const std::vector<CheckResult>& results, std::string_view version);

// JUnit XML as Jenkins and GitLab read it: a suite for each workload, a case for each gate.
std::string check_junit(const std::vector<CheckResult>& results);

// Workflow commands of GitHub Actions (::error file=…,line=…), and one line of sums.
std::string check_github(const std::vector<CheckResult>& results);

}  // namespace launchgate
