// Grounds: what stands behind a verdict, for whoever reports it: the facts that its gates saw, and with them whether a
// waiver is in force, where an approval stands, and which limits hold.
//
//   const Grounds grounds{world, verdict};
//   if (const auto fault = grounds.fault(waiver)) …  // as PRR-EXP-04 says it
#pragma once

#include "gates/approvals.h"
#include "gates/facts.h"
#include "verdict/verdict.h"

namespace launchgate {

// Where one approval stands.
enum class Voice : std::uint8_t {
  Valid,           // counts for the review as it is now
  Rejects,         // a no to the review as it is now
  Overruled,       // somebody rejects in the same role
  NotIndependent,  // whoever gave it is no outsider
  NoAuthority,     // a policy does not give the person this role
  Void,            // for an earlier state, and nobody has spoken in this role since
  Superseded,      // for an earlier state; the role has spoken since
};
std::string_view to_string(Voice voice);  // CamelCase

// `world` and `verdict`, which has judged by a review, outlive it. One thread's.
class Grounds {
 public:
  Grounds(const Snapshot& world, const Verdict& verdict);
  Grounds(const Grounds&) = delete;
  Grounds& operator=(const Grounds&) = delete;

  const Facts& facts() const { return facts_; }
  // Why a waiver that concerns the review is not in force; nothing when it is.
  std::optional<Finding> fault(const Waiver& waiver) const;
  Voice voice(const Approval& approval) const;

 private:
  const PolicySet policies_;
  const Facts facts_;
  const Standing standing_;
};

}  // namespace launchgate
