// Validates launchgate's own objects against the CRDs compiled into the program, as the API server would: types,
// enums, patterns, bounds, required fields, list keys, and the rules that span fields (rules.h). What comes out of a
// cluster's caches was validated by the API server when it was written, and is not validated again.
#pragma once

#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/result.h"

namespace launchgate {

struct SchemaReport {
  std::vector<Error> errors;   // with field and line; at most 20
  std::vector<Error> unknown;  // fields that the schema lacks: tolerated (a newer version may know them), but said
};

// True if the kind is one of ours, of any version.
bool is_launchgate_kind(std::string_view api_version, std::string_view kind);

SchemaReport validate(Node object);

}  // namespace launchgate
