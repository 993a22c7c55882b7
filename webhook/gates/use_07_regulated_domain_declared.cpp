// PRR-USE-07 regulated-domain-declared
// Fields: spec.useCase.{regulatedDomain, intents[]}
// Allowed: an answer. "none" beside an intent that speaks of a regulated domain warns: a person should look.
#include <algorithm>
#include <cctype>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

struct Hint {
  std::string_view words, domain;  // whole words, as as_words() writes them
};
// Few and plain: a hint that fires on every second review is not read.
constexpr Hint hints[] = {
    {" job applicant ", "employment"},
    {" job applicants ", "employment"},
    {" job candidate ", "employment"},
    {" job candidates ", "employment"},
    {" cv ", "employment"},
    {" cvs ", "employment"},
    {" hiring ", "employment"},
    {" credit score ", "essential-services"},
    {" credit scoring ", "essential-services"},
    {" creditworthiness ", "essential-services"},
    {" loan application ", "essential-services"},
    {" loan applications ", "essential-services"},
    {" medical diagnosis ", "health"},
    {" patients ", "health"},
    {" exam results ", "education"},
    {" student grades ", "education"},
    {" asylum ", "migration"},
    {" visa applications ", "migration"},
    {" face recognition ", "biometrics"},
    {" facial recognition ", "biometrics"},
    {" criminal record ", "law-enforcement"},
    {" criminal records ", "law-enforcement"},
    {" court ruling ", "justice"},
    {" court rulings ", "justice"},
};

// Lower case, words with one space around each: " screen job applicants ".
std::string as_words(std::string_view text) {
  std::string out = " ";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte)) out += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    else if (out.back() != ' ') out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

const Hint* hint_in(std::string_view intent) {
  const auto words = as_words(intent);
  const auto found = std::find_if(std::begin(hints), std::end(hints),
                                  [&](const Hint& h) { return words.find(h.words) != std::string::npos; });
  return found == std::end(hints) ? nullptr : found;
}

}  // namespace

Finding regulated_domain_declared(const Facts& f) {
  const Node use = f.spec["useCase"];
  if (!stated(use["regulatedDomain"])) return fail("RegulatedDomainMissing", "regulatory domain not answered");
  if (use["regulatedDomain"].text() != "none") return pass();
  for (Node intent : use["intents"])
    if (const Hint* hint = hint_in(intent.text())) {
      const std::string words{hint->words.substr(1, hint->words.size() - 2)}, domain{hint->domain};
      return warn("RegulatedDomainDoubtful",
                  "regulatedDomain is \"none\" but an intent speaks of \"" + words + "\" (" + domain + "?)", {},
                  "set spec.useCase.regulatedDomain: " + domain + ", or reword the intent");
    }
  return pass();
}

}  // namespace launchgate
