// What somebody asks of the cluster: the part of an AdmissionRequest that the judgement needs. The audit and the
// command line make one of an object that exists or stands in a file.
#pragma once

#include <string_view>
#include <vector>

#include "base/doc.h"

namespace launchgate {

enum class Operation : std::uint8_t { Create, Update, Other };

// Views into a Doc that must outlive it.
struct Change {
  Operation operation = Operation::Create;
  std::string_view group, kind, ns, name;
  std::string_view subresource;
  std::string_view user;
  std::vector<std::string_view> groups;
  bool dry_run = false;
  Node after;   // request.object
  Node before;  // request.oldObject; nowhere on CREATE
};

}  // namespace launchgate
