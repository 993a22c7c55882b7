// Which policies speak for a workload, and what they say together: gate by gate the stricter mode and the stricter
// limit (DESIGN §3 step 9).
#pragma once

#include <memory>
#include <vector>

#include "gates/table.h"
#include "model/snapshot.h"
#include "model/workload.h"

namespace launchgate {

// What an unmet gate leads to. Ordered: the stricter is the greater.
enum class Action : std::uint8_t { Off, Record, Warn, Deny };
std::string_view to_string(Action action);

class PolicySet {
 public:
  // The policies whose selectors match; the built-in baseline where none does.
  PolicySet(const Snapshot& world, std::string_view ns, Node workload_labels);

  const std::vector<const Policy*>& policies() const { return policies_; }
  // The policy that exempts the namespace, user or a group; null when none does.
  const Policy* exempting(std::string_view ns, std::string_view user,
                          const std::vector<std::string_view>& groups) const;
  bool allow_opt_out() const;       // every policy allows it
  bool unknown_axis_worst() const;  // any policy says so
  bool deny_on_error() const;       // any policy says so
  Mode mode(TimePoint now) const;   // the strictest in force
  Posture posture(Detected detected) const;
  const Limits& limits() const { return limits_; }
  // Whose authorities gates consult: of several policies, what all of them say together.
  const Policy& authority() const { return together_ ? *together_ : *policies_.front(); }

  // What an unmet gate leads to for a workload of this class, and since when it is only a warning.
  struct Effect {
    Action action = Action::Off;
    const Policy* by = nullptr;              // the policy that made it so
    std::optional<TimePoint> enforced_from;  // in the future: until then it warns
    Strength min_strength = Strength::Claimed;
    bool unknown_blocks = false;  // any policy says so
    std::vector<Node> params;     // of every policy that sets some: the gate has to hold with each
  };
  Effect effect(std::size_t gate, Tier tier, Detected detected, TimePoint now) const;
  // The same for what denies wherever the mode is warn or enforce: suspend and blocked risks.
  Action stop(Detected detected) const;

 private:
  std::vector<const Policy*> policies_;
  std::unique_ptr<const Policy> together_;  // where there are several
  Limits limits_;
};

}  // namespace launchgate
