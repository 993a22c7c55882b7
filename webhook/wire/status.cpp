#include "wire/status.h"

#include <algorithm>
#include <array>

#include "base/json_write.h"
#include "gates/table.h"
#include "gates/waivers.h"
#include "verdict/grounds.h"
#include "wire/conditions.h"
#include "wire/object_writer.h"
#include "wire/revisions.h"
#include "wire/text.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 10> kOwnConditions{"Ready",      "Expired", "EvidenceFresh", "ApprovalsValid",
                                                          "TierAgreed", "Drifted", "Suspended",     "Accepted",
                                                          "InForce",    "EndsSoon"};
constexpr std::size_t kLongText = 8192, kReasons = 100;  // the CRD's bounds

std::string_view generation_of(const std::shared_ptr<const Doc>& object) {
  return object->root()["metadata"]["generation"].text();
}

// Since when the result is what it is.
std::string since(Node before, std::string_view id, std::string_view result, TimePoint now) {
  for (Node g : before["gates"])
    if (g["id"].text() == id && g["result"].text() == result && g["since"]) return std::string{g["since"].text()};
  return format_time(now);
}

void write_gate(ObjectWriter& w, const MergedGate& g, bool several, Node before, TimePoint now) {
  const GateResult& r = *g.result;
  const Gate& gate = gate_table()[r.gate];
  const Outcome outcome = r.finding.outcome;
  const auto result = to_string(outcome);
  w.open();
  w.text("id", gate.id);
  w.text("result", result);
  if (outcome == Outcome::Pass) w.text("strength", to_string(r.finding.strength));
  // Without a workload there is nothing to mend yet.
  const bool met = outcome == Outcome::Pass || outcome == Outcome::NotApplicable || r.finding.reason == "NoWorkload";
  // With several workloads it matters whose it is.
  const std::string whose =
      several && !met && g.verdict->workload.kind
          ? std::string{g.verdict->workload.kind_name} + " " + std::string{g.verdict->workload.name} + ": "
          : "";
  w.text_if("message", r.finding.message.empty() ? "" : whose + r.finding.message, kLongText);
  if (!met) {  // a thousand reviews with fifty passes each: what is well is kept short
    w.text("slug", gate.slug);
    w.text_if("reason", r.finding.reason, 253);
    w.text_if("path", path_of(r));
    w.text_if("fix", fix_of(r), kLongText);
    w.text("since", since(before, gate.id, result, now));
    if (r.enforced_from && r.unmet()) w.text("dueAt", format_time(*r.enforced_from));
  }
  w.close();
}

template <class Result>
void write_counts(ObjectWriter& w, std::string_view key, const std::vector<MergedGate>& gates, Result&& result) {
  Counts n;
  for (const MergedGate& g : gates) n.add(result(*g.result));
  const auto number = [&](std::string_view name, int count) { w.number(name, static_cast<std::size_t>(count)); };
  w.open(key);
  number("pass", n.pass);
  number("fail", n.fail);
  number("warn", n.warn);
  number("waived", n.waived);
  number("notApplicable", n.not_applicable);
  number("unknown", n.unknown);
  w.close();
}

void write_tier(ObjectWriter& w, const Verdict* tiered) {
  if (!tiered) return;
  w.text("tier", to_string(tiered->tiering.tier));
  w.list("tierReasons");
  const auto& reasons = tiered->tiering.reasons;
  for (std::size_t i = 0; i < reasons.size() && i < kReasons; ++i) {
    w.open();
    w.text("code", reasons[i].code, 63);
    w.text("text", reasons[i].text);
    w.close();
  }
  w.close();
}

void write_workloads(ObjectWriter& w, const std::vector<Running>& running) {
  w.list("workloads");
  for (std::size_t i = 0; i < running.size() && i < kWorkloadsListed; ++i) {
    const Running& r = running[i];
    w.open();
    w.text("apiVersion", r.verdict.workload.api_version, 253);
    w.text("kind", r.object->kind, 63);
    w.text("name", r.object->name, 253);
    w.text("digest", r.digest);
    w.text("verdict", verdict_word(r.verdict));
    w.close();
  }
  w.close();
}

void write_revisions(ObjectWriter& w, const std::vector<Revision>& revisions) {
  w.list("approvedRevisions");
  for (const Revision& r : revisions) {
    w.open();
    w.open("workload");
    w.text_if("apiVersion", r.api_version, 253);
    w.text("kind", r.kind, 63);
    w.text("name", r.name, 253);
    w.close();
    w.text("digest", r.digest);
    w.text_if("firstAdmitted", r.first_admitted);
    w.text_if("lastSeen", r.last_seen);
    w.text_if("dependencies", r.dependencies);
    if (r.baseline) {
      w.build.key("baseline");
      w.build.boolean(true);
    }
    w.close();
  }
  w.close();
}

std::size_t matching_namespaces(const Snapshot& world, const Policy& policy) {
  if (!policy.namespaces.present()) return world.namespaces.size();
  std::size_t n = 0;
  for (const auto& [name, labels] : world.namespaces) n += policy.namespaces.matches(labels->root());
  return n;
}

KeyTest volatile_part(std::string_view) {
  return [](std::string_view key) { return key == "since" || key == "lastSeen"; };
}

// The elements of a list map, in an order of their own.
void append_sorted(std::string& out, Node list, std::string_view id, bool own_only) {
  std::vector<std::string> items;
  for (Node item : list) {
    if (own_only && std::find(kOwnConditions.begin(), kOwnConditions.end(), item[id].text()) == kOwnConditions.end())
      continue;
    append_canonical_json(items.emplace_back(), item, volatile_part);
  }
  std::sort(items.begin(), items.end());
  for (const std::string& item : items) out += item + "\n";
}

}  // namespace

std::string_view verdict_word(const Verdict& v) {
  if (v.step == Step::Exempt) return "exempt";
  if (v.step == Step::NotLlm) return "not-llm";
  return to_string(v.decision);
}

Doc review_status(const Snapshot& world, const Examination& e, Node before, TimePoint now) {
  const auto gates = merge_gates(e);
  const auto revisions = next_revisions(e, before, now);
  const auto generation = generation_of(e.review->object);
  Doc doc;
  ObjectWriter w{doc};
  if (!generation.empty()) w.number("observedGeneration", generation);
  write_tier(w, e.tiered());
  write_counts(w, "counts", gates, [](const GateResult& r) { return r.finding.outcome; });
  write_counts(w, "countsBeforeWaivers", gates, [](const GateResult& r) { return r.without_waiver; });
  w.list("gates");
  for (const MergedGate& g : gates) write_gate(w, g, e.running.size() > 1, before, now);
  w.close();
  write_workloads(w, e.running);
  write_revisions(w, revisions);
  if (e.ends) w.text("expiresAt", format_time(*e.ends));
  write_conditions(w.build, review_conditions(world, e, gates, revisions, now), before, generation, now);
  w.close();
  return doc;
}

Doc waiver_status(const Snapshot& world, const Waiver& waiver, Node before, TimePoint now, const Examination* known) {
  std::vector<std::string> faults, waived;
  const auto look = [&](const Verdict& v) {
    if (!v.judged() || !v.review) return;
    const auto fault = Grounds{world, v}.fault(waiver);
    faults.push_back(fault ? fault->message : std::string{});
    for (const GateResult& r : v.gates) {
      const std::string id{gate_table()[r.gate].id};
      if (r.waiver && r.waiver->name == waiver.name && std::find(waived.begin(), waived.end(), id) == waived.end())
        waived.push_back(id);
    }
  };
  for (const auto& review : world.reviews_in(waiver.ns)) {
    if (!concerns(waiver, *review)) continue;
    if (known && known->review == review.get()) known->each(look);
    else examine(world, *review, now).each(look);
  }
  std::sort(waived.begin(), waived.end());
  const auto generation = generation_of(waiver.object);
  Doc doc;
  ObjectWriter w{doc};
  if (!generation.empty()) w.number("observedGeneration", generation);
  write_conditions(w.build, waiver_conditions(waiver, faults, waived, now), before, generation, now);
  w.close();
  return doc;
}

Doc policy_status(const Snapshot& world, const Policy& policy, Node before, TimePoint now) {
  const auto generation = generation_of(policy.object);
  const std::size_t namespaces = matching_namespaces(world, policy);
  Doc doc;
  ObjectWriter w{doc};
  if (!generation.empty()) w.number("observedGeneration", generation);
  w.number("matchedNamespaces", namespaces);
  w.list("packs");
  for (const std::string& pack : policy.packs) {
    w.open();
    w.text("name", pack, 63);
    w.close();
  }
  w.close();
  write_conditions(w.build, policy_conditions(policy, namespaces, now), before, generation, now);
  w.close();
  return doc;
}

std::string status_digest(Node status) {
  std::vector<std::string> members;
  for (Node member : status) {
    if (member.key() == "digest") continue;  // slim()'s own
    std::string& text = members.emplace_back(member.key());
    text += '=';
    if (member.key() == "conditions") append_sorted(text, member, "type", true);
    else if (member.key() == "gates") append_sorted(text, member, "id", false);
    else append_canonical_json(text, member, volatile_part);
  }
  std::sort(members.begin(), members.end());
  std::string all;
  for (const std::string& member : members) all.append(member).append(1, '\n');
  return hex_of(hash_of(all, {}, {}));
}

std::string status_object(std::string_view kind, Node meta, Node status) {
  std::string out = R"({"apiVersion":"launchgate.dev/v1alpha1","kind":)";
  append_json_string(out, kind);
  out += ",\"metadata\":{";
  for (const char* key : {"name", "namespace", "uid", "resourceVersion"}) {
    const auto value = meta[key].text();
    if (value.empty()) continue;
    if (out.back() != '{') out += ',';
    append_json_string(out, key);
    out += ':';
    append_json_string(out, value);
  }
  out += "},\"status\":";
  append_json(out, status);
  return out += '}';
}

}  // namespace launchgate
