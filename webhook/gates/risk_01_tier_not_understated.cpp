// PRR-RISK-01 tier-not-understated
// Fields: spec.declaredTier
// Allowed: absent, or at least the tier that the answers, what was observed and the policy's floors lead to. It is
// the higher one that holds in any case; this says so instead of passing over it.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// The first three reasons in words.
std::string because(const Tiering& tiering) {
  std::string out;
  std::size_t named = 0;
  for (const TierReason& reason : tiering.reasons) {
    if (reason.code == "declared" || named == 3) continue;
    out += (named++ ? "; " : " because ") + reason.text;
  }
  return out;
}

}  // namespace

Finding tier_not_understated(const Facts& f) {
  const Node word = f.spec["declaredTier"];
  if (!word) return pass();
  const auto declared = parse_tier(word.text());
  if (!declared)
    return fail("TierUnreadable",
                "the declared tier is " + shown(word.text()) + ", expected low, moderate, high or critical");
  if (*declared >= f.tiering.derived) return pass();
  return fail("TierUnderstated", "declared " + std::string{to_string(*declared)} + ", derived " +
                                     std::string{to_string(f.tiering.derived)} + because(f.tiering));
}

}  // namespace launchgate
