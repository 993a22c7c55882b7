// A workload's verdict as a Report of OpenReports (group openreports.io, version v1alpha1; https://openreports.io): what
// dashboards for policy reports read. One for each workload that is judged as an LLM workload, with a result for each gate,
// owned by the workload, so that it goes when the workload does.
//
//   pass   the gate is met                              skip   it does not apply, or a waiver excuses it
//   fail   it is not met, and refuses a new rollout     error  it could not be known
//   warn   it is not met, and warns or is recorded; or it is met, with something to look at
#pragma once

#include <string>

#include "verdict/verdict.h"

namespace launchgate {

inline constexpr std::string_view kReportDigest = "launchgate.dev/report-digest";  // annotation

struct OpenReport {
  std::string name;    // in the workload's namespace
  std::string digest;  // sixteen hexadecimal digits: two with the same one say the same
  std::string object;  // JSON for server-side apply
};

// `object` has a uid, and is what `verdict` has judged.
OpenReport open_report(const WorldObject& object, const Verdict& verdict);
std::string open_report_name(const WorldObject& object);

}  // namespace launchgate
