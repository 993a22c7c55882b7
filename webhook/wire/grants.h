// What people grant: ReadinessApproval and ReadinessWaiver objects, made from what they said on the command line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/time.h"

namespace launchgate {

struct ApprovalDraft {
  std::string ns, review, digest, role, approver, comment;
  bool approves = true;
  std::vector<std::string> groups;                  // of the approver, as far as policies speak of them
  std::string reviewed_fields, reviewed_spec;       // verdict/approvals.h
  std::string signature_format, key_id, signature;  // none: empty
  std::string again;                                // the day, where the same was said on another day before
};
// Named after the review, the role and a digest of the rest: saying the same twice makes one object.
Doc approval_object(const ApprovalDraft& draft);

struct WaiverDraft {
  std::string ns, name, review, kind = "gate", reason, ticket, compensating, approver, until, from, to;
  std::vector<std::string> gates, groups, also;  // `also`: who agreed besides
};
Doc waiver_object(const WaiverDraft& draft);
std::string waiver_name(const WaiverDraft& draft);

// The same waiver until another date, renewed once more.
Doc renewed_waiver(Node waiver, const std::string& until, int renewals);

// When something ends that lasts `span` from now: a day for what lasts days, else a moment.
std::string end_of(TimePoint now, Seconds span);

}  // namespace launchgate
