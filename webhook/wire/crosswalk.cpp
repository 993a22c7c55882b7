#include "wire/crosswalk.h"

#include <algorithm>
#include <cstdlib>

#include "base/yaml_read.h"
#include "gates/table.h"
#include "wire/embedded.h"

namespace launchgate {
namespace {

std::string str(Node n) { return std::string{n.text()}; }

Crosswalk read(Node root) {
  Crosswalk out{str(root["id"]), str(root["title"]), str(root["source"]), {}};
  for (Node c : root["controls"]) {
    Control control{std::string{c.key()}, str(c["title"]), parse_time(c["from"].text()), {}};
    for (Node gate : c["gates"])
      if (const auto position = find_gate(gate.text())) control.gates.push_back(*position);
    out.controls.push_back(std::move(control));
  }
  return out;
}

}  // namespace

std::span<const Crosswalk> crosswalks() {
  static const auto all = [] {
    std::vector<Crosswalk> out;
    for (const auto& file : embedded_files()) {
      if (file.name.substr(0, 11) != "crosswalks/") continue;
      const auto docs = read_yaml(file.text);
      if (!docs || docs->empty()) std::abort();  // compiled in; a test reads every one
      out.push_back(read(docs->front().root()));
    }
    return out;
  }();
  return all;
}

std::vector<const Control*> supported_by(std::size_t gate, const Crosswalk& crosswalk) {
  std::vector<const Control*> out;
  for (const Control& c : crosswalk.controls)
    if (std::find(c.gates.begin(), c.gates.end(), gate) != c.gates.end()) out.push_back(&c);
  return out;
}

std::string control_text(const Control& c) {
  return c.id + (c.title.empty() ? "" : " " + c.title) + (c.from ? " (from " + format_date(*c.from) + ")" : "");
}

}  // namespace launchgate
