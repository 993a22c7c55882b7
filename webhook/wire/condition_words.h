// Words that the conditions of reviews and policies share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gates/table.h"
#include "wire/conditions.h"

namespace launchgate::conditions {

inline constexpr std::size_t kNamed = 5;  // in a message; the rest is counted
inline constexpr std::string_view kTrue = "True", kFalse = "False", kUnknown = "Unknown";

inline std::string count(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string{n == 1 ? one : many};
}

inline std::string gate_name(const MergedGate& g) {
  const Gate& gate = gate_table()[g.result->gate];
  return std::string{gate.id} + " " + std::string{gate.slug};
}

inline std::string names(const std::vector<std::string>& all) {
  std::string out;
  for (std::size_t i = 0; i < all.size() && i < kNamed; ++i) out += (i ? ", " : "") + all[i];
  if (all.size() > kNamed) out += " and " + std::to_string(all.size() - kNamed) + " more";
  return out;
}

// How bad a result is, so that of several the worst one is shown.
inline int badness(const GateResult& r) {
  switch (r.finding.outcome) {
    case Outcome::Fail: return 10 + static_cast<int>(r.action);
    case Outcome::Unknown: return r.finding.reason == "NoWorkload" ? 0 : 5 + static_cast<int>(r.action);
    case Outcome::Warn: return 4;
    case Outcome::Waived: return 3;
    case Outcome::Pass: return 2;
    case Outcome::NotApplicable: return 1;
  }
  return 0;
}

}  // namespace launchgate::conditions
