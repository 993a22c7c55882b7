// launchgate approve: shows what is being approved, and what has changed since somebody last approved it, asks, and
// writes the ReadinessApproval as the person who runs it. For Git it prints the object instead, signed where a key is used.
#include <cstdio>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/secretlike.h"
#include "base/yaml_write.h"
#include "cli/at_hand.h"
#include "cli/commands.h"
#include "cli/complain.h"
#include "edge/files/read.h"
#include "verdict/approvals.h"
#include "verdict/digest.h"
#include "wire/brief.h"
#include "wire/edit.h"
#include "wire/grants.h"
#include "wire/resources.h"
#include "wire/spec_diff.h"

namespace launchgate {
namespace {

constexpr std::chrono::seconds kPatience{10};
constexpr std::size_t kMostSignature = 32768;

struct Options {
  HandFlags hand;
  std::string role, comment, approver, signature_file, key_id;
  bool reject = false, signed_text = false;
};

// What somebody approved before: the text must be what the digest says.
struct Earlier {
  std::string digest, who, when;
  std::optional<Doc> spec;
};

std::optional<Earlier> earlier_of(Node approval, const Review& review) {
  const Node spec = approval["spec"], meta = approval["metadata"];
  if (spec["review"].text() != review.name || spec["decision"].text() != "approve") return {};
  Earlier e{std::string{spec["reviewDigest"].text()},
            shown(spec["approver"].text()) + " as " + std::string{spec["role"].text()},
            std::string{meta["creationTimestamp"].text()},
            {}};
  const auto text = meta["annotations"][kReviewedSpec].text();
  if (!text.empty() && "v1:sha256:" + sha256_hex(text) == e.digest)
    if (auto doc = read_json(text, JsonOptions{})) e.spec = std::move(*doc);
  return e;
}

// The latest one; read past the caches' slim copies, which leave the text out.
std::optional<Earlier> last_approved(AtHand& hand) {
  std::optional<Earlier> last;
  const auto take = [&](Node approval) {
    auto e = earlier_of(approval, hand.review());
    if (e && (!last || e->when >= last->when)) last = std::move(e);
  };
  if (hand.live()) {
    kube::ListOptions options;
    options.ns = hand.review().ns;
    (void)hand.client().list(kube::kApprovals, options, take, kPatience);  // what cannot be read is not shown
  } else {
    for (const auto& a : hand.today().approvals_of(hand.review().ns, hand.review().name)) take(a->object->root());
  }
  return last;
}

std::string since_then(const std::optional<Earlier>& last, Node now, const Review& review) {
  if (!last) {
    std::string out = "Nobody has approved it yet. What you approve, profile and defaults merged in:\n";
    append_yaml(out, now, 2);
    return out;
  }
  const std::string by = " (" + last->who + (last->when.empty() ? "" : ", " + last->when) + ")";
  if (last->digest == review.digest) return "Nothing has changed since it was last approved" + by + ".\n";
  if (!last->spec)
    return "It has changed since it was last approved" + by + "; what was approved then is not on record.\n";
  return "Since it was last approved" + by + ":\n" + diff_text(spec_diff(last->spec->root(), now));
}

// "ssh", "dsse" or "cosign", by how the file begins.
bool read_signature(const Options& o, ApprovalDraft& draft) {
  if (o.signature_file.empty()) return true;
  if (o.key_id.empty()) {
    return complain("--signature needs --key-id, the key's name in trust.approvers of the policy"), false;
  }
  auto text = read_file(o.signature_file, kMostSignature);
  if (!text) {
    (void)complain(text.error());
    return false;
  }
  draft.signature_format = text->rfind("-----BEGIN SSH SIGNATURE-----", 0) == 0 ? "ssh"
                           : text->rfind('{', 0) == 0                           ? "dsse"
                                                                                : "cosign";
  draft.key_id = o.key_id;
  draft.signature = std::move(*text);
  return true;
}

// The first name or value that looks like a credential; nowhere: none does.
Node find_secret(Node at) {
  if (!secret_kind(at.key()).empty() || !secret_kind(at.text()).empty()) return at;
  for (Node child : at)
    if (const Node found = find_secret(child); found.doc()) return found;
  return {};
}

// An approval keeps the text of what was approved, and Git keeps the approval: a key in it would be there for good.
bool holds_a_secret(const Review& review, Node text) {
  const Node secret = find_secret(text);
  if (!secret.doc()) return false;
  const auto path = path_to(text, secret);
  const auto steps = path_steps(path);
  const Node there = steps ? at_path(review.spec(), *steps) : Node{};
  const auto value = secret_kind(secret.text());
  const auto layer =
      there.origin() < review.layers.size() ? review.layers[there.origin()] : "ReadinessReview " + review.name;
  return complain("spec." + path + " holds what looks like a secret (" +
                  std::string{value.empty() ? secret_kind(secret.key()) : value} +
                  "): an approval would keep a copy of it. Take it out of " + layer + ", and revoke it"),
         true;
}

std::optional<ApprovalDraft> draft_of(const Options& o, AtHand& hand, const std::string& text) {
  ApprovalDraft d;
  d.ns = hand.review().ns, d.review = hand.review().name, d.digest = hand.review().digest;
  d.role = o.role, d.comment = o.comment, d.approves = !o.reject, d.approver = o.approver;
  if (d.approver.empty() && !hand.live()) {
    return complain("--approver names the person who approves; without a cluster nobody else says"), std::nullopt;
  }
  if (hand.live() && d.approver.empty()) {
    if (!hand.know_user()) return {};
    d.approver = hand.user();
    d.groups = hand.telling_groups();
  }
  d.reviewed_fields = reviewed_fields(hand.review().spec());
  if (d.approves) d.reviewed_spec = text;
  if (!read_signature(o, d)) return {};
  return d;
}

// What is about to be written, as it is read.
const Approval* find_approval(const Snapshot& world, const Review& review, std::string_view name) {
  for (const auto& a : world.approvals_of(review.ns, review.name))
    if (a->name == name) return a.get();
  return nullptr;
}

std::string_view name_of(const Doc& object) { return object.root()["metadata"]["name"].text(); }

// What was said on another day is said again: how long a review may hold is counted from its approvals (PRR-EXP-02), and
// one that is written cannot be changed.
Doc approval_of_today(ApprovalDraft draft, AtHand& hand) {
  Doc object = approval_object(draft);
  const Approval* before = find_approval(hand.today(), hand.review(), name_of(object));
  const std::string today = format_date(hand.now());
  if (!before || !before->created || format_date(*before->created) == today) return object;
  draft.again = today;
  return approval_object(draft);
}

// The flags that say what stands at a path of the approval.
constexpr SaidBy kFlags[] = {{"spec.comment", "--comment"},
                             {"spec.approver", "--approver"},
                             {"spec.signature.keyId", "--key-id"},
                             {"spec.signature", "--signature"}};

int approve(Options& o) {
  if (!o.key_id.empty() && o.signature_file.empty())
    return complain("--key-id names the key of a signature: give that, too, with --signature FILE");
  const auto hand = AtHand::open(o.hand);
  if (!hand) return 2;
  const std::string text = reviewed_text(hand->review().spec());
  const auto spec = read_json(text, JsonOptions{});
  if (!spec) return complain(spec.error());
  if (!o.reject && holds_a_secret(hand->review(), spec->root())) return 2;
  const auto draft = draft_of(o, *hand, text);
  if (!draft) return 2;
  const Doc object = approval_of_today(*draft, *hand);
  const auto world = hand->with(object, kFlags);
  if (!world) return 2;
  const std::string object_name{name_of(object)};
  const Approval* said = find_approval(*world, hand->review(), object_name);
  if (!said) return 2;
  if (o.signed_text) return std::fputs(signed_text(*said).c_str(), stdout), 0;
  // The signature is checked before it is written: one that no key verifies would count for nothing.
  if (said->is_signed() && said->verified_by.empty()) {
    (void)complain("no key named " + o.key_id +
                   " in trust.approvers of a policy verifies the signature over this text:");
    return std::fputs(signed_text(*said).c_str(), stderr), 2;
  }
  tell(o.hand, review_brief(hand->examined()) + since_then(last_approved(*hand), spec->root(), hand->review()));
  const auto left =
      unmet_lines(examine(*world, *hand->review_in(*world), hand->now()), {"PRR-APPR-", "PRR-EXP-02", "PRR-EXP-03"});
  const std::string verb = o.reject ? "rejection" : "approval";
  tell(o.hand, left.empty() ? "With this " + verb + " nothing is missing of the approvals.\n"
                            : "With this " + verb + " there remains:\n" + left);
  if (only_prints(o.hand)) return print_object(object), 0;
  const std::string what = (o.reject ? "Reject it as " : "Approve it as ") + draft->approver + ", " + draft->role + "?";
  if (const int refused = hand->agree(o.hand, what)) return refused;
  std::string json;
  append_json(json, object.root());
  const auto made = hand->client().create(kube::kApprovals, draft->ns, json, kPatience);
  const std::string name = "ReadinessApproval " + draft->ns + "/" + object_name;
  if (made || made.failure().already_exists())
    return std::printf("%s %s\n", name.c_str(), made ? "is written" : "is there already: you have said so before"), 0;
  return complain(made.failure());
}

}  // namespace

void add_approve(CLI::App& app, int& code) {
  auto o = std::make_shared<Options>();
  auto* verb = app.add_subcommand(
      "approve", "Show what a review says and what has changed since it was last approved, and approve it");
  add_hand_flags(*verb, o->hand);
  verb->add_option("--role", o->role, "Role in which you speak")
      ->required()
      ->check(CLI::IsMember({"owner", "peer", "product", "platform", "security", "risk", "legal", "finance"}));
  verb->add_flag("--reject", o->reject, "Reject it: that stands against any approval in the role");
  verb->add_option("--comment", o->comment, "What you want on record")->type_name("TEXT");
  verb->add_option("--approver", o->approver, "User name of the approver; in a cluster it is you")->type_name("USER");
  verb->add_flag("--signed-text", o->signed_text, "Print the text that a signature has to be over, and nothing else");
  verb->add_option("--signature", o->signature_file,
                   "File with a signature over that text: ssh-keygen's, a DSSE envelope, or base64")
      ->type_name("FILE");
  verb->add_option("--key-id", o->key_id, "Name of the key in trust.approvers of the policy")->type_name("NAME");
  verb->footer(
      "Examples:\n"
      "  launchgate approve faq-bot -n shop --role product\n"
      "  launchgate approve faq-bot --from . --role peer --approver bob@example.com --signed-text |\n"
      "    ssh-keygen -Y sign -n launchgate.dev -f ~/.ssh/id_ed25519 >bob.sig\n"
      "  launchgate approve faq-bot --from . --role peer --approver bob@example.com --signature bob.sig --key-id bob "
      ">bob.yaml\n");
  verb->callback([o, &code] { code = approve(*o); });
}

}  // namespace launchgate
