// The parameters of a policy's gates, checked against the table of gates/params.h.
#pragma once

#include <vector>

#include "base/result.h"
#include "gates/params.h"

namespace launchgate {

struct ParamFaults {
  struct Wrong : Error {
    const ParamRow* row = nullptr;
  };
  std::vector<Error> unknown;  // names that the gate does not take: tolerated, as fields are, but said
  std::vector<Wrong> wrong;    // values that cannot be read
};

// Of a ReadinessPolicy: field spec.gates.<id>.params.<name>, and its line. Gates that are not known are left out.
ParamFaults param_faults(Node policy);

}  // namespace launchgate
