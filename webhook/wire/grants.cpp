#include "wire/grants.h"

#include "verdict/approvals.h"
#include "verdict/digest.h"
#include "wire/object_writer.h"

namespace launchgate {
namespace {

constexpr const char* kApiVersion = "launchgate.dev/v1alpha1";
// Annotations of an object may have 256 KiB in all (https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations);
// what does not fit is left out, and the diff with it.
constexpr std::size_t kMostAnnotation = 100u << 10, kMostName = 200, kLongText = 32768;

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += (out.empty() ? "" : ",") + item;
  return out;
}

void begin(ObjectWriter& w, const char* kind, const std::string& ns, const std::string& name) {
  w.text("apiVersion", kApiVersion);
  w.text("kind", kind);
  w.open("metadata");
  w.text("name", name);
  w.text("namespace", ns);
}

void annotation(ObjectWriter& w, std::string_view key, const std::string& value) {
  if (!value.empty() && value.size() <= kMostAnnotation) w.text(key, value, kMostAnnotation);
}

void list(ObjectWriter& w, const char* key, const std::vector<std::string>& items) {
  if (items.empty()) return;
  w.list(key);
  for (const std::string& item : items) w.build.string(item);
  w.close();
}

std::string short_digest(const std::string& text) { return sha256_hex(text).substr(0, 8); }

}  // namespace

Doc approval_object(const ApprovalDraft& d) {
  Doc doc;
  ObjectWriter w{doc};
  const std::string rest = d.digest + "\n" + d.approver + "\n" + (d.approves ? "approve" : "reject") +
                           (d.again.empty() ? "" : "\n" + d.again);
  begin(w, "ReadinessApproval", d.ns, d.review.substr(0, kMostName) + "-" + d.role + "-" + short_digest(rest));
  if (!d.groups.empty() || !d.reviewed_fields.empty()) {
    w.open("annotations");
    annotation(w, kApproverGroups, joined(d.groups));
    annotation(w, kReviewedFields, d.reviewed_fields);
    annotation(w, kReviewedSpec, d.reviewed_spec);
    w.close();
  }
  w.close();
  w.open("spec");
  w.text("review", d.review);
  w.text("reviewDigest", d.digest);
  w.text("role", d.role);
  w.text("approver", d.approver);
  w.text("decision", d.approves ? "approve" : "reject");
  w.text_if("comment", d.comment, kLongText);
  if (!d.signature.empty()) {
    w.open("signature");
    w.text("format", d.signature_format);
    w.text("keyId", d.key_id);
    w.text("value", d.signature, kLongText);
    w.close();
  }
  w.close();
  w.close();
  return doc;
}

std::string waiver_name(const WaiverDraft& d) {
  if (!d.name.empty()) return d.name;
  return d.review.substr(0, kMostName) + "-" + d.kind + "-" +
         short_digest(joined(d.gates) + "\n" + d.until + "\n" + d.reason);
}

Doc waiver_object(const WaiverDraft& d) {
  Doc doc;
  ObjectWriter w{doc};
  begin(w, "ReadinessWaiver", d.ns, waiver_name(d));
  if (!d.groups.empty()) {
    w.open("annotations");
    annotation(w, kApproverGroups, joined(d.groups));
    w.close();
  }
  w.close();
  w.open("spec");
  if (d.kind != "gate") w.text("kind", d.kind);
  w.text("review", d.review);
  list(w, "gates", d.gates);
  w.text_if("from", d.from);
  w.text_if("to", d.to);
  w.text("reason", d.reason, kLongText);
  w.text_if("ticket", d.ticket, kLongText);
  w.text_if("compensating", d.compensating, kLongText);
  w.text_if("approver", d.approver);
  list(w, "approvers", d.also);
  w.text("until", d.until);
  w.close();
  w.close();
  return doc;
}

Doc renewed_waiver(Node waiver, const std::string& until, int renewals) {
  Doc doc;
  ObjectWriter w{doc};
  for (Node member : waiver) {
    if (member.key() == "status") continue;
    w.build.key(member.key());
    if (member.key() != "spec") {
      w.build.copy(member);
      continue;
    }
    w.build.open(Type::Object);
    for (Node field : member) {
      if (field.key() == "until" || field.key() == "renewals") continue;
      w.build.key(field.key());
      w.build.copy(field);
    }
    w.text("until", until);
    w.number("renewals", static_cast<std::size_t>(renewals));
    w.close();
  }
  w.close();
  return doc;
}

std::string end_of(TimePoint now, Seconds span) {
  constexpr Seconds day = std::chrono::hours{24};
  return span % day == Seconds{0} ? format_date(now + span) : format_time(now + span);
}

}  // namespace launchgate
