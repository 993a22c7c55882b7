#include "wire/text.h"

#include "base/printable.h"
#include "gates/table.h"

namespace launchgate {
namespace {

constexpr std::size_t kInFull = 5, kWarningBytes = 256, kAllWarningBytes = 4096;

const Gate& gate_of(const GateResult& r) { return gate_table()[r.gate]; }

std::string name_of(const GateResult& r) { return std::string{gate_of(r).id} + " " + std::string{gate_of(r).slug}; }

std::string head(const Verdict& v, std::size_t failing) {
  std::string out = "launchgate: " + v.workload.reference() + " not admitted: ";
  if (v.step == Step::Suspended) return out + v.note;
  out += std::to_string(failing) + " of " + std::to_string(v.counts.total()) +
         (v.counts.total() == 1 ? " gate fails"
          : failing == 1        ? " gates fails"
                                : " gates fail");
  if (!v.review) return out;
  return out + " (tier " + std::string{to_string(v.tiering.tier)} + "; review " + v.review->name + ")";
}

// One line, cut at a character's boundary: the API server drops a warning with a control character.
std::string shortened(std::string text, std::size_t bytes) {
  make_printable(text);
  if (text.size() <= bytes) return text;
  std::size_t end = bytes - 3;
  while (end > 0 && (text[end] & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string tail(const Verdict& v, const Gate* first) {
  // Without a review there is no record of what was admitted.
  std::string out = v.covering.empty() ? "\n" : "\nA rollback to a revision that was admitted before is still allowed.";
  if (v.step == Step::Suspended)
    out = "\n   Fix: set spec.suspend: false in ReadinessReview " + printable(v.review->name) +
          " when the pause is over" + out;
  if (first)
    out += (out.back() == '\n' ? "More: launchgate explain " : " More: launchgate explain ") + std::string{first->id};
  return out;
}

[[gnu::noinline]] std::string warning_of(const GateResult& r, TimePoint now) {
  const auto date = countdown(r, now);
  return shortened("launchgate: " + name_of(r) + ": " + r.finding.message, kWarningBytes - date.size()) + date;
}

}  // namespace

std::string countdown(const GateResult& r, TimePoint now) {
  if (!r.enforced_from || !r.unmet()) return {};
  const auto days = whole_days(*r.enforced_from - now + Seconds{86399});
  return " (enforced from " + format_date(*r.enforced_from) + ", in " + std::to_string(days) +
         (days == 1 ? " day)" : " days)");
}

std::string failed_gates(const Verdict& v) {
  std::string out;
  for (const GateResult& r : v.gates)
    if (r.unmet()) out += (out.empty() ? "" : ",") + std::string{gate_of(r).id};
  return out;
}

std::string waived_gates(const Verdict& v) {
  std::string out;
  for (const GateResult& r : v.gates)
    if (r.waiver) out += (out.empty() ? "" : ",") + std::string{gate_of(r).id};
  return out;
}

std::string denial_text(const Verdict& v) {
  std::vector<const GateResult*> denying;
  for (const GateResult& r : v.gates)
    if (r.unmet() && r.action == Action::Deny) denying.push_back(&r);
  std::string out = printable(head(v, denying.size()));
  for (std::size_t i = 0; i < denying.size() && i < kInFull; ++i) {
    const GateResult& r = *denying[i];
    out += "\n" + printable(std::to_string(i + 1) + ") " + name_of(r) + ": " + r.finding.message + ".");
    out += "\n   Why: " + std::string{gate_of(r).why} + ".";
    out += "\n   Fix: " + printable(fix_of(r));
  }
  if (denying.size() > kInFull) {
    out += "\nand " + std::to_string(denying.size() - kInFull) + " more:";
    for (std::size_t i = kInFull; i < denying.size(); ++i)
      out += (i == kInFull ? " " : ", ") + std::string{gate_of(*denying[i]).id};
  }
  return out + tail(v, denying.empty() ? nullptr : &gate_of(*denying.front()));
}

std::string as_warning(std::string text) { return shortened(std::move(text), kWarningBytes); }

std::vector<std::string> warning_texts(const Verdict& v) {
  std::vector<std::string> out;
  if (v.step == Step::Suspended && v.decision == Decision::Warn) out.push_back(as_warning("launchgate: " + v.note));
  std::size_t bytes = 0, left_out = 0;
  for (const GateResult& r : v.gates) {
    const bool shown =
        r.action >= Action::Warn && r.finding.outcome != Outcome::Pass && r.finding.outcome != Outcome::NotApplicable;
    // A denial's own gates stand in its message.
    if (!shown || (r.action == Action::Deny && r.unmet())) continue;
    auto text = warning_of(r, v.now);
    if (bytes + text.size() > kAllWarningBytes - 80) {
      ++left_out;
      continue;
    }
    bytes += text.size();
    out.push_back(std::move(text));
  }
  if (left_out) out.push_back("launchgate: and " + std::to_string(left_out) + " more warnings");
  return out;
}

}  // namespace launchgate
