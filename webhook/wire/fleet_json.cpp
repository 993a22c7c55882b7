#include <nlohmann/json.hpp>

#include "gates/table.h"
#include "wire/counts_json.h"
#include "wire/fleet.h"

namespace launchgate {
namespace {

using Json = nlohmann::ordered_json;

std::string str(std::string_view s) { return std::string{s}; }
std::string id_of(std::size_t gate) { return str(gate_table()[gate].id); }

Json ids(const std::vector<std::size_t>& gates) {
  Json out = Json::array();
  for (const std::size_t gate : gates) out.push_back(id_of(gate));
  return out;
}

// [item(x), …]
template <class T, class Make>
Json each(const std::vector<T>& all, Make&& make) {
  Json out = Json::array();
  for (const T& one : all) out.push_back(make(one));
  return out;
}

void date(Json& out, const char* key, const std::optional<TimePoint>& time) {
  if (time) out[key] = format_time(*time);
}
void text(Json& out, const char* key, const std::string& value) {
  if (!value.empty()) out[key] = value;
}

Json item(const FleetAnswer::Item& i) {
  Json out = Json::object();
  out["label"] = i.label;
  out["text"] = i.text;
  text(out, "url", i.url);
  return out;
}

Json answer(const FleetAnswer& a) {
  Json out = Json::object();
  out["question"] = str(a.question);
  out["items"] = each(a.items, item);
  Json gates = Json::object();
  gates["asked"] = a.asked;
  gates["met"] = a.met;
  gates["waived"] = a.waived;
  gates["open"] = ids(a.open);
  out["gates"] = std::move(gates);
  return out;
}

Json gate(const FleetGate& g) {
  Json out = Json::object();
  out["id"] = id_of(g.gate);
  out["slug"] = str(gate_table()[g.gate].slug);
  out["result"] = str(to_string(g.outcome));
  out["resultBeforeWaivers"] = str(to_string(g.without_waiver));
  out["action"] = str(to_string(g.action));
  out["effect"] = str(g.effect());
  out["strength"] = g.strength;
  out["reason"] = g.reason;
  out["message"] = g.message;
  out["fix"] = g.fix;
  out["path"] = g.path;
  text(out, "workload", g.workload);
  text(out, "waiver", g.waiver);
  text(out, "policy", g.policy);
  return out;
}

Json workload(const FleetWorkload& w) {
  Json out = Json::object();
  out["apiVersion"] = w.api_version;
  out["kind"] = w.kind;
  out["namespace"] = w.ns;
  out["name"] = w.name;
  out["verdict"] = w.verdict;
  text(out, "digest", w.digest);
  Json detection = Json::object();
  detection["class"] = w.detected;
  detection["signals"] = w.signals;
  out["detection"] = std::move(detection);
  out["unmet"] = each(w.unmet, gate);
  out["reviews"] = w.reviews;
  return out;
}

Json waiver(const FleetWaiver& w, TimePoint now) {
  Json out = Json::object();
  out["name"] = w.name;
  out["kind"] = w.kind;
  out["gates"] = w.gates;
  text(out, "from", w.from);
  text(out, "to", w.to);
  out["reason"] = w.reason;
  text(out, "ticket", w.ticket);
  text(out, "compensating", w.compensating);
  out["approvers"] = w.approvers;
  date(out, "until", w.until);
  if (w.until) out["daysLeft"] = days_left(now, *w.until);
  out["renewals"] = w.renewals;
  out["inForce"] = w.fault.empty();
  text(out, "fault", w.fault);
  return out;
}

Json approval(const FleetApproval& a) {
  Json out = Json::object();
  out["name"] = a.name;
  out["role"] = a.role;
  out["approver"] = a.approver;
  out["decision"] = a.approves ? "approve" : "reject";
  date(out, "given", a.given);
  out["reviewDigest"] = a.digest;
  out["standing"] = a.standing;
  text(out, "why", a.why);
  out["changed"] = a.changed;
  out["signed"] = a.is_signed;
  out["signatureVerified"] = a.verified;
  text(out, "comment", a.comment);
  return out;
}

Json age(const FleetDate& d, TimePoint now) {
  Json out = Json::object();
  out["what"] = d.what;
  out["date"] = format_time(d.date);
  out["ageDays"] = whole_days(now - d.date);
  if (d.limit) out["limitDays"] = whole_days(*d.limit);
  out["late"] = d.late(now);
  return out;
}

Json reason(const TierReason& r) {
  Json out = Json::object();
  out["code"] = r.code;
  out["text"] = r.text;
  return out;
}

Json review(const FleetReview& r, TimePoint now) {
  Json out = Json::object();
  out["namespace"] = r.ns;
  out["name"] = r.name;
  text(out, "source", r.source);
  out["team"] = r.team;
  text(out, "stage", r.stage);
  out["tier"] = r.tier ? str(to_string(*r.tier)) : "";
  out["tierReasons"] = each(r.tier_reasons, reason);
  out["digest"] = r.digest;
  out["state"] = r.state;
  out["reason"] = r.reason;
  date(out, "expiresAt", r.ends);
  if (r.ends) out["daysLeft"] = days_left(now, *r.ends);
  out["expiresByAge"] = r.ends_by_age;
  out["counts"] = counts_json(r.counts);
  out["countsBeforeWaivers"] = counts_json(r.counts_before_waivers);
  out["useCase"] = each(r.use_case, item);
  out["questions"] = each(r.answers, answer);
  out["workloads"] = each(r.workloads, workload);
  out["gates"] = each(r.gates, gate);
  out["waivers"] = each(r.waivers, [&](const auto& w) { return waiver(w, now); });
  out["approvals"] = each(r.approvals, approval);
  out["evidence"] = each(r.dates, [&](const auto& d) { return age(d, now); });
  return out;
}

Json control(const FleetControl& c) {
  Json out = Json::object();
  out["id"] = c.id;
  text(out, "title", c.title);
  if (c.from) out["from"] = format_date(*c.from);
  out["supportedBy"] = ids(c.gates);
  out["reviewsAsked"] = c.asked;
  out["reviewsMet"] = c.met;
  out["open"] = c.open;
  return out;
}

Json crosswalk(const FleetCrosswalk& c) {
  Json out = Json::object();
  out["id"] = c.id;
  out["title"] = c.title;
  text(out, "source", c.source);
  out["controls"] = each(c.controls, control);
  return out;
}

}  // namespace

std::string fleet_json(const FleetReport& report) {
  Json out = Json::object();
  out["apiVersion"] = "launchgate.dev/v1alpha1";
  out["kind"] = "FleetReport";
  out["date"] = format_time(report.now);
  out["source"] = report.source;
  out["reviews"] = each(report.reviews, [&](const auto& r) { return review(r, report.now); });
  out["unreviewed"] = each(report.unreviewed, workload);
  out["crosswalks"] = each(report.crosswalks, crosswalk);
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace launchgate
