// The numbers that gates compare with, one for each tier. A policy sets them under spec.limits; where several
// policies apply, the stricter wins. Ages and terms are in seconds.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/tier.h"

namespace launchgate {

enum class Limit : std::uint8_t {
  EvaluationMaxAge,
  AdversarialMaxAge,
  Validity,
  WaiverTerm,
  RiskAcceptance,
  DrillMaxAge,
  RehearsalMaxAge,
  FallbackTestMaxAge,
  WaiverRenewals,
  MinSliceCases,
  MinRisks,
  MinRollbackTriggers,
  KillSwitchSeconds,
  FirstExposurePercent,
  MaxRetries,
  RetentionDays,
  HumanAgreement
};
inline constexpr std::size_t kLimitCount = 17;

struct LimitRow {
  Limit limit;
  std::string_view name;  // under ReadinessPolicy spec.limits
  bool duration;          // written as 30s 15m 2h 7d
  bool larger_is_stricter;
  std::array<double, 4> value;  // built in, low to critical
};
std::span<const LimitRow> limit_table();

// Every limit for every tier.
class Limits {
 public:
  Limits();  // the built-in values
  double get(Limit limit, Tier tier) const { return values_[static_cast<std::size_t>(limit)][tier]; }
  void set(Limit limit, Tier tier, double value) { values_[static_cast<std::size_t>(limit)][tier] = value; }
  void tighten(const Limits& other);  // the stricter of both, limit by limit

 private:
  std::array<PerTier<double>, kLimitCount> values_;
};

}  // namespace launchgate
