// The small path language of the kinds table: ".key" steps, "[]" every element of a list, "{*}" every value of a
// map, "" the object itself. Example: "spec.workerGroupSpecs[].template".
#pragma once

#include <string_view>

#include "base/doc.h"

namespace launchgate {

// Calls `visit` for every place in `root` that `path` names. Absent places are passed over.
template <class Visit>
void walk(Node root, std::string_view path, Visit&& visit) {
  if (!root) return;
  if (path.empty()) return visit(root);
  if (path[0] == '.') path.remove_prefix(1);
  if (path.substr(0, 2) == "[]" || path.substr(0, 3) == "{*}") {
    if (path[0] == '[' ? !root.is_array() : !root.is_object()) return;
    for (Node child : root) walk(child, path.substr(path[0] == '[' ? 2 : 3), visit);
    return;
  }
  std::size_t end = 0;
  while (end < path.size() && path[end] != '.' && path[end] != '[' && path[end] != '{') ++end;
  walk(root[path.substr(0, end)], path.substr(end), visit);
}

// True if `path` is written in the language.
bool is_valid_path(std::string_view path);

}  // namespace launchgate
