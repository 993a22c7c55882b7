// A gate as people name it on the command line: PRR-COST-01, cost-01 or budget-set.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace launchgate {

// Its position in the table. Nothing: there is none of that name, and said so on standard error, after `before`, with
// those whose name is like it.
std::optional<std::size_t> named_gate(const std::string& name, const std::string& before = {});

}  // namespace launchgate
