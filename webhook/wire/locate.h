// Where in the files a finding stands: the line of the field that a gate is about, or of the nearest thing above it that
// is there, in the review, in the profile or policy that the value came from, or in the workload.
#pragma once

#include <functional>
#include <string>

#include "verdict/verdict.h"

namespace launchgate {

struct Place {
  std::string file;        // as the user named it; "-" is standard input; empty = unknown
  std::uint32_t line = 0;  // 1-based; 0 = unknown
};

// The file that an object was read from; empty where it was not read from one.
using FileOf = std::function<std::string(const Doc* object)>;

// `workload` is where the judged manifest stands. The answer is never further from the field than that.
Place locate(const GateResult& result, const Verdict& verdict, const Place& workload, const FileOf& file_of);

}  // namespace launchgate
