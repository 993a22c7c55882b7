#include "verdict/approvals.h"

#include <algorithm>
#include <map>

#include "base/json_write.h"
#include "verdict/digest.h"
#include "verdict/signature.h"
#include "verdict/ssh_signature.h"

namespace launchgate {
namespace {

constexpr std::size_t kDigits = 8;

using Fields = std::map<std::string, std::string, std::less<>>;  // path -> digest

void add(Fields& out, std::string path, Node value) {
  std::string text;
  append_canonical_json(text, value, [](std::string_view) -> KeyTest { return is_operational; });
  out[std::move(path)] = sha256_hex(text).substr(0, kDigits);
}

Fields fields_of(Node spec) {
  Fields out;
  for (Node section : spec) {
    const std::string name{section.key()};
    if (!section || outside_review_digest(name)) continue;
    if (!section.is_object()) add(out, name, section);
    else
      for (Node field : section)
        if (field && !is_operational(field.key())) add(out, name + "." + std::string{field.key()}, field);
  }
  return out;
}

Fields parse_fields(std::string_view text) {
  Fields out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto item = text.substr(0, comma);
    if (const auto equals = item.find('='); equals != std::string_view::npos)
      out[std::string{item.substr(0, equals)}] = item.substr(equals + 1);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::vector<std::string> changed_fields(const Fields& then, Node spec) {
  const Fields now = fields_of(spec);
  std::vector<std::string> out;
  for (const auto& [path, digest] : now) {
    const auto found = then.find(path);
    if (found == then.end() || found->second != digest) out.push_back(path);
  }
  for (const auto& [path, digest] : then)
    if (!now.count(path)) out.push_back(path);
  std::sort(out.begin(), out.end());
  return out;
}

// The keys of every policy: a gate asks those that match whether they hold the one that verified.
std::vector<std::string> verified_by(const Snapshot& world, const Approval& a) {
  std::vector<std::string> out;
  const Node signature = a.object->root()["spec"]["signature"];
  if (!signature) return out;
  const auto text = signed_text(a);
  const auto format = signature["format"].text(), value = signature["value"].text();
  const auto envelope = format == "dsse" ? read_envelope(value) : std::nullopt;
  for (const Policy& p : world.policies)
    for (const TrustedKey& key : p.approver_keys) {
      if (key.name != signature["keyId"].text()) continue;
      const bool good = envelope             ? envelope->payload == text && verifies(*envelope, key.pem)
                        : format == "cosign" ? verifies(text, value, key.pem)
                        : format == "ssh"    ? verifies_ssh(text, value, key.pem)
                                             : false;
      if (good) out.push_back(key.pem);
    }
  return out;
}

}  // namespace

std::string signed_text(const Approval& a) {
  return "launchgate.dev/approval/v1\n" + a.ns + "/" + a.review + "\n" + a.digest + "\n" + a.role + "\n" + a.approver +
         "\n" + (a.approves ? "approve" : "reject") + "\n";
}

std::string reviewed_fields(Node spec) {
  std::string out;
  for (const auto& [path, digest] : fields_of(spec)) out += (out.empty() ? "" : ",") + path + "=" + digest;
  return out;
}

void examine_approvals(Snapshot& world, const Snapshot*) {
  for (auto& approval : world.approvals) {
    const bool is_signed = approval->is_signed();
    const auto recorded = approval->object->root()["metadata"]["annotations"][kReviewedFields].text();
    const Review* review = recorded.empty() ? nullptr : world.find_review(approval->ns, approval->review);
    const bool stale = review && review->digest != approval->digest;
    if (!is_signed && !stale) continue;
    auto examined = std::make_shared<Approval>(*approval);
    if (is_signed) examined->verified_by = verified_by(world, *approval);
    if (stale) examined->changed = changed_fields(parse_fields(recorded), review->spec());
    approval = std::move(examined);
  }
}

}  // namespace launchgate
