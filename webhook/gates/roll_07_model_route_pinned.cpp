// PRR-ROLL-07 model-route-pinned
// Fields: spec.observability.modelRoutes[].{provider, model, revision, digest}
// Allowed: at least one route, each of which says which version answers: by its name (gates/model_name.h), or by a
// digest or a revision that is not itself one that moves, such as main or latest.
// Strength: claimed; what really answers is seen only in traces.
#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/model_name.h"

namespace launchgate {
namespace {

// "openai/gpt-4o"
std::string route_name(Node route) {
  std::string name{route["provider"].text()};
  if (!name.empty()) name += '/';
  return shown(name.append(route["model"].text()));
}

}  // namespace

Finding model_route_pinned(const Facts& f) {
  const Node routes = f.spec["observability"]["modelRoutes"];
  if (routes.size() == 0) return fail("ModelRouteMissing", "no model route is declared");
  Offenders bad;
  std::size_t position = 0;
  for (Node r : routes) {
    const auto at = "modelRoutes[" + std::to_string(position++) + "]", path = "spec.observability." + at;
    if (stated(r["digest"])) continue;
    if (stated(r["revision"])) {
      if (is_moving(r["revision"].text()))
        bad.add("ModelRevisionMoves",
                "model route " + route_name(r) + " has revision " + shown(r["revision"].text()) + ", which moves",
                path + ".revision");
      continue;
    }
    if (!stated(r["model"])) {
      bad.add("ModelNotNamed", at + " names no model", path + ".model");
      continue;
    }
    switch (read_model_name(r["provider"].text(), r["model"].text())) {
      case ModelName::Versioned: break;
      case ModelName::Alias:
        bad.add("ModelIsAlias", "model route " + route_name(r) + " is an alias, not a version", path + ".model");
        break;
      case ModelName::Weights:
        bad.add("ModelWithoutRevision", "model route " + route_name(r) + " has no revision", path + ".revision");
        break;
    }
  }
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
