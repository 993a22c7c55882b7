// PRR-USE-08 ai-disclosure
// Fields: spec.useCase.{audience, disclosure.where}
// Allowed: where the audience is public or partner, the place at which users read that they talk to an AI; text or url
// are welcome and not needed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding ai_disclosure(const Facts& f) {
  if (audience(f.spec) == "internal") return not_applicable("the audience is internal");
  const Node disclosure = f.spec["useCase"]["disclosure"];
  if (disclosure.size() == 0) return fail("DisclosureMissing", "no disclosure of AI use to users");
  if (!stated(disclosure["where"]))
    return fail("DisclosurePlaceMissing", "the disclosure does not say where users see it",
                "spec.useCase.disclosure.where");
  return pass();
}

}  // namespace launchgate
