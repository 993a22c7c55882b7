// What changed between two specs, field by field, for people who are asked to approve the later one.
#pragma once

#include <string>
#include <vector>

#include "base/doc.h"

namespace launchgate {

struct FieldChange {
  std::string path;           // "useCase.tools[refund].effect": items by their name or id, else by position
  std::string before, after;  // JSON on one line, clipped, nothing secret-like in it; empty: absent
};

// In the order of `after`, what is gone last.
std::vector<FieldChange> spec_diff(Node before, Node after);

// A line a change: "+ path: value", "- path: value", "~ path: before -> after".
std::string diff_text(const std::vector<FieldChange>& changes);

}  // namespace launchgate
