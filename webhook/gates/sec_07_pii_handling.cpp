// PRR-SEC-07 pii-handling
// Fields: spec.security.pii.{input, output, logs, reason}
// Allowed, for confidential and restricted data: what happens to personal data in all three places; where one allows it,
// the reason.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding pii_handling(const Facts& f) {
  if (!sensitive_data(f.spec)) return not_applicable("the data is " + std::string{data_class(f.spec)});
  const Node pii = f.spec["security"]["pii"];
  const std::string path = "spec.security.pii";
  if (!pii.size()) return fail("PiiNotHandled", "no PII handling stated", path);
  std::vector<std::string> missing, allowed;
  for (const char* place : {"input", "output", "logs"}) {
    if (!stated(pii[place])) missing.emplace_back(place);
    if (pii[place].text() == "allow") allowed.emplace_back(place);
  }
  if (!missing.empty())
    return fail("PiiNotHandled", "nothing is said about personal data in " + listed(missing),
                path + "." + missing.front());
  if (!allowed.empty() && !stated(pii["reason"]))
    return fail("PiiAllowedWithoutReason", "personal data is allowed in " + listed(allowed) + " without a reason",
                path + ".reason");
  return pass();
}

}  // namespace launchgate
