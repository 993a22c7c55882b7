// The kinds that a review's references lead to (reference: workloads §3), beside the workloads themselves. What is not
// here is not kept: it costs memory and says nothing.
#pragma once

#include <span>
#include <string_view>

namespace launchgate {

struct ReferenceKind {
  std::string_view group;                      // "" for core
  std::span<const std::string_view> versions;  // the preferred first
  std::string_view kind, plural;
  bool namespaced;
};

std::span<const ReferenceKind> reference_kinds();

// By the kind's name alone: a reference ("configmap/faq-evals") says no more.
bool is_reference_kind(std::string_view kind);

}  // namespace launchgate
