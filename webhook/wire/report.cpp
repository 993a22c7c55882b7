#include "wire/report.h"

#include <nlohmann/json.hpp>

#include "base/printable.h"
#include "gates/table.h"
#include "wire/counts_json.h"
#include "wire/text.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }

Json reasons_json(const Tiering& tiering) {
  Json out = Json::array();
  for (const TierReason& r : tiering.reasons) {
    Json one = Json::object();
    one["code"] = r.code;
    one["text"] = printable(r.text);
    out.push_back(std::move(one));
  }
  return out;
}

Json gate_json(const GateResult& r, TimePoint now, const Place* place) {
  const Gate& gate = gate_table()[r.gate];
  const bool met = r.finding.outcome == Outcome::Pass || r.finding.outcome == Outcome::NotApplicable;
  Json out = Json::object();
  out["id"] = str(gate.id);
  out["slug"] = str(gate.slug);
  out["result"] = str(to_string(r.finding.outcome));
  out["action"] = str(to_string(r.action));
  out["strength"] = r.finding.outcome == Outcome::Pass ? str(to_string(r.finding.strength)) : "";
  out["reason"] = str(r.finding.reason);
  out["message"] = printable(r.finding.message + countdown(r, now));
  out["fix"] = met ? "" : printable(fix_of(r));
  out["path"] = str(path_of(r));
  if (place) {
    out["file"] = place->file;
    out["line"] = place->line;
  }
  if (r.waiver) {
    Json waiver = Json::object();
    waiver["name"] = r.waiver->name;
    waiver["until"] = format_time(*r.waiver->until);
    waiver["approver"] = r.waiver->approver;
    out["waiver"] = std::move(waiver);
  }
  return out;
}

const Place* place_of(const CheckResult& r, std::size_t gate) {
  return gate < r.places.size() ? &r.places[gate] : nullptr;
}

Json workload_json(const Workload& w) {
  Json out = Json::object();
  out["apiVersion"] = str(w.api_version);
  out["kind"] = str(w.kind_name);
  out["namespace"] = str(w.ns);
  out["name"] = str(w.name);
  return out;
}

Json result_json(const CheckResult& r) {
  const Verdict& v = r.verdict;
  Json out = Json::object();
  out["file"] = r.file;
  out["line"] = r.line;
  out["workload"] = workload_json(v.workload);
  out["allowed"] = v.allowed();
  out["decision"] = str(to_string(v.decision));
  out["step"] = str(to_string(v.step));
  if (!v.note.empty()) out["note"] = printable(v.note);
  out["mode"] = str(to_string(v.mode));
  out["tier"] = v.judged() && v.review ? str(to_string(v.tiering.tier)) : "";
  out["tierReasons"] = v.judged() && v.review ? reasons_json(v.tiering) : Json::array();
  out["review"] = v.review ? v.review->name : "";
  if (v.review) out["reviewDigest"] = v.review->digest;
  Json detection = Json::object();
  detection["class"] = str(to_string(v.detection.detected));
  detection["signals"] = texts(v.detection.signals);
  out["detection"] = std::move(detection);
  Json gates = Json::array();
  for (std::size_t i = 0; i < v.gates.size(); ++i) gates.push_back(gate_json(v.gates[i], v.now, place_of(r, i)));
  out["gates"] = std::move(gates);
  out["counts"] = counts_json(v.counts);
  out["countsBeforeWaivers"] = counts_json(v.counts_before_waivers);
  return out;
}

class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  std::string operator()(const char* code, std::string_view text) const {
    return colour_ ? std::string{"\x1b["} + code + "m" + str(text) + "\x1b[0m" : str(text);
  }

 private:
  bool colour_;
};
constexpr const char *red = "31", *yellow = "33", *green = "32", *bold = "1";

void gate_text(std::string& out, const GateResult& r, TimePoint now, const Place* place, const Paint& paint) {
  const Gate& gate = gate_table()[r.gate];
  const auto outcome = r.finding.outcome;
  if (outcome == Outcome::Pass || outcome == Outcome::NotApplicable) return;
  const bool blocks = r.unmet() && r.action == Action::Deny;
  const auto word = blocks                        ? paint(red, "FAIL")
                    : r.action == Action::Record  ? paint(yellow, "note")
                    : outcome == Outcome::Waived  ? paint(yellow, "waived")
                    : outcome == Outcome::Unknown ? paint(yellow, "unknown")
                                                  : paint(yellow, "warn");
  out += "  " + word + " ";
  add_line(out, str(gate.id) + " " + str(gate.slug) + ": " + r.finding.message + countdown(r, now));
  add_line(out, "       fix: " + str(fix_of(r)));
  if (place) add_line(out, "       at:  " + place->file + ":" + std::to_string(place->line));
}

// Nobody said that it is an LLM workload: why it is judged as one, and what that means.
std::string why_judged(const Detection& d) {
  if (d.detected != Detected::Signals && d.detected != Detected::Suspected) return "";
  std::string signals;
  for (const Clue& signal : d.signals) signals += (signals.empty() ? "" : ", ") + signal.text();
  return "  nobody has said so, but it " + std::string{d.detected == Detected::Signals ? "looks like" : "may be"} +
         " an LLM workload: " + signals;
}

void result_text(std::string& out, const CheckResult& r, const Paint& paint) {
  const Verdict& v = r.verdict;
  const auto word = !v.allowed()                   ? paint(red, "denied")
                    : v.decision == Decision::Warn ? paint(yellow, "warned")
                                                   : paint(green, "passed");
  out += word + " " + paint(bold, printable(v.workload.reference()));
  add_line(out, r.file.empty() ? "" : "  " + r.file + ":" + std::to_string(r.line));
  if (!v.note.empty()) add_line(out, "  " + v.note);
  if (v.judged()) {
    if (const auto why = why_judged(v.detection); !why.empty()) add_line(out, why);
    if (v.review) add_line(out, "  tier " + str(to_string(v.tiering.tier)) + ", review " + v.review->name);
    const Counts& c = v.counts;
    const auto waived = c.waived ? std::to_string(c.waived) + " waived (" +
                                       std::to_string(v.counts_before_waivers.fail) + " would fail without), "
                                 : std::string{};
    out += "  " + std::to_string(c.pass) + " passed, " + std::to_string(c.fail) + " failed, " + waived +
           std::to_string(c.warn) + " warned, " + std::to_string(c.unknown) + " unknown, " +
           std::to_string(c.not_applicable) + " not applicable\n";
  }
  for (std::size_t i = 0; i < v.gates.size(); ++i) gate_text(out, v.gates[i], v.now, place_of(r, i), paint);
}

}  // namespace

std::string check_json(const std::vector<CheckResult>& results) {
  Json report = Json::object();
  report["apiVersion"] = "launchgate.dev/v1alpha1";
  report["kind"] = "CheckReport";
  Json list = Json::array();
  for (const CheckResult& r : results) list.push_back(result_json(r));
  report["results"] = std::move(list);
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string check_text(const std::vector<CheckResult>& results, bool colour) {
  const Paint paint{colour};
  std::string out;
  std::size_t denied = 0, warned = 0;
  for (const CheckResult& r : results) {
    result_text(out, r, paint);
    denied += !r.verdict.allowed();
    warned += r.verdict.decision == Decision::Warn;
  }
  if (results.empty())
    return "No workload stands in these files, so nothing was judged. Give the workloads' manifests too; for the tier "
           "of "
           "a review alone: launchgate tier FILE\n";
  const auto workloads = std::to_string(results.size()) + (results.size() == 1 ? " workload: " : " workloads: ");
  return out + workloads + std::to_string(denied) + " denied, " + std::to_string(warned) + " with warnings, " +
         std::to_string(results.size() - denied - warned) + " passed\n";
}

std::string tier_json(const Tiering& tiering) {
  Json out = Json::object();
  out["tier"] = str(to_string(tiering.tier));
  out["reasons"] = reasons_json(tiering);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string tier_text(const Tiering& tiering) {
  std::string out = str(to_string(tiering.tier)) + "\n";
  for (const TierReason& r : tiering.reasons) add_line(out, "  " + r.code + ": " + r.text);
  return out;
}

}  // namespace launchgate
