#include "cli/named_gate.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "cli/complain.h"
#include "gates/facts.h"
#include "gates/table.h"

namespace launchgate {
namespace {

// Those whose id or name holds the word: "PRR-COST-01 budget-set, …"; at most five.
std::string gates_like(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::vector<std::string> found;
  for (const Gate& g : gate_table()) {
    std::string named = std::string{g.id} + " " + std::string{g.slug}, upper = named;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (!word.empty() && upper.find(word) != std::string::npos) found.push_back(std::move(named));
  }
  return listed(found);
}

}  // namespace

std::optional<std::size_t> named_gate(const std::string& name, const std::string& before) {
  const auto position = find_gate(name);
  if (position) return position;
  const auto like = gates_like(name);
  (void)complain(before + "there is no gate \"" + name + "\"; " +
                 (like.empty() ? "launchgate gates lists them" : "do you mean " + like + "?"));
  return {};
}

}  // namespace launchgate
