// PRR-SEC-05 model-provenance
// Fields: spec.security.models[].{uri, digest, aibom}, spec.observability.modelRoutes[]; the model that the arguments
// of the containers name, and those of an operator's kind
// Allowed, where weights are self-hosted (a route to a repository or to a serving engine of one's own; a model that is
// loaded from a store): each of them with its uri and a digest (its own, or one in the uri), and not in a format that
// runs code when it is loaded (pickle).
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

// The model of the first route to weights of one's own.
std::string_view routed(Node spec) {
  for (Node route : spec["observability"]["modelRoutes"]) {
    const auto provider = route["provider"].text(), model = route["model"].text();
    if (is_self_hosted(provider)) return model.empty() ? provider : model;
    if (read_model_name(provider, model) == ModelName::Weights) return model;
  }
  return {};
}

bool is_stored(std::string_view model) {
  for (std::string_view store : {"s3://", "gs://", "hf://", "oci://", "pvc://", "azure://", "hdfs://", "file://", "/"})
    if (model.starts_with(store)) return true;
  return false;
}

// --model s3://…, --model=s3://…: what a serving engine is told to load.
std::string_view loaded_by(Node words) {
  constexpr std::array<std::string_view, 4> flags{"--model", "--model-path", "--model-id", "--model_path"};
  bool next = false;
  for (Node word : words) {
    const auto text = word.text();
    if (next && is_stored(text)) return text;
    next = std::find(flags.begin(), flags.end(), text) != flags.end();
    if (!text.starts_with("--model")) continue;
    const auto sign = text.find('=');
    const bool given =
        sign != std::string_view::npos && std::find(flags.begin(), flags.end(), text.substr(0, sign)) != flags.end();
    if (given && is_stored(text.substr(sign + 1))) return text.substr(sign + 1);
  }
  return {};
}

std::string_view loaded(const Workload& w) {
  for (Node model : w.models)
    if (is_stored(model.text())) return model.text();
  for (const PodView& pod : w.pods)
    for (Node container : pod.containers)
      for (const char* words : {"command", "args"})
        if (const auto model = loaded_by(container[words]); !model.empty()) return model;
  return {};
}

}  // namespace

Finding model_provenance(const Facts& f) {
  const Node models = f.spec["security"]["models"];
  auto hosted = routed(f.spec);
  if (hosted.empty()) hosted = loaded(f.workload);
  const std::string path = "spec.security.models";
  if (models.size() == 0 && hosted.empty()) return not_applicable("no model is self-hosted");
  if (models.size() == 0)
    return fail("ModelOriginMissing", "nobody says where the weights of " + shown(hosted) + " come from", path);
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
