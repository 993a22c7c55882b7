// A ReadinessApproval as the judgement sees it: one person's word on one state of one review.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/time.h"

namespace launchgate {

struct Approval {
  std::string ns, name;
  std::shared_ptr<const Doc> object;
  std::string review, digest;  // "v1:sha256:…" of what was read
  std::string role, approver;
  std::vector<std::string> approver_groups;  // as the annotation launchgate.dev/approver-groups says
  bool approves = false;                     // else it rejects
  std::optional<TimePoint> created;
  std::string source;

  // Found when a snapshot is built (verdict/approvals).
  std::vector<std::string> verified_by;  // trusted keys, in PEM, with which its signature verifies
  std::vector<std::string> changed;      // fields that differ from what was read, where the approval recorded them

  bool is_signed() const { return static_cast<bool>(object->root()["spec"]["signature"]); }
};

}  // namespace launchgate
