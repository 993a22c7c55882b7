// Decimals compared exactly by their text: 0.1 + 0.2 problems have no place in a budget or a threshold.
#pragma once

#include <optional>
#include <string_view>

namespace launchgate {

// -1, 0, 1 for two JSON numbers (any size, any exponent up to +-9999); nothing when one is not a number.
std::optional<int> compare_decimals(std::string_view a, std::string_view b);

// `a op b` where op is one of >= > <= < == ; nothing when it cannot be decided.
std::optional<bool> holds(std::string_view a, std::string_view op, std::string_view b);

}  // namespace launchgate
