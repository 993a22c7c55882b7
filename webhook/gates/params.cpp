// The parameters that gates take. Read the table top down: those of every gate, then those of single ones.
#include "gates/params.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/decimal.h"
#include "gates/facts.h"

namespace launchgate {
namespace {

using enum ParamType;

// clang-format off
constexpr std::array kRows{
    ParamRow{"waivable", "", Flag, "", "true", "no waiver excuses the gate",
             "false: no waiver excuses the gate"},
    ParamRow{"unknown", "", Word, "warn, block", "warn", "the gate blocks where it cannot find out",
             "block: it blocks where it cannot find out, such as for an object out of sight or a report that cannot be read"},
    ParamRow{"thresholds", "PRR-EVAL-02", Thresholds, "", "none", "the gate does not pass",
             "thresholds that hold besides those of the review: {metric, op, value}"},
    ParamRow{"maxAttackSuccessRate", "PRR-EVAL-09", Number, "", "none", "the gate does not pass",
             "the highest rate at which attacks may succeed, from 0 to 1"},
    ParamRow{"maxGap", "PRR-EVAL-11", Number, "", "that of the review", "the gate does not pass",
             "the largest gap between groups, where the review allows more"},
    ParamRow{"groups", "PRR-OWN-05", Texts, "", "none", "no name is excepted",
             "names of groups that look like those of a person"},
    ParamRow{"lowRoles", "PRR-APPR-01", CountOrTexts, "", "0", "the gate does not pass",
             "who approves at low: how many people in any role but owner, or the roles; \"a|b\" is either"},
    ParamRow{"moderateRoles", "PRR-APPR-01", CountOrTexts, "", "1", "the gate does not pass",
             "the same at moderate"},
    ParamRow{"highRoles", "PRR-APPR-01", CountOrTexts, "", "[product, platform|security]", "the gate does not pass",
             "the same at high"},
    ParamRow{"criticalRoles", "PRR-APPR-01", CountOrTexts, "", "[product, platform|security, risk|legal]", "the gate does not pass",
             "the same at critical"},
    ParamRow{"signed", "PRR-APPR-04", Flag, "", "false", "each approval has to be signed",
             "true: each approval has to be signed, not only typed"},
    ParamRow{"approvers", "PRR-EXP-04", Count, "", "1", "no waiver counts",
             "how many people have to grant a waiver"},
    ParamRow{"approval", "PRR-AGT-02", Word, "threshold, per-action", "threshold", "each action needs its approval",
             "the least approval that a tool needs whose actions cannot be undone"},
    ParamRow{"allowedUrls", "PRR-AGT-06", Texts, "", "any", "no address is allowed",
             "addresses at which an MCP server may be; a trailing * matches any rest"},
    ParamRow{"maxTtlDays", "PRR-AGT-07", Number, "", "none", "the gate does not pass",
             "after how many days the memory has to forget at the latest"},
};
// clang-format on
static_assert(kRows.size() == static_cast<std::size_t>(Param::MaxTtlDays) + 1, "one row for each Param");

bool is_set(Node value) { return value.doc() != nullptr; }  // `waivable:` with nothing behind it says something too

bool is_count(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_texts(Node value) {
  if (!value.is_array()) return false;
  for (Node item : value)
    if (!item.is_string()) return false;
  return true;
}

bool is_thresholds(Node value) {
  if (!value.is_array()) return false;
  for (Node t : value)
    if (!t["metric"].is_string() || !t["value"].is_number() || !holds("0", t["op"].text(), "0")) return false;
  return true;
}

// "warn, block" -> calls visit("warn"), visit("block")
template <class Visit>
void each_word(std::string_view words, Visit visit) {
  while (!words.empty()) {
    const auto comma = std::min(words.find(", "), words.size());
    visit(words.substr(0, comma));
    words.remove_prefix(std::min(comma + 2, words.size()));
  }
}

bool is_word(std::string_view words, std::string_view text) {
  bool found = false;
  each_word(words, [&](std::string_view word) { found |= word == text; });
  return found;
}

bool fits(const ParamRow& row, Node value) {
  switch (row.type) {
    case Flag: return value.is_bool();
    case Word: return value.is_string() && is_word(row.words, value.text());
    case Count: return value.is_number() && is_count(value.text());
    case Number: return value.is_number();
    case Texts: return is_texts(value);
    case CountOrTexts: return (value.is_number() && is_count(value.text())) || is_texts(value);
    case Thresholds: return is_thresholds(value);
  }
  return false;
}

// As a person would read it who sees 2 and "2" as one.
bool is_number_to_people(const ParamRow& row, Node value) {
  if (row.type == Number) return holds(value.text(), ">=", "0").has_value();
  return (row.type == Count || row.type == CountOrTexts) && is_count(value.text());
}

// What is asked of these has no stricter value to fall back to.
bool fails_unread(ParamType type) { return type != Flag && type != Word && type != Texts; }

}  // namespace

std::span<const ParamRow> param_table() { return kRows; }
const ParamRow& row_of(Param param) { return kRows[static_cast<std::size_t>(param)]; }

std::string form_of(const ParamRow& row) {
  switch (row.type) {
    case Flag: return "true or false";
    case Word: return "one of " + std::string{row.words};
    case Count: return "a whole number";
    case Number: return "a number";
    case Texts: return "a list of texts";
    case CountOrTexts: return "a whole number or a list of texts";
    case Thresholds: return "a list of {metric, op: >=|>|<=|<|==, value: a number}";
  }
  return {};
}

std::optional<std::string> fault_of(const ParamRow& row, Node value) {
  if (fits(row, value)) return {};
  std::string is = "is of type " + std::string{to_string(value.type())};
  if (!value) is = "is empty";
  else if (value.is_string()) is = "is the text \"" + shown(value.text()) + "\"";
  else if (value.is_number() || value.is_bool()) is = "is " + shown(value.text());
  const bool quoted =
      value.is_string() && (is_number_to_people(row, value) || value.text() == "true" || value.text() == "false");
  return is + ": expected " + form_of(row) + (quoted ? ", without quotes" : "");
}

Node param(Node params, Param which) { return params[row_of(which).name]; }

bool flag(Node params, Param which) {
  const Node value = param(params, which);
  const bool lax = row_of(which).absent == "true";
  return value.is_bool() ? value.is_true() : is_set(value) != lax;
}

std::string_view word(Node params, Param which) {
  const Node value = param(params, which);
  const auto words = row_of(which).words;
  if (!is_set(value)) return words.substr(0, words.find(','));
  const auto text = value.text();
  return value.is_string() && is_word(words, text) ? text : words.substr(words.rfind(' ') + 1);
}

bool unreadable_list(Node params, Param which) {
  const Node value = param(params, which);
  return is_set(value) && !value.is_array();
}

std::optional<double> number(Node params, Param which) {
  const Node value = param(params, which);
  if (!fits(row_of(which), value) && !is_number_to_people(row_of(which), value)) return {};
  return std::strtod(std::string{value.text()}.c_str(), nullptr);
}

void demand_readable(Finding& found, std::string_view gate, Node params) {
  if (found.outcome == Outcome::Fail || found.outcome == Outcome::NotApplicable) return;
  for (const ParamRow& row : kRows) {
    const Node value = row.gate == gate && fails_unread(row.type) ? params[row.name] : Node{};
    if (!is_set(value) || is_number_to_people(row, value)) continue;
    const auto fault = fault_of(row, value);
    if (!fault) continue;
    const auto name = std::string{gate} + ".params." + std::string{row.name};
    found = fail("PolicyParamUnreadable", "the policy's " + name + " " + *fault, {},
                 "have the policy's author mend spec.gates." + name);
    return;
  }
}

}  // namespace launchgate
