// PRR-RISK-02 risks-registered
// Fields: spec.risks[].category
// Allowed: at least the policy's number of risks (0, 1, 3, 5 by tier); from tier high on also one of category
// injection where input is untrusted, leakage where data is confidential or restricted, wrong-action where it has
// tools.
// Strength: claimed.
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

bool has_category(Node risks, std::string_view category) {
  for (Node risk : risks)
    if (risk["category"].text() == category) return true;
  return false;
}

// The categories that its nature asks for and that no risk has.
std::vector<std::string> missing_categories(const Facts& f) {
  std::vector<std::string> out;
  if (f.tier < Tier::High) return out;
  const auto need = [&](bool applies, std::string_view category, const char* cause) {
    if (applies && !has_category(f.spec["risks"], category)) out.push_back(std::string{category} + " (" + cause + ")");
  };
  need(untrusted_input(f.spec), "injection", "untrusted input");
  need(sensitive_data(f.spec), "leakage", "sensitive data");
  need(has_tools(f.spec), "wrong-action", "tools");
  return out;
}

}  // namespace

Finding risks_registered(const Facts& f) {
  const auto count = f.spec["risks"].size();
  const auto missing = missing_categories(f);
  const bool few = count < f.limit(Limit::MinRisks);
  if (!few && missing.empty()) return pass();
  const auto listed_risks = std::to_string(count) + (count == 1 ? " risk is" : " risks are") + " listed, ";
  const auto least = f.limit_text(Limit::MinRisks);
  const auto fix = "spec.risks[]: at least " + least +
                   " with id, title, category, severity, likelihood and disposition" +
                   (missing.empty() ? "" : ", among them " + listed(missing));
  if (!few) return fail("RiskCategoryMissing", listed_risks + "none of category " + listed(missing), {}, fix);
  return fail("TooFewRisks",
              listed_risks + std::string{to_string(f.tier)} + " needs at least " + least +
                  (missing.empty() ? "" : " incl. " + listed(missing)),
              {}, fix);
}

}  // namespace launchgate
