// A review in a few lines, for somebody who is about to say something about it: approve it, waive a gate, renew it.
#pragma once

#include <string>
#include <string_view>

#include "verdict/examine.h"

namespace launchgate {

// Who owns it, which tier and why, its workloads, its counts before and after waivers, and what is unmet.
std::string review_brief(const Examination& examination);

// The unmet gates among those whose id begins with one of the words, "PRR-APPR-01 required-roles-approved: approvals
// missing: risk", a line each; of every workload, each once.
std::string unmet_lines(const Examination& examination, std::initializer_list<std::string_view> ids);

}  // namespace launchgate
