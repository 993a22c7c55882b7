// A Kubernetes label selector (metav1.LabelSelector), decoded once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/result.h"

namespace launchgate {

class Selector {
 public:
  // Absent = selects nothing in Kubernetes; who wants "absent = all" asks `present`. Errors name the bad operator.
  static Result<Selector> decode(Node node);

  bool present() const { return present_; }
  // An empty selector matches everything. `labels` is the object of labels; nowhere counts as none.
  bool matches(Node labels) const;

 private:
  struct Requirement {
    std::string key;
    enum class Op { In, NotIn, Exists, DoesNotExist } op;
    std::vector<std::string> values;
  };
  bool present_ = false;
  std::vector<Requirement> requirements_;
};

}  // namespace launchgate
