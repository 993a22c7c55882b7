#include "gates/waivers.h"

#include <algorithm>

#include "base/ascii.h"
#include "gates/approvals.h"
#include "gates/params.h"

namespace launchgate {
namespace {

constexpr Seconds kDay = std::chrono::hours{24};

// However a name is written, it is one person: "two people" must not be boss and Boss.
bool same_person(std::string_view a, std::string_view b) { return same_letters(trimmed(a), trimmed(b)); }

class Reading {
 public:
  Reading(const Facts& f, const Waiver& w, Node params) : f_(f), w_(w), params_(params) {}

  std::optional<Finding> fault() const {
    if (!w_.until)
      return say("WaiverDateUnreadable", "does not say until when", "until", "set spec.until of " + whole_name());
    if (*w_.until <= f_.now)
      return say("WaiverExpired", "ended on " + w_.last_day(), "until",
                 "meet the gate and delete " + whole_name() + ", or renew it (at most " + term() + " a time)");
    if (auto wrong = too_long()) return wrong;
    if (w_.kind == Waiver::Kind::BreakGlass) return {};
    return approver();
  }

 private:
  std::optional<Finding> enough(std::size_t people) const {
    const Node said = param(params_, Param::Approvers);
    const auto needed = number(params_, Param::Approvers);
    if (said.doc() && !needed)
      return say("WaiverNeedsUnknownPeople",
                 "needs as many people as the policy's params.approvers says, which cannot be read", "approvers",
                 "have the policy's author mend spec.gates.PRR-EXP-04.params.approvers");
    if (static_cast<double>(people) >= needed.value_or(1)) return {};
    return say("WaiverNeedsMorePeople",
               "is granted by " + std::to_string(people) + " of " + shown(said.text()) + " people", "approvers",
               "have another person agree, and add the name to spec.approvers");
  }

  std::optional<Finding> say(std::string_view reason, const std::string& what, const char* field,
                             std::string fix) const {
    return fail(reason, whole_name() + " " + what, std::string{"ReadinessWaiver.spec."} + field, std::move(fix));
  }
  std::string whole_name() const { return "ReadinessWaiver " + w_.name; }
  std::string term() const { return std::to_string(whole_days(f_.limit_span(Limit::WaiverTerm))) + "d"; }

  // A date includes its day, so a day is forgiven; an extended waiver has a term more for each renewal.
  std::optional<Finding> too_long() const {
    const bool emergency = w_.kind == Waiver::Kind::BreakGlass;
    const Seconds most = emergency ? kDay : f_.limit_span(Limit::WaiverTerm), grace = emergency ? Seconds{0} : kDay;
    const auto renewals = static_cast<int>(f_.limit(Limit::WaiverRenewals));
    if (!emergency && w_.renewals > renewals)
      return say("WaiverRenewedTooOften",
                 "was renewed " + std::to_string(w_.renewals) + " times; the limit for " +
                     std::string{to_string(f_.tier)} + " is " + std::to_string(renewals),
                 "renewals", "meet the gate");
    const int terms = emergency ? 1 : 1 + std::max(0, w_.renewals);
    const bool from_now = *w_.until - f_.now > most + grace;
    const bool from_start = w_.created && *w_.until - *w_.created > most * terms + grace;
    if (!from_now && !from_start) return {};
    return say(
        "WaiverTooLong",
        "lasts until " + w_.last_day() + "; the limit is " +
            (emergency ? std::string{"24 hours for break-glass"} : term() + " for " + std::string{to_string(f_.tier)}),
        "until", "shorten spec.until of " + whole_name());
  }

  std::optional<Finding> approver() const {
    const Node spec = w_.object->root()["spec"];
    if (!stated(spec["approver"]))
      return say("WaiverWithoutApprover", "names no approver", "approver",
                 "have somebody of authorities.waiver grant it");
    std::vector<std::string> people{w_.approver};
    for (Node more : spec["approvers"]) {
      const auto known = [&](const std::string& person) { return same_person(person, more.text()); };
      if (stated(more) && std::none_of(people.begin(), people.end(), known)) people.emplace_back(more.text());
    }
    for (const std::string& person : people) {
      const bool first = person == w_.approver;
      const auto groups = first ? std::span<const std::string>{w_.approver_groups} : std::span<const std::string>{};
      const auto fix = "have somebody else grant it";
      if (const auto why = why_not_independent(f_, person, groups); !why.empty())
        return say("WaiverNotIndependent", "is granted by " + shown(person) + ", " + why,
                   first ? "approver" : "approvers", fix);
      for (const Policy* p : f_.policies)
        if (!authorised(p->waiver_authorities, person, groups))
          return say("WaiverWithoutAuthority", "is granted by " + shown(person) + ", who may not grant waivers",
                     first ? "approver" : "approvers", "have it granted by one of " + listed(p->waiver_authorities));
    }
    return enough(people.size());
  }

  const Facts& f_;
  const Waiver& w_;
  Node params_;
};

}  // namespace

bool concerns(const Waiver& w, const Review& review) {
  if (w.ns != review.ns) return false;
  if (!w.review.empty()) return w.review == review.name;
  return w.selector.present() && w.selector.matches(review.object->root()["metadata"]["labels"]);
}

std::optional<Finding> fault_of(const Facts& f, const Waiver& w, Node params) { return Reading{f, w, params}.fault(); }

}  // namespace launchgate
