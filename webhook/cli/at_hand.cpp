#include "cli/at_hand.h"

#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <set>

#include "base/yaml_write.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "edge/kube/read_namespace.h"
#include "wire/decode.h"
#include "wire/edit.h"
#include "wire/schema.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{30};
const kube::Resource kSelf{"authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", false};

// "--reason has 5 characters: …"; where no flag said it, by the object and the path. It has lines in nobody's file.
std::string fault_text(Node object, const Error& fault, std::span<const SaidBy> flags) {
  for (const SaidBy& said : flags)
    if (is_under(fault.field, said.path)) return std::string{said.flag} + " " + fault.message;
  return std::string{object["kind"].text()} + " " + std::string{object["metadata"]["name"].text()} + ": " +
         (fault.field.empty() ? "" : fault.field + " ") + fault.message;
}

}  // namespace

void add_hand_flags(CLI::App& verb, HandFlags& flags) {
  verb.add_option("REVIEW", flags.review, "Name of the ReadinessReview")->required()->type_name("");
  add_live_flags(verb, flags.live, false);
  verb.add_option("--from", flags.from,
                  "A folder instead of a cluster, again for more: the object is printed, and written nowhere")
      ->type_name("DIR");
  verb.add_option("-o,--output", flags.output, "text, or yaml: print the object and write nothing")
      ->check(CLI::IsMember({"text", "yaml"}));
  verb.add_flag("-y,--yes", flags.yes, "Do not ask");
  verb.add_option("--now", flags.now, "Judge as of this date (RFC 3339) instead of now")->type_name("TIME");
}

std::unique_ptr<AtHand> AtHand::open(HandFlags& flags) {
  std::unique_ptr<AtHand> hand{new AtHand};
  const auto now = date_of(flags.now);
  if (!now) return nullptr;
  hand->now_ = *now;
  if (!(flags.from.empty() ? hand->load_live(flags) : hand->load(flags))) return nullptr;
  hand->today_ = build_snapshot(hand->world_);
  std::vector<const Review*> found;
  for (const auto& review : hand->today_->reviews)
    if (review->name == flags.review && (flags.live.ns.empty() || review->ns == flags.live.ns))
      found.push_back(review.get());
  if (found.size() == 1) {
    hand->review_ = found.front();
    return hand;
  }
  const std::string where = flags.live.ns.empty() ? std::string{} : " in namespace " + flags.live.ns;
  (void)complain(found.empty()
                     ? "there is no ReadinessReview " + flags.review + where
                     : "ReadinessReview " + flags.review + " stands in several namespaces: choose one with -n");
  return nullptr;
}

bool AtHand::load(HandFlags& flags) {
  const auto folder = read_objects(flags.from);
  if (folder.bad) return false;
  world_ = assemble(folder.objects);
  return !complain(world_.problems);
}

bool AtHand::load_live(HandFlags& flags) {
  client_ = live_client(flags.live);
  if (!client_) return false;
  auto read = kube::read_namespace(*client_, flags.live.ns, kPatience);
  if (!read) {
    (void)complain(read.failure());
    return false;
  }
  std::string unknown;
  for (const std::string& name : read->forbidden) unknown += (unknown.empty() ? "" : ", ") + name;
  if (!unknown.empty()) warn("you may not list " + unknown + "; what they say is left out below");
  world_ = std::move(read->world);
  (void)complain(world_.problems);  // in a cluster they are somebody else's
  return true;
}

bool AtHand::know_user() {
  if (!user_.empty()) return true;
  const auto self =
      client_->create(kSelf, {}, R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})", kPatience);
  if (!self) { return complain("who are you? " + self.failure().message), false; }
  const Node info = self->root()["status"]["userInfo"];
  user_ = info["username"].text();
  for (Node group : info["groups"]) groups_.emplace_back(group.text());
  return true;
}

std::vector<std::string> AtHand::telling_groups() const {
  std::set<std::string> spoken_of{std::string{review_->spec()["ownership"]["team"].text()}};
  for (const Policy& p : today_->policies) {
    spoken_of.insert(p.waiver_authorities.begin(), p.waiver_authorities.end());
    for (const auto& [role, groups] : p.approval_authorities) spoken_of.insert(groups.begin(), groups.end());
  }
  std::vector<std::string> out;
  for (const std::string& group : groups_)
    if (spoken_of.count(group)) out.push_back(group);
  return out;
}

std::shared_ptr<const Snapshot> AtHand::with(const Doc& object, std::span<const SaidBy> flags) const {
  const Node root = object.root();
  const auto report = validate(root);
  auto part = report.errors.empty() ? decode(slim(root), {}) : Result<Part>{report.errors.front()};
  if (!part) {
    (void)complain(fault_text(root, part.error(), flags));
    return nullptr;
  }
  World world = world_;
  put_in(world, *part);
  return build_snapshot(std::move(world));
}

const Review* AtHand::review_in(const Snapshot& world) const { return world.find_review(review_->ns, review_->name); }

int AtHand::agree(const HandFlags& flags, const std::string& question) const {
  if (flags.yes) return 0;
  if (!::isatty(STDIN_FILENO)) {
    return complain(question + " There is nobody to ask: pass --yes, or -o yaml to only print it");
  }
  std::fprintf(stderr, "%s [y/N] ", printable(question).c_str());
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return 0;
  std::fprintf(stderr, "nothing was written\n");
  return 1;
}

void print_object(const Doc& object) {
  std::string text;
  append_yaml(text, object.root());
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void tell(const HandFlags& flags, const std::string& text) {
  std::fputs(printable_lines(text).c_str(), only_prints(flags) ? stderr : stdout);
}

}  // namespace launchgate
