// Counts as every JSON that launchgate prints has them.
#pragma once

#include <nlohmann/json.hpp>

#include "verdict/verdict.h"

namespace launchgate {

inline nlohmann::ordered_json counts_json(const Counts& c) {
  nlohmann::ordered_json out = nlohmann::ordered_json::object();
  out["pass"] = c.pass;
  out["fail"] = c.fail;
  out["warn"] = c.warn;
  out["waived"] = c.waived;
  out["notApplicable"] = c.not_applicable;
  out["unknown"] = c.unknown;
  return out;
}

}  // namespace launchgate
