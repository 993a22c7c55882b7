// PRR-USE-03 data-classified
// Fields: spec.useCase.{dataClassification, dataCategories[]}
// Allowed: a classification. Special-category data under a lower class than restricted warns: it counts as restricted.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

Finding data_classified(const Facts& f) {
  const Node declared = f.spec["useCase"]["dataClassification"];
  if (!stated(declared)) return fail("DataClassificationMissing", "no data classification");
  if (data_class(f.spec) != declared.text())
    return warn("DataClassificationUnderstated",
                "dataClassification is \"" + shown(declared.text()) +
                    "\" but dataCategories lists special-category, which counts as restricted",
                {}, "set spec.useCase.dataClassification: restricted");
  return pass();
}

}  // namespace launchgate
