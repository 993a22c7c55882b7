#include "model/path.h"

namespace launchgate {

bool is_valid_path(std::string_view path) {
  bool step = true;  // at the start, or behind a dot: a key must follow
  for (std::size_t i = 0; i < path.size();) {
    if (path.substr(i, 2) == "[]" || path.substr(i, 3) == "{*}") {
      i += path[i] == '[' ? 2 : 3;
      step = false;
    } else if (path[i] == '.') {
      if (step) return false;
      step = true;
      ++i;
    } else {
      if (!step) return false;
      while (i < path.size() && path[i] != '.' && path[i] != '[' && path[i] != '{') ++i;
      step = false;
    }
  }
  return path.empty() || !step;
}

}  // namespace launchgate
