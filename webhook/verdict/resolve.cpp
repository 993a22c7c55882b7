#include "verdict/resolve.h"

#include <algorithm>
#include <vector>

namespace launchgate {
namespace {

struct Layer {
  Node node;
  std::uint8_t origin;
};

// A null says nothing, and so it is not there: a value that holds one has to be written anew.
bool holds_null(Node node) {
  if (!node.is_object()) return false;  // what stands in a list stays
  for (Node member : node)
    if (!member || holds_null(member)) return true;
  return false;
}

bool stands_alone(const std::vector<Layer>& layers) {
  const Node strongest = layers.front().node;
  if (!strongest.is_object()) return true;
  return !holds_null(strongest) &&
         std::none_of(layers.begin() + 1, layers.end(), [](const Layer& l) { return l.node.is_object(); });
}

void merge(DocBuilder& build, const std::vector<Layer>& layers) {
  const Layer& strongest = layers.front();
  build.origin(strongest.origin);
  build.line(strongest.node.line());
  build.open(Type::Object);
  std::vector<std::string_view> done;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (!layers[i].node.is_object()) continue;
    for (Node member : layers[i].node) {
      const auto key = member.key();
      if (!member || std::find(done.begin(), done.end(), key) != done.end()) continue;
      done.push_back(key);
      std::vector<Layer> below;
      for (std::size_t k = i; k < layers.size(); ++k)
        if (Node n = layers[k].node[key]) below.push_back({n, layers[k].origin});
      build.key(key);
      if (stands_alone(below)) build.refer(below.front().node, below.front().origin);
      else merge(build, below);
    }
  }
  (void)build.close();  // `done` keeps the keys apart
}

}  // namespace

Doc merge_layers(std::span<const Node> layers) {
  Doc doc;
  DocBuilder build{doc};
  std::vector<Layer> present;
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i]) present.push_back({layers[i], static_cast<std::uint8_t>(i)});
  if (present.empty()) build.open(Type::Object), (void)build.close();
  else if (!present.front().node.is_object()) build.origin(present.front().origin), build.copy(present.front().node);
  else merge(build, present);
  doc.compact();
  return doc;
}

}  // namespace launchgate
