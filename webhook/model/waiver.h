// A ReadinessWaiver as the judgement sees it: gates excused for a time, one step off the tier, or an emergency.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/time.h"
#include "model/selector.h"
#include "model/tier.h"

namespace launchgate {

struct Waiver {
  enum class Kind : std::uint8_t { Gate, TierOverride, BreakGlass };
  std::string ns, name;
  std::shared_ptr<const Doc> object;
  Kind kind = Kind::Gate;
  std::string review;  // empty: by `selector`
  Selector selector;
  std::vector<std::size_t> gates;  // positions in the gate table; with BreakGlass none means all
  std::optional<Tier> from, to;    // TierOverride
  std::string approver;
  std::vector<std::string> approvers;        // who agreed besides
  std::vector<std::string> approver_groups;  // of `approver`, as the annotation launchgate.dev/approver-groups says
  std::optional<TimePoint> until;            // its very end: a date includes its day
  std::optional<TimePoint> created;
  int renewals = 0;
  std::string source;

  bool excuses(std::size_t gate) const;
  // The last day on which it holds, as people write it.
  std::string last_day() const { return until ? format_date(*until - Seconds{1}) : std::string{}; }
};

}  // namespace launchgate
