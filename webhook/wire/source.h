// Files -> objects -> World. One reader for the directory of `serve --from`, for `check` and for tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/result.h"
#include "verdict/build.h"

namespace launchgate {

// One object of a file. The Doc holds what launchgate keeps of it: without managedFields, and without status but for
// a review's approvedRevisions.
struct SourceObject {
  std::string file;
  std::uint32_t line = 0;
  std::shared_ptr<const Doc> object;
  std::vector<Error> unknown_fields;  // of one of our kinds: tolerated, but a person should hear of a typing error
};

// The objects of one file: YAML (several documents) or JSON; Lists are flattened; Secrets are dropped unread;
// documents without apiVersion and kind are ignored. launchgate's own kinds are validated against their CRDs.
// One faulty document makes the file faulty: half of what somebody wrote is not what they meant.
Result<std::vector<SourceObject>> read_source(std::string_view file, std::string_view bytes);

// Decodes and sorts the objects into a World. The same object twice is a problem that names both places, and neither
// is used. Nothing else is lost: every problem is in World::problems.
World assemble(const std::vector<SourceObject>& objects);

}  // namespace launchgate
