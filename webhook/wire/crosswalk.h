// Which controls of public frameworks a gate supports: the data of policies/crosswalks, compiled in. "Supports" means
// evidence towards a control, never that anything complies with it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"

namespace launchgate {

struct Control {
  std::string id, title;           // "LLM06:2026", "Unbounded Consumption"; some frameworks give numbers only
  std::optional<TimePoint> from;   // when the duty applies, where it is one
  std::vector<std::size_t> gates;  // positions in the gate table
};

struct Crosswalk {
  std::string id, title, source;  // "owasp-llm-2026", as people call it, where it is published
  std::vector<Control> controls;  // as in the file
};
std::span<const Crosswalk> crosswalks();

// Of one crosswalk, the controls that a gate supports.
std::vector<const Control*> supported_by(std::size_t gate, const Crosswalk& crosswalk);

// "LLM06:2026 Unbounded Consumption", "Art. 14 (from 2027-12-02)".
std::string control_text(const Control& control);

}  // namespace launchgate
