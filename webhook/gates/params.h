// What a policy may say of a gate besides its mode: spec.gates.<id>.params. One table, from which follow how a gate reads
// a parameter, what is said of a wrong one (wire/params), and what `launchgate explain` and docs/gates.md list.
//
// A file with a value that cannot be read is refused. An API server knows no types here, so in a cluster such a value
// comes through: then the stricter reading holds, and never that of a policy that says nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/doc.h"
#include "gates/finding.h"

namespace launchgate {

enum class Param : std::uint8_t {
  Waivable,
  Unknown,
  Thresholds,
  MaxAttackSuccessRate,
  MaxGap,
  Groups,
  LowRoles,
  ModerateRoles,
  HighRoles,
  CriticalRoles,
  Signed,
  Approvers,
  Approval,
  AllowedUrls,
  MaxTtlDays,
};

enum class ParamType : std::uint8_t {
  Flag,          // true or false
  Word,          // one of `words`
  Count,         // 0, 1, 2
  Number,        // 0.15
  Texts,         // [a, b]
  CountOrTexts,  // how many, or which
  Thresholds,    // [{metric, op, value}]
};

struct ParamRow {
  std::string_view name;  // waivable
  std::string_view gate;  // the id of the one that takes it; empty: every gate does
  ParamType type;
  std::string_view words;    // of a Word, the laxer first: "warn, block"
  std::string_view absent;   // what holds where it is not set: of a Flag its laxer value
  std::string_view unread;   // what holds while its value cannot be read
  std::string_view meaning;  // one sentence

  bool taken_by(std::string_view id) const { return gate.empty() || gate == id; }
};

std::span<const ParamRow> param_table();  // in the order of Param
const ParamRow& row_of(Param param);

// "true or false", "one of warn, block", "a list of texts"
std::string form_of(const ParamRow& row);

// What is wrong with a value: `is the text "false": expected true or false, without quotes`. Nothing when it can be read.
std::optional<std::string> fault_of(const ParamRow& row, Node value);

// ---- How gates and the judgement read them: there is no other way (a test holds them to it). `params`: of one policy. ----

Node param(Node params, Param which);                    // as it stands; nowhere when it is not set
bool flag(Node params, Param which);                     // what cannot be read is the stricter of the two
std::string_view word(Node params, Param which);         // likewise
bool unreadable_list(Node params, Param which);          // set, and no list
std::optional<double> number(Node params, Param which);  // "2" is one as well; nothing when unset or unreadable

// A gate that passes, though its policy asks something that cannot be read, does not.
void demand_readable(Finding& found, std::string_view gate, Node params);

}  // namespace launchgate
