// How well a gate's result is supported. A policy may ask for a minimum (reference: the evidence ladder).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace launchgate {

enum class Strength : std::uint8_t {
  Claimed,   // a value in YAML
  Linked,    // a reference that resolves
  Observed,  // the object's content agrees
  Measured,  // a number from a live system or a parsed report meets a threshold and is fresh
  Attested,  // signed by a key in policy, for the digest that runs
};
std::string_view to_string(Strength strength);
std::optional<Strength> parse_strength(std::string_view text);

}  // namespace launchgate
