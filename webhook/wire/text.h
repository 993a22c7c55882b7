// The one renderer of a Verdict to words: what kubectl shows, what the command line prints, what tests compare.
#pragma once

#include <string>
#include <vector>

#include "verdict/verdict.h"

namespace launchgate {

// The message of a denial (reference: readiness §4.1): the facts first, why, the fix with its YAML path; at most five
// gates in full, then a count; that a rollback is still allowed; the command that explains more.
std::string denial_text(const Verdict& verdict);

// Warnings for kubectl, each at most 256 and together at most 4096 characters, as the API server allows
// (https://kubernetes.io/blog/2020/09/03/warnings/).
std::vector<std::string> warning_texts(const Verdict& verdict);

// A text as one of them: one line of at most 256 bytes.
std::string as_warning(std::string text);

// " (enforced from 2026-12-01, in 7 days)", or empty.
std::string countdown(const GateResult& result, TimePoint now);

// Ids of the gates that are unmet, and of those that a waiver excuses, comma separated.
std::string failed_gates(const Verdict& verdict);
std::string waived_gates(const Verdict& verdict);

}  // namespace launchgate
