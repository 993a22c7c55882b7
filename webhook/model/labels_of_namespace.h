// The labels of a namespace for selectors. Every namespace carries its name as kubernetes.io/metadata.name, so that label
// is there also where nobody has seen the Namespace object: a folder of manifests seldom holds it.
#pragma once

#include <string_view>

#include "base/doc.h"
#include "model/snapshot.h"

namespace launchgate {

// Keep it while its root() is in use.
class LabelsOfNamespace {
 public:
  LabelsOfNamespace(const Snapshot& world, std::string_view ns);
  LabelsOfNamespace(const LabelsOfNamespace&) = delete;
  LabelsOfNamespace& operator=(const LabelsOfNamespace&) = delete;
  Node root() const { return known_ ? known_ : implied_.root(); }

 private:
  Node known_;
  Doc implied_;
};

}  // namespace launchgate
