#include "verdict/resolve.h"

#include <algorithm>
#include <vector>

namespace launchgate {
namespace {

struct Layer {
  Node node;
  std::uint8_t origin;
};

void merge(DocBuilder& build, const std::vector<Layer>& layers) {
  const Layer& strongest = layers.front();
  build.origin(strongest.origin);
  if (!strongest.node.is_object()) return build.copy(strongest.node);
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
      merge(build, below);
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
  else merge(build, present);
  doc.compact();
  return doc;
}

}  // namespace launchgate
