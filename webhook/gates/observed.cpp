#include "gates/observed.h"

#include "base/time.h"

namespace launchgate {

bool says_internal(Node spec) { return audience(spec) == "internal"; }

bool says_it_only_suggests(Node spec, TimePoint now) {
  const auto how = automation(spec);
  return (how == "suggest" || how == "draft") && !excused(spec, "automation", now);
}

Observed observe(const Facts& f) {
  Observed out{exposure_of(f.world, f.workload, says_internal(f.spec)), {}};
  if (says_it_only_suggests(f.spec, f.now)) out.rights = write_rights_of(f.world, f.workload);
  return out;
}

bool excused(Node spec, std::string_view axis, TimePoint now) {
  for (Node e : spec["useCase"]["observedExceptions"]) {
    const auto until = parse_end(e["until"].text());
    if (e["axis"].text() == axis && stated(e["reason"]) && until && *until > now) return true;
  }
  return false;
}

}  // namespace launchgate
