#include "model/labels_of_namespace.h"

namespace launchgate {

LabelsOfNamespace::LabelsOfNamespace(const Snapshot& world, std::string_view ns) : known_(world.namespace_labels(ns)) {
  if (known_ || ns.empty()) return;
  DocBuilder build{implied_};
  build.open(Type::Object);
  build.key("kubernetes.io/metadata.name");
  build.string(ns);
  (void)build.close();
}

}  // namespace launchgate
