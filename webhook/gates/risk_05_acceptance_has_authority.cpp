// PRR-RISK-05 acceptance-has-authority
// Fields: spec.risks[].{acceptedBy, rationale, until, severity} of accepted risks
// Allowed: who accepted it, in words of at least 20 characters why, and until when: in the future, not further than
// the policy's limit (365, 180, 90, 60 days by tier). Where the policy names who may accept a severity, one of those.
// From tier high on not the author of the review (annotation launchgate.dev/author). A critical risk cannot be accepted
// at tier critical.
// Strength: claimed; acceptedBy is typed, not proven.
#include <algorithm>
#include <array>

#include "gates/blank.h"
#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {
namespace {

constexpr std::size_t kRationale = 20;

// Who may accept this severity; null when it is no known word.
const std::vector<std::string>* authorities(const Facts& f, std::string_view severity) {
  constexpr std::array<std::string_view, 4> severities{"low", "medium", "high", "critical"};
  const auto found = std::find(severities.begin(), severities.end(), severity);
  return found == severities.end() ? nullptr : &f.authority.risk_authorities[found - severities.begin()];
}

// A missing severity must not be the way around the authorities.
bool severity_matters(const Facts& f) {
  const auto& all = f.authority.risk_authorities;
  return f.tier == Tier::Critical ||
         std::any_of(std::begin(all), std::end(all), [](const auto& a) { return !a.empty(); });
}

class Acceptance {
 public:
  Acceptance(const Facts& f, Node risk, Offenders& bad) : f_(f), risk_(risk), bad_(bad) {}
  void judge() {
    if (!stated(risk_["acceptedBy"])) return say("AcceptanceIncomplete", "accepted without acceptedBy", "acceptedBy");
    if (written_characters(risk_["rationale"].text()) < kRationale)
      return say("AcceptanceIncomplete", "accepted without a rationale of at least 20 characters", "rationale");
    if (!stated(risk_["until"])) return say("AcceptanceIncomplete", "accepted without until", "until");
    term(risk_["until"].text());
    authority(risk_["severity"].text(), risk_["acceptedBy"].text());
  }

 private:
  void say(std::string_view reason, const std::string& what, const char* field, std::string fix = {}) {
    bad_.add(reason, called("risk", risk_["id"]) + " " + what, "spec." + path_to(f_.spec, risk_) + "." + field,
             std::move(fix));
  }
  // A date alone lasts to the end of its day, and is measured against the limit from its beginning.
  void term(std::string_view until) {
    const auto end = parse_end(until), begin = parse_time(until);
    const auto limit = f_.limit_span(Limit::RiskAcceptance);
    if (!end || !begin)
      return say("AcceptanceDateUnreadable", "accepted until " + shown(until) + ", which is no date", "until");
    if (*end <= f_.now) return say("AcceptanceExpired", "accepted until " + shown(until) + ", which is over", "until");
    if (*begin > f_.now + limit)
      say("AcceptanceTooLong",
          "accepted until " + shown(until) + "; the limit for " + std::string{to_string(f_.tier)} + " is " +
              std::to_string(whole_days(limit)) + "d",
          "until");
  }
  // Nobody accepts what they wrote themselves.
  bool is_author(std::string_view who) const {
    const auto author = f_.review->object->root()["metadata"]["annotations"]["launchgate.dev/author"].text();
    return f_.tier >= Tier::High && !author.empty() && author == who;
  }
  void authority(std::string_view severity, std::string_view who) {
    if (is_author(who))
      return say("AcceptedByAuthor", "accepted by " + shown(who) + ", who wrote the review", "acceptedBy",
                 "have somebody else accept the risk, and name them in spec.risks[].acceptedBy");
    const auto* may = authorities(f_, severity);
    if (!may) {
      if (severity_matters(f_)) say("AcceptanceIncomplete", "accepted without severity", "severity");
    } else if (f_.tier == Tier::Critical && severity == "critical") {
      say("CriticalRiskAccepted", "of severity critical is accepted at tier critical", "disposition",
          "mitigate the risk until its severity is lower, or set spec.risks[].disposition: blocked");
    } else if (!may->empty() && std::find(may->begin(), may->end(), who) == may->end()) {
      say("AcceptorWithoutAuthority",
          "accepted by " + shown(who) + ", who may not accept severity " + std::string{severity}, "acceptedBy",
          "spec.risks[].acceptedBy: one of " + listed(*may));
    }
  }

  const Facts& f_;
  Node risk_;
  Offenders& bad_;
};

}  // namespace

Finding acceptance_has_authority(const Facts& f) {
  Offenders bad;
  bool any = false;
  for (Node risk : f.spec["risks"]) {
    if (risk["disposition"].text() != "accepted") continue;
    any = true;
    Acceptance{f, risk, bad}.judge();
  }
  if (bad) return bad.finding();
  return any ? pass() : not_applicable("no risk is accepted");
}

}  // namespace launchgate
