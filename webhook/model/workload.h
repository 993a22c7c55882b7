// A workload: an object of a gated kind, and the places in it that matter, found once through the kinds table.
#pragma once

#include <string_view>
#include <vector>

#include "base/doc.h"
#include "model/kind_set.h"

namespace launchgate {

// One pod template (or the Pod itself, or a PodSpec that a kind holds without a template around it).
struct PodView {
  Node metadata, spec;           // metadata: nowhere around a bare PodSpec
  std::vector<Node> containers;  // without init containers
  std::vector<Node> init_containers;
};

// Views into a Doc that must outlive it.
struct Workload {
  const Kind* kind = nullptr;  // null: of no kind in the table
  Node object;
  std::string_view api_version, kind_name, ns, name;
  Node labels, annotations;
  std::vector<PodView> pods;
  // What kinds of operators hold outside of pod templates. Empty for the core kinds.
  std::vector<Node> images;        // image_text() reads one
  std::vector<Node> models;        // texts
  std::vector<Node> arguments;     // lists of texts, or a text
  std::vector<Node> environments;  // lists like a container's env

  // `ns` and `name` win over the metadata (a request knows them; generateName has no name yet). `kinds`: those of the
  // snapshot; null: the built-in ones.
  static Workload view(Node object, std::string_view ns = {}, std::string_view name = {},
                       const KindSet* kinds = nullptr);
  // The same over one that was used before: what it has allocated serves again.
  void read(Node from, std::string_view in_ns, std::string_view known_as, const KindSet* kinds);
  void clear();
  std::string reference() const;  // "Deployment shop/faq-bot"
  std::string_view label(std::string_view key) const { return labels[key].text(); }
};

// "repo/app:v1" of a text, or of {registry, repository or name or image, tag} as operators write it; empty when it says nothing.
std::string image_text(Node image);

// The owner that controls it (ownerReferences[] with controller: true); nowhere when there is none.
Node controller_of(Node object);

}  // namespace launchgate
