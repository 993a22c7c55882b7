// PRR-SEC-01 untrusted-content-handled
// Fields: spec.security.untrustedContent.{sources[], separation, screening}; spec.useCase.untrustedInput
// Allowed, where the input is untrusted: where it comes from, how it is kept apart, and what screens it.
// Strength: claimed; whether it holds is what attacks find out (PRR-EVAL-09).
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding untrusted_content_handled(const Facts& f) {
  if (!untrusted_input(f.spec)) return not_applicable("the input is trusted");
  const Node content = f.spec["security"]["untrustedContent"];
  const std::string path = "spec.security.untrustedContent";
  if (!content.size()) return fail("DefenceMissing", "no stated defence for untrusted content", path);
  std::vector<std::string> missing;
  if (content["sources"].size() == 0) missing.emplace_back("sources");
  for (const char* field : {"separation", "screening"})
    if (!stated(content[field])) missing.emplace_back(field);
  if (missing.empty()) return pass();
  return fail("DefenceIncomplete", "the defence against untrusted content has no " + listed(missing),
              path + "." + missing.front());
}

}  // namespace launchgate
