#include "wire/brief.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/text.h"

namespace launchgate {
namespace {

void line(std::string& out, std::string_view what, const std::string& value) {
  if (value.empty()) return;
  out.append("  ").append(what).append(std::string(12 - std::min<std::size_t>(11, what.size()), ' '));
  add_line(out, value);
}

std::string words_of(const Counts& c) {
  std::string out;
  const auto add = [&](std::size_t n, const char* word) {
    if (n) out += (out.empty() ? "" : ", ") + std::to_string(n) + " " + word;
  };
  add(c.pass, "pass"), add(c.fail, "fail"), add(c.warn, "warn"), add(c.unknown, "unknown"), add(c.waived, "waived");
  return out;
}

std::string counts_of(const Verdict& v) {
  std::string out = words_of(v.counts);
  if (v.counts.waived) out += " (without waivers: " + words_of(v.counts_before_waivers) + ")";
  return out;
}

const char* would(Decision decision) {
  return decision == Decision::Deny   ? "a new rollout would be refused"
         : decision == Decision::Warn ? "a new rollout would be let in with warnings"
                                      : "a new rollout would be let in";
}

}  // namespace

std::string review_brief(const Examination& e) {
  const Review& r = *e.review;
  std::string out;
  add_line(out, "ReadinessReview " + r.ns + "/" + r.name);
  line(out, "digest", r.digest);
  line(out, "team", shown(r.spec()["ownership"]["team"].text()));
  const Verdict* v = e.tiered();
  if (v) {
    line(out, "tier", std::string{to_string(v->tiering.tier)});
    for (const TierReason& reason : v->tiering.reasons) line(out, "", reason.code + ": " + reason.text);
    line(out, "gates", counts_of(*v));
  }
  if (e.ends) line(out, "ends", format_date(*e.ends));
  for (const Running& running : e.running)
    line(out, "covers", running.verdict.workload.reference() + ": " + would(running.verdict.decision));
  if (e.running.empty()) line(out, "covers", "no workload that exists yet");
  const std::string unmet = unmet_lines(e, {"PRR-"});
  if (!unmet.empty()) out += "  unmet\n" + unmet;
  return out;
}

std::string unmet_lines(const Examination& e, std::initializer_list<std::string_view> ids) {
  std::set<std::string> seen;
  std::string out;
  e.each([&](const Verdict& v) {
    for (const GateResult& r : v.gates) {
      const Gate& gate = gate_table()[r.gate];
      const bool asked =
          std::any_of(ids.begin(), ids.end(), [&](std::string_view id) { return gate.id.substr(0, id.size()) == id; });
      if (!r.unmet() || !asked) continue;
      std::string text;
      add_line(text, "    " + std::string{gate.id} + " " + std::string{gate.slug} + ": " + r.finding.message);
      if (seen.insert(text).second) out += text;
    }
  });
  return out;
}

}  // namespace launchgate
