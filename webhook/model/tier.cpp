#include "model/tier.h"

namespace launchgate {

std::string_view to_string(Tier tier) {
  constexpr std::array<std::string_view, 4> names{"low", "moderate", "high", "critical"};
  return names[static_cast<std::size_t>(tier)];
}

std::optional<Tier> parse_tier(std::string_view text) {
  for (Tier t : kTiers)
    if (to_string(t) == text) return t;
  return {};
}

}  // namespace launchgate
