// The gate table: every gate that launchgate knows, in the order in which people read them. One row a gate; the
// check itself is one file beside this one. Adding a gate: its file, its row, its fixtures, and `make docs`.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gates/facts.h"
#include "gates/finding.h"

namespace launchgate {

struct Gate {
  std::string_view id;       // PRR-COST-01: never reused, never renumbered
  std::string_view slug;     // budget-set
  std::string_view tiers;    // baseline for low, moderate, high, critical: B blocks, W warns, - is off
  std::string_view path;     // the field that it is about
  std::string_view applies;  // when it applies, in words
  std::string_view catches;  // the failure that it catches
  std::string_view why;      // one sentence
  std::string_view fix;      // one imperative line with the YAML path
  Finding (*check)(const Facts&);
  bool without_review;  // it judges the workload itself, so it also runs where no review covers it
  bool review_only;     // it reads neither the workload nor the date: what it finds may be remembered for the review

  std::string_view section() const { return id.substr(4, id.find('-', 4) - 4); }  // "COST"
  GateMode baseline(Tier tier) const;
};

std::span<const Gate> gate_table();

// Position in the table; by id ("PRR-COST-01", "cost-01") or slug.
std::optional<std::size_t> find_gate(std::string_view id_or_slug);

// What is wrong with the table itself (ids out of shape or twice, empty texts). Checked at start and by a test.
std::optional<std::string> validate_gate_table();

}  // namespace launchgate
