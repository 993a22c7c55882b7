// A workload: an object of a gated kind, and the places in it that matter, found once through the kinds table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "model/kind_set.h"

namespace launchgate {

// One pod template (or the Pod itself, or a PodSpec that a kind holds without a template around it).
struct PodView {
  Node metadata, spec;                // metadata: nowhere around a bare PodSpec
  std::vector<Node> containers;       // that run as long as the pod: sidecars (KEP-753) stand behind the others
  std::vector<Node> init_containers;  // that end before those start
};

// An entry of env[], looked up once for all who ask.
struct EnvVariable {
  Node entry;
  std::string_view name;
  Node value, from;  // its value and valueFrom
};

// The environment of a container, or what a kind of an operator sets outside of one.
struct Environment {
  Node container;                   // nowhere outside of one
  bool init = false;                // of an init container
  Node sources;                     // envFrom[]
  std::size_t first = 0, last = 0;  // in Workload::variables
};

// Views into a Doc that must outlive it.
struct Workload {
  const Kind* kind = nullptr;  // null: of no kind in the table
  Node object;
  std::string_view api_version, kind_name, ns, name;
  Node labels, annotations;
  std::vector<PodView> pods;
  // What kinds of operators hold outside of pod templates. Empty for the core kinds.
  std::vector<Node> images;     // image_text() reads one
  std::vector<Node> models;     // texts
  std::vector<Node> arguments;  // lists of texts, or a text
  // Pod by pod: init containers, containers; then those outside of containers.
  std::vector<Environment> environments;
  std::vector<EnvVariable> variables;

  // `ns` and `name` win over the metadata (a request knows them; generateName has no name yet). `kinds`: those of the
  // snapshot; null: the built-in ones.
  static Workload view(Node object, std::string_view ns = {}, std::string_view name = {},
                       const KindSet* kinds = nullptr);
  // The same over one that was used before: what it has allocated serves again.
  void read(Node from, std::string_view in_ns, std::string_view known_as, const KindSet* kinds);
  void clear();
  void take_pods(std::vector<PodView> of_another);  // those of the object whose template it runs
  std::string reference() const;                    // "Deployment shop/faq-bot"
  std::string_view label(std::string_view key) const { return labels[key].text(); }
  std::span<const EnvVariable> variables_of(const Environment& e) const {
    return std::span{variables}.subspan(e.first, e.last - e.first);
  }
  // False: no variable has this name, and none can come from elsewhere. Cheap; most questions are for what is not there.
  bool may_set(std::string_view variable) const { return any_sources_ || (names_ & bit_of(variable)) != 0; }

 private:
  // One of 64 for a name.
  static std::uint64_t bit_of(std::string_view name) {
    const auto sum =
        name.size() * 7 +
        (name.empty() ? 0u : static_cast<unsigned char>(name.front()) + static_cast<unsigned char>(name.back()) * 3u);
    return std::uint64_t{1} << (sum & 63u);
  }
  std::uint64_t names_ = 0;  // the bits of all variables
  bool any_sources_ = false;

  void read_environments(Paths outside);
  void read_environment(Node container, Node list, bool init);
};

// "repo/app:v1" of a text, or of {registry, repository or name or image, tag} as operators write it; empty when it says nothing.
std::string image_text(Node image);

// The owner that controls it (ownerReferences[] with controller: true); nowhere when there is none.
Node controller_of(Node object);

}  // namespace launchgate
