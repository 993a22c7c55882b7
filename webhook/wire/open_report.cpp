#include "wire/open_report.h"

#include <array>
#include <nlohmann/json.hpp>

#include "gates/table.h"
#include "wire/conditions.h"
#include "wire/text.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kText = 1024;

std::string str(std::string_view s) { return std::string{s}; }

enum Result : std::uint8_t { kPass, kFail, kWarn, kError, kSkip };
constexpr std::array<const char*, 5> kResults{"pass", "fail", "warn", "error", "skip"};

Result result_of(const GateResult& r) {
  switch (r.finding.outcome) {
    case Outcome::Pass: return kPass;
    case Outcome::Fail: return r.action == Action::Deny ? kFail : kWarn;
    case Outcome::Warn: return kWarn;
    case Outcome::Unknown: return kError;
    case Outcome::NotApplicable:
    case Outcome::Waived: break;
  }
  return kSkip;
}

const char* severity_of(Tier tier) {
  constexpr std::array<const char*, 4> names{"low", "medium", "high", "critical"};
  return names[static_cast<std::size_t>(tier)];
}

void text(Json& to, const char* key, std::string_view value) {
  if (!value.empty()) to[key] = str(clipped(value, kText));
}

// What is well is kept short: a cluster has many workloads.
Json result_json(const GateResult& r, const Verdict& v) {
  const Gate& gate = gate_table()[r.gate];
  const Result result = result_of(r);
  Json out = Json::object(), more = Json::object();
  out["policy"] = r.by ? r.by->name : "launchgate";
  out["rule"] = str(gate.id) + " " + str(gate.slug);
  out["category"] = str(gate.section());
  out["result"] = kResults[result];
  text(out, "message", r.finding.message + countdown(r, v.now));
  if (result == kPass) {
    text(more, "strength", to_string(r.finding.strength));
  } else if (r.finding.outcome != Outcome::NotApplicable) {
    out["severity"] = severity_of(v.tiering.tier);
    out["scored"] = r.action == Action::Deny;
    text(more, "reason", r.finding.reason);
    text(more, "fix", fix_of(r));
    text(more, "field", path_of(r));
    if (r.waiver) text(more, "waiver", r.waiver->name);
  }
  if (!more.empty()) out["properties"] = std::move(more);
  return out;
}

Json reference(const WorldObject& o, const Verdict& v) {
  Json out = Json::object();
  out["apiVersion"] = str(v.workload.api_version);
  out["kind"] = o.kind;
  out["name"] = o.name;
  out["uid"] = o.uid;
  return out;
}

Json metadata(const WorldObject& o, const Verdict& v, const std::string& digest) {
  Json out = Json::object();
  out["name"] = open_report_name(o);
  out["namespace"] = o.ns;
  out["labels"]["app.kubernetes.io/managed-by"] = "launchgate";
  out["annotations"][str(kReportDigest)] = digest;
  if (v.review) out["annotations"]["launchgate.dev/review"] = v.review->name;
  out["ownerReferences"] = Json::array();
  out["ownerReferences"].push_back(reference(o, v));
  return out;
}

}  // namespace

std::string open_report_name(const WorldObject& o) { return "launchgate-" + o.uid; }

OpenReport open_report(const WorldObject& o, const Verdict& v) {
  Json said = Json::object(), summary = Json::object(), results = Json::array(), scope = reference(o, v);
  std::array<int, 5> counts{};
  for (const GateResult& r : v.gates) {
    ++counts[result_of(r)];
    results.push_back(result_json(r, v));
  }
  for (std::size_t i = 0; i < counts.size(); ++i) summary[kResults[i]] = counts[i];
  scope["namespace"] = o.ns;
  said["source"] = "launchgate";
  said["scope"] = std::move(scope);
  said["summary"] = std::move(summary);
  said["results"] = std::move(results);
  const auto dump = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
  const std::string digest = hex_of(hash_of(dump(said) + (v.review ? v.review->name : ""), {}, {}));
  Json all = Json::object();
  all["apiVersion"] = "openreports.io/v1alpha1";
  all["kind"] = "Report";
  all["metadata"] = metadata(o, v, digest);
  all.update(said);
  return {open_report_name(o), digest, dump(all)};
}

}  // namespace launchgate
