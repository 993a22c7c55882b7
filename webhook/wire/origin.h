// Who set a gate's mode: which policy, which pack, which line. What `launchgate policy explain` prints.
#pragma once

#include <string>
#include <vector>

#include "verdict/verdict.h"

namespace launchgate {

struct Origin {
  std::string policy;      // its name
  std::string pack;        // the pack of it that says so; empty: its own `gates`
  std::string file;        // "policies/strict.yaml" for a pack; the policy's own file, empty in a cluster
  std::uint32_t line = 0;  // 0 = unknown
  GateMode mode = GateMode::Off;
  std::string text() const;  // "ReadinessPolicy bank, pack strict (policies/strict.yaml:61)"
};

// Where the mode that `policy` gives a gate at a tier comes from. Of several packs that say the same, the first listed.
Origin origin_of(const Policy& policy, std::size_t gate, Tier tier);

// One gate as the policies that match have it, for the tier of the verdict.
struct GateOrigin {
  std::size_t gate = 0;
  PolicySet::Effect effect;
  Origin origin;          // of the policy that decides; empty where the gate is off
  std::string held_back;  // why it does less than its mode says: a date, the policy's mode, what detection says
};
std::vector<GateOrigin> gate_origins(const Verdict& verdict, const PolicySet& policies);

std::string origins_json(const Verdict& verdict, const PolicySet& policies);
std::string origins_text(const Verdict& verdict, const PolicySet& policies);

}  // namespace launchgate
