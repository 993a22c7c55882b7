// The first review of a workload, as YAML for a person: what its manifest says is filled in, the rest is a commented line
// with a question. What stands uncommented is valid by the CRD, and so is what results from uncommenting the examples.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/snapshot.h"
#include "model/tier.h"
#include "model/workload.h"

namespace launchgate {

// One field of a review that a person is asked for.
struct Question {
  std::string_view gate;     // PRR-COST-01: it is asked where this gate is on in the baseline
  std::string_view path;     // "cost.budget"; a path without a dot is a section that is a list
  std::string_view example;  // a YAML value on one line, valid by the CRD
  std::string_view asks;     // one line, ending with a question mark
};
std::span<const Question> questions();

struct ScaffoldOptions {
  Tier tier = Tier::Moderate;  // whose questions are asked
  bool agent = false;          // ask what only agents are asked
};

// `world`: what else stands in the files: a profile of the namespace, Services and routes, prompt ConfigMaps.
std::string scaffold(const Snapshot& world, const Workload& workload, const ScaffoldOptions& options);

}  // namespace launchgate
