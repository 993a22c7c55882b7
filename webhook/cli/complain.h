// What the verbs say on standard error when something is wrong, one sentence a line, whatever it quotes.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "base/printable.h"
#include "base/result.h"
#include "edge/kube/outcome.h"

namespace launchgate {

// Returns 2, the exit code of bad input.
inline int complain(const std::string& text) {
  std::fprintf(stderr, "launchgate: %s\n", printable(text).c_str());
  return 2;
}
inline void warn(const std::string& text) { (void)complain("warning: " + text); }
inline int complain(const Error& error) { return complain(error.text()); }
inline int complain(const kube::Failure& failure) { return complain(failure.message); }

// True when there are any.
inline bool complain(const std::vector<Error>& problems) {
  for (const Error& e : problems) (void)complain(e);
  return !problems.empty();
}

}  // namespace launchgate
