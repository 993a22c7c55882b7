// What a change of policy would refuse that is not refused today, and the other way round: by team and by gate.
#pragma once

#include <string>
#include <vector>

#include "verdict/verdict.h"

namespace launchgate {

// One workload, judged by the policies of today and by those of tomorrow.
struct PreviewResult {
  std::string file;
  std::uint32_t line = 0;
  Verdict today, tomorrow;
  bool newly_refused() const { return today.allowed() && !tomorrow.allowed(); }
  bool no_longer_refused() const { return !today.allowed() && tomorrow.allowed(); }
};

// The owning team of what was judged, as the review or a label of the workload names it; "(no owner)".
std::string team_of(const Verdict& verdict);

std::string preview_json(const std::vector<PreviewResult>& results);
std::string preview_text(const std::vector<PreviewResult>& results);  // gates sorted by how many they hit

}  // namespace launchgate
