// The rules of crds/*.yaml that span fields (x-kubernetes-validations, CEL), in C++, for what no API server has seen.
//
// In a cluster the API server has refused what breaks them before a cache can hold it; files come straight from a
// person. So schema.cpp asks these where it reads a file, and a file is refused with the rule's own message.
//
// The key is the text of the rule as it stands in the CRD: a rule that is changed there has no twin until it is changed
// here too, and a test says so. That both say the same of an object is shown against the API server's own library
// (tests/crds/apiserver).
#pragma once

#include <span>
#include <string_view>

#include "base/doc.h"

namespace launchgate {

struct Rule {
  std::string_view text;
  // `self` fits its schema. Null for a rule about a change (oldSelf): a file has no object before it.
  bool (*holds)(Node self);
  // Of a rule about the keys of a map: whether one key keeps it, so that a message names the one that does not.
  bool (*key)(std::string_view key) = nullptr;
};

std::span<const Rule> rule_table();

// The twin of the rule with this text; null where there is none.
const Rule* find_rule(std::string_view text);

}  // namespace launchgate
