#include "model/waiver.h"

#include <algorithm>

namespace launchgate {

bool Waiver::excuses(std::size_t gate) const {
  if (kind == Kind::TierOverride) return false;
  if (kind == Kind::BreakGlass && gates.empty()) return true;
  return std::find(gates.begin(), gates.end(), gate) != gates.end();
}

}  // namespace launchgate
