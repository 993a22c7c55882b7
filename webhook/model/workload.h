// A workload: an object of a gated kind, and the places in it that matter, found once through the kinds table.
#pragma once

#include <string_view>
#include <vector>

#include "base/doc.h"
#include "model/kinds.h"

namespace launchgate {

// One pod template (or the Pod itself).
struct PodView {
  Node metadata, spec;
  std::vector<Node> containers;  // without init containers
  std::vector<Node> init_containers;
};

// Views into a Doc that must outlive it.
struct Workload {
  const Kind* kind = nullptr;  // null: not a gated kind
  Node object;
  std::string_view api_version, kind_name, ns, name;
  Node labels, annotations;
  std::vector<PodView> pods;

  // `ns` and `name` win over the metadata (a request knows them; generateName has no name yet).
  static Workload view(Node object, std::string_view ns = {}, std::string_view name = {});
  std::string reference() const;  // "Deployment shop/faq-bot"
  std::string_view label(std::string_view key) const { return labels[key].text(); }
};

// The owner that controls it (ownerReferences[] with controller: true); nowhere when there is none.
Node controller_of(Node object);

}  // namespace launchgate
