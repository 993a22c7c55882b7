// A ReadinessPolicy as the judgement sees it: decoded, packs applied, one setting for every gate of the table.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/doc.h"
#include "base/result.h"
#include "base/time.h"
#include "model/kind_set.h"
#include "model/limits.h"
#include "model/selector.h"
#include "model/strength.h"
#include "model/tier.h"

namespace launchgate {

enum class Mode : std::uint8_t { Audit, Warn, Enforce };
enum class GateMode : std::uint8_t { Off, Warn, Block };
enum class Posture : std::uint8_t { Ignore, Audit, Warn, Enforce };
std::string_view to_string(Mode mode);
std::string_view to_string(GateMode mode);
std::string_view to_string(Posture posture);
std::optional<Mode> parse_mode(std::string_view text);
std::optional<GateMode> parse_gate_mode(std::string_view text);
std::optional<Posture> parse_posture(std::string_view text);

// How certain it is that a workload is an LLM workload.
enum class Detected : std::uint8_t { None, Suspected, Signals, LlmKind, Covered, Labelled };
std::string_view to_string(Detected detected);  // none suspected detected llm-kind covered labelled

// A public key by which signatures are checked, and the name by which they refer to it.
struct TrustedKey {
  std::string name, pem;
};

struct GateSetting {
  PerTier<GateMode> mode{};
  PerTier<Strength> min_strength{};
  PerTier<std::optional<TimePoint>> enforce_from{};  // of a gate that blocks: until then it warns
  std::vector<Node> params;  // one set for each pack or policy that speaks: the gate has to hold with each; none = {}
};

struct TierFloor {
  Selector namespaces, workloads;
  Tier min = Tier::Low;
  std::string reason;
};

struct Policy {
  std::string name;                   // "(built-in)" for the baseline that applies where no policy matches
  std::shared_ptr<const Doc> object;  // keeps params alive
  Selector namespaces, workloads;     // absent = all
  Mode mode = Mode::Enforce;
  std::optional<TimePoint> enforce_from;
  std::vector<std::string> packs;
  std::vector<GateSetting> gates;  // by position in the gate table
  Limits limits;
  std::vector<TierFloor> floors;
  bool unknown_axis_worst = false;
  std::vector<std::string> exempt_namespaces, exempt_users, exempt_groups;  // a trailing * matches any rest
  std::array<Posture, 6> detection{Posture::Ignore,  Posture::Audit,   Posture::Warn,
                                   Posture::Enforce, Posture::Enforce, Posture::Enforce};  // by Detected
  bool allow_opt_out = false;
  bool deny_on_error = false;
  std::vector<std::string> risk_authorities[4];  // who may accept a risk, by its severity low..critical; empty = anyone
  std::vector<DeclaredKind> kinds;               // sound ones of workloadKinds[]; they hold in the whole cluster
  std::vector<Error> problems;                   // what of it was left out, and why: a condition, and never silence
  std::vector<std::string> waiver_authorities;   // who may grant waivers; empty = anyone outside the owning team
  std::map<std::string, std::vector<std::string>, std::less<>> approval_authorities;  // role -> who holds it
  std::vector<TrustedKey> eval_signers, approver_keys;
  std::string source;
};

}  // namespace launchgate
