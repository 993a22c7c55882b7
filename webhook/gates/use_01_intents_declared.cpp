// PRR-USE-01 intents-declared
// Fields: spec.useCase.intents[]
// Allowed: 1 to 20 sentences of 8 to 200 characters, each different from the others.
#include <algorithm>

#include "base/ascii.h"
#include "gates/blank.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

constexpr std::size_t kMost = 20, kShortest = 8, kLongest = 200;

}  // namespace

Finding intents_declared(const Facts& f) {
  const Node intents = f.spec["useCase"]["intents"];
  if (intents.size() == 0) return fail("IntentsMissing", "no supported intents");
  if (intents.size() > kMost)
    return fail("TooManyIntents",
                std::to_string(intents.size()) + " intents are listed, expected at most " + std::to_string(kMost));
  Offenders bad;
  std::vector<std::string_view> seen;
  for (Node intent : intents) {
    const auto text = trimmed(intent.text());
    const auto at = "intents[" + std::to_string(seen.size()) + "]", path = "spec.useCase." + at;
    const auto twin = std::find(seen.begin(), seen.end(), text);
    const auto length = written_characters(text);
    if (length < kShortest || length > kLongest)
      bad.add("IntentLength",
              at + " \"" + shown(text) + "\" has " + std::to_string(length) + " characters, expected 8 to 200", path);
    else if (twin != seen.end())
      bad.add("IntentRepeated",
              at + " \"" + shown(text) + "\" repeats intents[" + std::to_string(twin - seen.begin()) + "]", path);
    seen.push_back(text);
  }
  if (bad) return bad.finding();
  return pass();
}

}  // namespace launchgate
