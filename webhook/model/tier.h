// Risk tiers, by name, never by number: "tier 3" is the least critical in one company and the most in another.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace launchgate {

enum class Tier : std::uint8_t { Low, Moderate, High, Critical };
inline constexpr std::array<Tier, 4> kTiers{Tier::Low, Tier::Moderate, Tier::High, Tier::Critical};

std::string_view to_string(Tier tier);
std::optional<Tier> parse_tier(std::string_view text);

// One value for each tier.
template <class T>
struct PerTier {
  std::array<T, 4> values{};
  T& operator[](Tier t) { return values[static_cast<std::size_t>(t)]; }
  const T& operator[](Tier t) const { return values[static_cast<std::size_t>(t)]; }
};

// Why the tier is what it is. code: base, audience, scale, F0..F6, observed, declared, missing or
// waiver.
struct TierReason {
  std::string code;
  std::string text;
};

struct Tiering {
  Tier tier = Tier::Low;        // effective: nothing lowers it
  Tier derived = Tier::Low;     // without declaredTier
  Tier hard_floor = Tier::Low;  // of F1 to F4 and F6: no waiver goes below
  std::vector<TierReason> reasons;
};

}  // namespace launchgate
