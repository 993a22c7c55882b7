// PRR-ROLL-05 disabled-experience
// Fields: spec.rollout.disabledExperience
// Allowed: what users see while the model route is off, in at least 10 characters, or a reference to it.
// Strength: linked when it is a reference to an object that exists, else claimed.
#include <algorithm>

#include "base/ascii.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

// As people count them: UTF-8 continuation bytes don't count.
long characters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

}  // namespace

Finding disabled_experience(const Facts& f) {
  const auto text = trimmed(f.spec["rollout"]["disabledExperience"].text());
  if (text.empty()) return fail("DisabledExperienceMissing", "no known experience when the model route is off");
  if (characters(text) < 10)
    return fail("DisabledExperienceTooShort", "the experience when the model route is off is \"" + shown(text) +
                                                  "\", expected at least 10 characters");
  if (text.find_first_of(" \t\r\n") != std::string_view::npos) return pass();  // a sentence, not a reference
  const Ref ref = follow(f.world, f.review->ns, text);
  if (ref.link == Link::Missing)
    return warn("DisabledExperienceNotFound",
                "the experience when the model route is off is " + shown(text) + ", which is not there");
  return pass(strength_of(ref.link));
}

}  // namespace launchgate
