// What a gate found. An unmet gate is a value, never an error.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/strength.h"

namespace launchgate {

enum class Outcome : std::uint8_t {
  Pass,
  Fail,
  Warn,           // met, with something a person should look at; never blocks
  NotApplicable,  // with the reason
  Waived,         // failed and excused for a time; never counted as a pass
  Unknown,        // the fact could not be had; never silently a pass
};
std::string_view to_string(Outcome outcome);

struct Finding {
  Outcome outcome = Outcome::Pass;
  Strength strength = Strength::Claimed;  // of the evidence under a Pass or a Warn
  std::string_view reason;                // stable CamelCase word, a literal
  std::string message;                    // the fact, with path and value; no secret-like value, no full stop
  std::string path;                       // more exact than the row's; empty = the row's
  std::string fix;                        // more exact than the row's; empty = the row's
};

inline constexpr std::string_view kSatisfied = "Satisfied";  // the reason of a Pass

// Makers, so that a gate reads as a sentence. Most results are passes: what leads to the others is kept out of their way.
Finding pass(Strength strength = Strength::Claimed, std::string message = {});
[[gnu::cold]] Finding fail(std::string_view reason, std::string message, std::string path = {}, std::string fix = {});
// Most warnings are about something that was not found, and what it was to prove is no more than claimed. Where the
// evidence is as good as under a pass, the first argument says so.
[[gnu::cold]] Finding warn(std::string_view reason, std::string message, std::string path = {}, std::string fix = {});
[[gnu::cold]] Finding warn(Strength evidence, std::string_view reason, std::string message, std::string path = {},
                           std::string fix = {});
Finding not_applicable(std::string message);
[[gnu::cold]] Finding unknown(std::string_view reason, std::string message, std::string path = {},
                              std::string fix = {});

// Several offenders of a list as one finding: five are named, the rest is counted; the first one decides reason, path
// and fix.
//
//   Offenders bad;
//   for (...) bad.add("RiskUndecided", "risk R1 has no disposition", "spec.risks[0].disposition");
//   if (bad) return bad.finding();
class Offenders {
 public:
  [[gnu::cold]] void add(std::string_view reason, std::string message, std::string path, std::string fix = {});
  // The same of what a hostile object may hold by the hundred thousand: each is called only where its text is used.
  template <std::invocable Message, std::invocable Path>
  void add(std::string_view reason, Message message, Path path) {
    if (count_ >= kNamed) ++count_;
    else add(reason, message(), count_ == 0 ? path() : std::string{});
  }
  explicit operator bool() const { return count_ != 0; }
  [[gnu::cold]] Finding finding() const;                                       // that fails
  [[gnu::cold]] Finding warning(Strength evidence = Strength::Claimed) const;  // as warn() says

 private:
  static constexpr std::size_t kNamed = 5;
  Finding first_;  // its message grows
  std::size_t count_ = 0;
};

}  // namespace launchgate
