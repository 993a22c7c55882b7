// launchgate renew: what of a review is stale, or soon will be; it asks for that and nothing else, and extends the
// review's end when nothing stale is left. For Git it prints the whole review instead: part of one, applied, would take
// the rest of it away.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>

#include "base/json_write.h"
#include "cli/at_hand.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "gates/table.h"
#include "verdict/grounds.h"
#include "verdict/stale.h"
#include "wire/brief.h"
#include "wire/edit.h"
#include "wire/grants.h"
#include "wire/schema.h"
#include "wire/spec_diff.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{10};
constexpr const char* kEnd = "spec.expiresAt";
constexpr SaidBy kFlags[] = {{kEnd, "--until"}};

struct Options {
  HandFlags hand;
  std::string within = "14d", until;
  std::vector<std::string> set;
};

std::string list_of(const std::vector<Stale>& stale) {
  std::string out;
  for (const Stale& s : stale)
    out += "  " + std::string{s.gate->id} + " " + std::string{s.gate->slug} + (s.already ? ": " : ", soon: ") +
           s.message + "\n       " + s.path + ": " + s.fix + "\n";
  return out;
}

// The answers: given with --set, else asked for at a terminal. An empty line leaves a value as it is.
class Answers {
 public:
  bool read(const std::vector<std::string>& set) {
    for (const std::string& pair : set) {
      const auto equals = pair.find('=');
      if (equals == std::string::npos || !in_spec(pair.substr(0, equals)))
        return complain("--set is \"" + pair +
                        "\": expected PATH=VALUE with a path under spec, such as "
                        "spec.support.lastDrill.date=2026-11-20; kubectl explain rr.spec lists what stands there"),
               false;
      given_[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return true;
  }
  void ask(const Stale& s, Node before) {
    if (given_.count(s.path) || !path_steps(s.path)) return;
    const std::string now = before ? ", now " + shown(before.text()) : "";
    std::fprintf(stderr, "%s\n  %s: ", printable(s.message).c_str(), printable(s.path + now).c_str());
    std::string answer;
    if (std::getline(std::cin, answer) && !answer.empty()) given_[s.path] = answer;
  }
  const std::map<std::string, std::string>& all() const { return given_; }
  // Each is a field that this version knows: what the API server does not know it drops without a word.
  bool known(Node changed) const {
    for (const Error& e : validate(changed).unknown)
      for (const auto& [path, value] : given_)
        if (is_under(path, e.field)) return complain("--set: " + e.field + " " + e.message), false;
    return true;
  }

 private:
  static bool in_spec(const std::string& path) { return path.starts_with("spec.") && path_steps(path); }
  std::map<std::string, std::string> given_;
};

// The review with one value changed. What a profile says cannot be changed in the review, where it is an item of a list.
bool change(Doc& object, const Review& review, const std::string& path, const std::string& value) {
  const auto steps = path_steps(path);
  auto changed = with_value(object.root(), *steps, value);
  if (!changed) {
    const Node there = at_path(review.spec(), {steps->begin() + 1, steps->end()});
    const auto layer =
        there.origin() < review.layers.size() ? review.layers[there.origin()] : std::string{"the review"};
    return complain(path + " is not in the review itself: change it in " + layer), false;
  }
  object = std::move(*changed);
  return true;
}

// As late as the policies that speak for the review allow for its tier.
std::string new_end(const Options& o, const Snapshot& world, const Review& review, TimePoint now) {
  if (!o.until.empty()) return o.until;
  const Examination e = examine(world, review, now);
  if (const Verdict* v = e.tiered()) return format_time(now + Grounds{world, *v}.facts().limit_span(Limit::Validity));
  const PolicySet policies{world, review.ns, {}};
  return format_time(now + Seconds{static_cast<std::int64_t>(policies.limits().get(Limit::Validity, Tier::Critical))});
}

struct Renewal {
  Doc object;
  std::vector<Stale> left;
};

// With the answers in it, and the end moved once nothing else is stale.
std::optional<Renewal> renewed(const Options& o, AtHand& hand, const Answers& answers, TimePoint soon) {
  Renewal out;
  DocBuilder{out.object}.copy(hand.review().object->root());
  for (const auto& [path, value] : answers.all())
    if (!change(out.object, hand.review(), path, value)) return {};
  if (!answers.known(out.object.root())) return {};
  for (bool moved = false;; moved = true) {
    const auto world = hand.with(out.object, kFlags);
    const Review* review = world ? hand.review_in(*world) : nullptr;
    if (!review) return {};
    out.left = stale_in(*world, *review, hand.now(), soon);
    const bool only_end = std::all_of(out.left.begin(), out.left.end(), [](const Stale& s) { return s.is_end(); });
    if (moved || !only_end || (out.left.empty() && o.until.empty())) return out;
    if (!change(out.object, hand.review(), kEnd, new_end(o, *world, *review, hand.now()))) return {};
  }
}

int renew(Options& o) {
  const auto span = parse_duration(o.within);
  if (!span) return complain("--within is \"" + o.within + "\": expected a duration such as 14d");
  const auto hand = AtHand::open(o.hand);
  Answers answers;
  if (!hand || !answers.read(o.set)) return 2;
  const TimePoint soon = hand->now() + *span;
  const Review& review = hand->review();
  const auto stale = stale_in(hand->today(), review, hand->now(), soon);
  tell(o.hand, "ReadinessReview " + review.ns + "/" + review.name +
                   (stale.empty() ? ": nothing is stale, or will be within " + o.within + "\n"
                                  : ": stale is\n" + list_of(stale)));
  if (stale.empty() && o.set.empty() && o.until.empty()) return 0;
  if (::isatty(STDIN_FILENO) && !o.hand.yes)
    for (const Stale& s : stale)
      if (const auto steps = path_steps(s.path); steps && !s.is_end())
        answers.ask(s, at_path(review.spec(), {steps->begin() + 1, steps->end()}));
  const auto next = renewed(o, *hand, answers, soon);
  if (!next) return 2;
  const Node before = review.object->root(), after = next->object.root();
  if (!next->left.empty()) tell(o.hand, "Still stale, and so its end is not moved:\n" + list_of(next->left));
  const auto changes = spec_diff(before["spec"], after["spec"]);
  if (changes.empty()) return 1;
  tell(o.hand, "Changes:\n" + diff_text(changes));
  const auto world = hand->with(next->object);
  const Review* renewed_review = world ? hand->review_in(*world) : nullptr;
  if (!renewed_review) return 2;
  const auto left =
      unmet_lines(examine(*world, *renewed_review, hand->now()), {"PRR-APPR-", "PRR-EXP-02", "PRR-EXP-03"});
  if (!left.empty()) tell(o.hand, "Then it has to be approved again (launchgate approve):\n" + left);
  if (only_prints(o.hand)) return print_object(to_apply(after)), next->left.empty() ? 0 : 1;
  if (const int refused = hand->agree(o.hand, "Write this?")) return refused;
  std::string json;
  append_json(json, spec_patch(before, after).root());
  const auto written = hand->client().merge_patch(kube::kReviews, review.ns, review.name, json, kPatience);
  if (!written) return complain(written.failure());
  std::printf("ReadinessReview %s/%s is renewed\n", review.ns.c_str(), review.name.c_str());
  return next->left.empty() ? 0 : 1;
}

}  // namespace

void add_renew(CLI::App& app, int& code) {
  auto o = std::make_shared<Options>();
  auto* verb =
      app.add_subcommand("renew", "Ask only what of a review is stale, and extend its end when nothing stale is left");
  add_hand_flags(*verb, o->hand);
  verb->add_option("--within", o->within, "Also what will be stale by then")->type_name("SPAN")->capture_default_str();
  verb->add_option("--set", o->set,
                   "An answer, without being asked: spec.rollout.lastRehearsal.date=2026-11-20; again for more")
      ->type_name("PATH=VALUE");
  verb->add_option("--until", o->until, "The new end (RFC 3339); without it as long as the policy allows for the tier")
      ->type_name("TIME");
  verb->footer(
      "Exit codes: 0 nothing stale is left, 1 something is, 2 bad input.\n"
      "Where it is printed it is the whole review, without comments: put it in the place of the one that it was read "
      "from, or apply it.\n"
      "Examples:\n"
      "  launchgate renew faq-bot -n shop\n"
      "  launchgate renew faq-bot --from app --set spec.rollout.lastRehearsal.date=2026-11-20 >renewed.yaml\n");
  verb->callback([o, &code] { code = renew(*o); });
}

}  // namespace launchgate
