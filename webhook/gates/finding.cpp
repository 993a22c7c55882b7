#include "gates/finding.h"

#include <array>
#include <utility>

namespace launchgate {

std::string_view to_string(Outcome outcome) {
  constexpr std::array<std::string_view, 6> names{"Pass", "Fail", "Warn", "NotApplicable", "Waived", "Unknown"};
  return names[static_cast<std::size_t>(outcome)];
}

Finding pass(Strength strength, std::string message) {
  return {Outcome::Pass, strength, kSatisfied, std::move(message), {}, {}};
}
Finding fail(std::string_view reason, std::string message, std::string path, std::string fix) {
  return {Outcome::Fail, Strength::Claimed, reason, std::move(message), std::move(path), std::move(fix)};
}
Finding warn(std::string_view reason, std::string message, std::string path, std::string fix) {
  return warn(Strength::Claimed, reason, std::move(message), std::move(path), std::move(fix));
}
Finding warn(Strength evidence, std::string_view reason, std::string message, std::string path, std::string fix) {
  return {Outcome::Warn, evidence, reason, std::move(message), std::move(path), std::move(fix)};
}
Finding not_applicable(std::string message) {
  return {Outcome::NotApplicable, Strength::Claimed, "NotApplicable", std::move(message), {}, {}};
}
Finding unknown(std::string_view reason, std::string message, std::string path, std::string fix) {
  return {Outcome::Unknown, Strength::Claimed, reason, std::move(message), std::move(path), std::move(fix)};
}

void Offenders::add(std::string_view reason, std::string message, std::string path, std::string fix) {
  if (count_++ == 0) first_ = fail(reason, std::move(message), std::move(path), std::move(fix));
  else if (count_ <= kNamed) first_.message += "; " + message;
}

Finding Offenders::finding() const {
  Finding f = first_;
  if (count_ > kNamed) f.message += " and " + std::to_string(count_ - kNamed) + " more";
  return f;
}
Finding Offenders::warning(Strength evidence) const {
  Finding f = finding();
  f.outcome = Outcome::Warn;
  f.strength = evidence;
  return f;
}

}  // namespace launchgate
