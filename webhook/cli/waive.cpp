// launchgate waive: excuses gates for a time, lowers a tier by one step, or breaks the glass; and extends a waiver. What
// would not count is not written: it is judged first, as if it were there.
#include <algorithm>
#include <cstdio>

#include "base/json_write.h"
#include "cli/at_hand.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "cli/named_gate.h"
#include "gates/table.h"
#include "verdict/grounds.h"
#include "wire/brief.h"
#include "wire/edit.h"
#include "wire/grants.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{10};

struct Options {
  HandFlags hand;
  WaiverDraft draft;
  std::string span, renew;
};

bool set_end(Options& o, TimePoint now) {
  if (o.draft.until.empty() == o.span.empty()) return complain("say until when: --until DATE or --for 14d"), false;
  if (o.span.empty()) {
    if (parse_end(o.draft.until)) return true;
    return complain("--until is \"" + o.draft.until + "\": expected a date, such as 2026-12-08, or RFC 3339"), false;
  }
  const auto span = parse_duration(o.span);
  if (!span) return complain("--for is \"" + o.span + "\": expected a duration such as 14d or 4h"), false;
  o.draft.until = end_of(now, *span);
  return true;
}

// By their ids, as a waiver names them; each once.
bool know_gates(WaiverDraft& d) {
  std::vector<std::string> ids;
  for (const std::string& name : d.gates) {
    const auto gate = named_gate(name, "--gate: ");
    if (!gate) return false;
    const std::string id{gate_table()[*gate].id};
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  d.gates = std::move(ids);
  if (d.kind == "gate" && d.gates.empty())
    return complain("--gate names the gate that is excused, such as PRR-COST-02; again for more"), false;
  if (d.kind == "tier-override" && !d.gates.empty())
    return complain("--gate does not go with --kind tier-override, which lowers the tier and excuses no gate"), false;
  return true;
}

// The flags that say what stands at a path of the waiver.
constexpr SaidBy kFlags[] = {{"spec.gates", "--gate"},     {"spec.reason", "--reason"},
                             {"spec.ticket", "--ticket"},  {"spec.compensating", "--compensating"},
                             {"spec.approvers", "--also"}, {"spec.approver", "--approver"},
                             {"spec.until", "--until"}};

// tier-override: one step down from what follows from the answers.
bool set_tiers(Options& o, const Examination& e) {
  if (o.draft.kind != "tier-override") return true;
  const Verdict* v = e.tiered();
  if (!v || v->tiering.derived == Tier::Low) return complain("there is no lower tier"), false;
  o.draft.from = to_string(v->tiering.derived);
  o.draft.to = to_string(static_cast<Tier>(static_cast<int>(v->tiering.derived) - 1));
  return true;
}

const Waiver* find_waiver(const Snapshot& world, const std::string& ns, const std::string& name) {
  for (const auto& w : world.waivers_in(ns))
    if (w->name == name) return w.get();
  return nullptr;
}

// What it does: the gates that it excuses now, or the tier that it lowers.
std::string effect_of(const Examination& after, const std::string& name) {
  std::string out;
  after.each([&](const Verdict& v) {
    for (const GateResult& r : v.gates)
      if (r.waiver && r.waiver->name == name) {
        const Gate& gate = gate_table()[r.gate];
        const std::string line = "    " + std::string{gate.id} + " " + std::string{gate.slug} + "\n";
        if (out.find(line) == std::string::npos) out += line;
      }
    for (const TierReason& reason : v.tiering.reasons)
      if (reason.code == "waiver" && reason.text.find("ReadinessWaiver " + name + " lowers") == 0 && out.empty())
        out += "    " + reason.text + "\n";
  });
  return out;
}

// Why it does nothing.
std::string fault_in(const Snapshot& world, const Examination& after, const std::string& name) {
  std::string out;
  after.each([&](const Verdict& v) {
    if (!v.judged() || !v.review) return;
    if (const Waiver* waiver = find_waiver(world, v.review->ns, name))
      if (const auto fault = Grounds{world, v}.fault(*waiver)) out = fault->message;
    for (const TierReason& reason : v.tiering.reasons)
      if (out.empty() && reason.code == "waiver" && reason.text.find("ReadinessWaiver " + name) == 0) out = reason.text;
  });
  return out.empty() ? "none of the gates that it names is unmet, or a policy does not let them be waived" : out;
}

std::optional<Doc> fresh(Options& o, AtHand& hand) {
  WaiverDraft& d = o.draft;
  d.ns = hand.review().ns, d.review = hand.review().name;
  if (d.reason.empty()) return complain("say why: --reason, in at least 20 characters"), std::nullopt;
  if (!know_gates(d) || !set_end(o, hand.now()) || !set_tiers(o, hand.examined())) return {};
  if (d.approver.empty() && !hand.live() && d.kind != "break-glass")
    return complain("--approver names who grants it; without a cluster nobody else says"), std::nullopt;
  if (d.approver.empty() && hand.live()) {
    if (!hand.know_user()) return {};
    d.approver = hand.user();
    d.groups = hand.telling_groups();
  }
  d.name = waiver_name(d);
  return waiver_object(d);
}

std::optional<Doc> extended(Options& o, AtHand& hand) {
  if (!set_end(o, hand.now())) return {};
  const Waiver* w = find_waiver(hand.today(), hand.review().ns, o.renew);
  if (!w) return complain("there is no ReadinessWaiver " + o.renew + " in namespace " + hand.review().ns), std::nullopt;
  o.draft.name = w->name, o.draft.ns = w->ns;
  return renewed_waiver(w->object->root(), o.draft.until, w->renewals + 1);
}

// Of one that stands there only what differs.
kube::Outcome<Doc> write(AtHand& hand, const Options& o, const Doc& object) {
  const Waiver* before = find_waiver(hand.today(), o.draft.ns, o.renew);
  std::string json;
  append_json(json, before ? spec_patch(before->object->root(), object.root()).root() : object.root());
  return before ? hand.client().merge_patch(kube::kWaivers, o.draft.ns, o.renew, json, kPatience)
                : hand.client().create(kube::kWaivers, o.draft.ns, json, kPatience);
}

int waive(Options& o) {
  const auto hand = AtHand::open(o.hand);
  if (!hand) return 2;
  const auto object = o.renew.empty() ? fresh(o, *hand) : extended(o, *hand);
  if (!object) return 2;
  const auto world = hand->with(*object, kFlags);
  if (!world) return 2;
  const Examination after = examine(*world, *hand->review_in(*world), hand->now());
  const std::string effect = effect_of(after, o.draft.name);
  tell(o.hand, review_brief(hand->examined()));
  if (effect.empty()) {
    (void)complain("the waiver would excuse nothing, and is not written: " + fault_in(*world, after, o.draft.name));
    return 1;
  }
  tell(o.hand, "Until " + o.draft.until + " it excuses:\n" + effect);
  const std::string left = unmet_lines(after, {"PRR-"});
  if (!left.empty()) tell(o.hand, "There remains:\n" + left);
  if (only_prints(o.hand)) return print_object(*object), 0;
  const std::string name = "ReadinessWaiver " + o.draft.ns + "/" + o.draft.name;
  if (const int refused = hand->agree(o.hand, o.renew.empty() ? "Grant it?" : "Extend it?")) return refused;
  const auto made = write(*hand, o, *object);
  if (!made) return complain(made.failure());
  return std::printf("%s is %s until %s\n", name.c_str(), o.renew.empty() ? "in force" : "extended",
                     o.draft.until.c_str()),
         0;
}

}  // namespace

void add_waive(CLI::App& app, int& code) {
  auto o = std::make_shared<Options>();
  auto* verb =
      app.add_subcommand("waive", "Excuse gates of a review for a time, with a reason and an end, as you or for Git");
  add_hand_flags(*verb, o->hand);
  verb->add_option("--gate", o->draft.gates,
                   "A gate that is excused, such as PRR-COST-02 or quota-enforced; again for more")
      ->type_name("ID");
  verb->add_option("--reason", o->draft.reason, "Why it is right for now, in at least 20 characters")
      ->type_name("TEXT");
  verb->add_option("--until", o->draft.until, "Last day, or moment (RFC 3339)")->type_name("DATE");
  verb->add_option("--for", o->span, "How long from now, such as 14d or 4h")->type_name("SPAN");
  verb->add_option("--kind", o->draft.kind,
                   "gate; tier-override: one step lower; break-glass: an emergency, 24 hours at most")
      ->check(CLI::IsMember({"gate", "tier-override", "break-glass"}));
  verb->add_option("--ticket", o->draft.ticket, "Where the follow-up is tracked")->type_name("TEXT");
  verb->add_option("--compensating", o->draft.compensating, "What limits the damage meanwhile")->type_name("TEXT");
  verb->add_option("--approver", o->draft.approver, "Who grants it; in a cluster it is you")->type_name("USER");
  verb->add_option("--also", o->draft.also, "Who agreed besides, where a policy asks for two; again for more")
      ->type_name("USER");
  verb->add_option("--renew", o->renew, "Extend this waiver instead, with --until or --for")->type_name("NAME");
  verb->footer(
      "Examples:\n"
      "  launchgate waive faq-bot -n shop --gate PRR-COST-02 --for 14d --reason \"the gateway gets limits on Friday\"\n"
      "  launchgate waive faq-bot -n shop --renew faq-bot-gate-1a2b3c4d --for 14d\n");
  verb->callback([o, &code] { code = waive(*o); });
}

}  // namespace launchgate
