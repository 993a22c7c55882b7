// PRR-SEC-05 model-provenance
// Fields: spec.security.models[].{uri, digest, aibom}, spec.observability.modelRoutes[]
// Allowed, where weights are self-hosted: each of them with its uri and a digest (its own, or one in the uri), and not in
// a format that runs code when it is loaded (pickle).
// Strength: claimed; the bytes are not fetched.
#include <algorithm>
#include <array>

#include "gates/facts.h"
#include "gates/finding.h"
#include "gates/model_name.h"

namespace launchgate {
namespace {

constexpr std::array<std::string_view, 6> pickles{".pkl", ".pickle", ".pt", ".pth", ".ckpt", ".bin"};

bool is_pickle(std::string_view uri) {
  return std::any_of(pickles.begin(), pickles.end(), [&](std::string_view end) {
    return uri.size() > end.size() && uri.substr(uri.size() - end.size()) == end;
  });
}

// The first route to weights of one's own.
Node self_hosted(Node spec) {
  for (Node route : spec["observability"]["modelRoutes"])
    if (read_model_name(route["provider"].text(), route["model"].text()) == ModelName::Weights) return route;
  return {};
}

}  // namespace

Finding model_provenance(const Facts& f) {
  const Node models = f.spec["security"]["models"], route = self_hosted(f.spec);
  const std::string path = "spec.security.models";
  if (models.size() == 0 && !route) return not_applicable("no model is self-hosted");
  if (models.size() == 0)
    return fail("ModelOriginMissing", "nobody says where the weights of " + shown(route["model"].text()) + " come from",
                path);
  Offenders bad;
  for (Node m : models) {
    const auto at = "spec." + path_to(f.spec, m), who = called("model", m["uri"]);
    if (!stated(m["uri"])) bad.add("ModelOriginMissing", who + " is listed", at + ".uri");
    else if (!stated(m["digest"]) && m["uri"].text().find("@sha256:") == std::string_view::npos)
      bad.add("ModelNotPinned", who + " has no digest", at + ".digest");
    else if (is_pickle(m["uri"].text()))
      bad.add("ModelRunsCode", who + " is in a format that runs code when it is loaded", at + ".uri",
              "use safetensors or GGUF weights");
  }
  return bad ? bad.finding() : pass();
}

}  // namespace launchgate
