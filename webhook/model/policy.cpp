#include "model/policy.h"

namespace launchgate {
namespace {

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == text) return static_cast<Enum>(i);
  return {};
}

constexpr std::array<std::string_view, 3> modes{"audit", "warn", "enforce"};
constexpr std::array<std::string_view, 3> gate_modes{"off", "warn", "block"};
constexpr std::array<std::string_view, 4> postures{"ignore", "audit", "warn", "enforce"};
constexpr std::array<std::string_view, 5> strengths{"claimed", "linked", "observed", "measured", "attested"};
constexpr std::array<std::string_view, 6> detections{"none",     "suspected", "detected",
                                                     "llm-kind", "covered",   "labelled"};

}  // namespace

std::string_view to_string(Mode mode) { return modes[static_cast<std::size_t>(mode)]; }
std::string_view to_string(GateMode mode) { return gate_modes[static_cast<std::size_t>(mode)]; }
std::string_view to_string(Posture posture) { return postures[static_cast<std::size_t>(posture)]; }
std::string_view to_string(Strength strength) { return strengths[static_cast<std::size_t>(strength)]; }
std::string_view to_string(Detected detected) { return detections[static_cast<std::size_t>(detected)]; }
std::optional<Mode> parse_mode(std::string_view text) { return find<Mode>(modes, text); }
std::optional<GateMode> parse_gate_mode(std::string_view text) { return find<GateMode>(gate_modes, text); }
std::optional<Posture> parse_posture(std::string_view text) { return find<Posture>(postures, text); }
std::optional<Strength> parse_strength(std::string_view text) { return find<Strength>(strengths, text); }

}  // namespace launchgate
