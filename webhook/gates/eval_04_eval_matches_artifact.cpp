// PRR-EVAL-04 eval-matches-artifact
// Fields: the subject of each report (its file, else spec.evaluation.reports[].subject): model, promptDigest, image,
// indexVersion; spec.observability.{modelRoutes[], promptRefs[]}, spec.useCase.retrieval.version; images of the containers;
// images and models that an operator's kind names
// Allowed: what a report says of its subject is what the review declares and what the workload runs. Evaluation tools
// write a provider in front of the model (openai:gpt-4.1, openai/gpt-4.1); that is the same model. A model that the manifest
// names otherwise only warns: it may be the same under the name of a bucket.
// Strength: observed when every subject stands in a file that was read, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {
namespace {

bool ends(std::string_view s, std::string_view with) {
  return s.size() >= with.size() && s.substr(s.size() - with.size()) == with;
}

// `tested` is `model`, alone or behind its provider.
bool is_model(std::string_view tested, std::string_view model) {
  if (model.empty() || !ends(tested, model)) return false;
  const auto rest = tested.size() - model.size();
  return rest == 0 || tested[rest - 1] == ':' || tested[rest - 1] == '/';
}

bool is_route(std::string_view tested, Node route) {
  const auto model = route["model"].text(), revision = route["revision"].text();
  if (is_model(tested, model)) return true;
  if (model.empty() || revision.empty()) return false;
  for (const char* joint : {"@", ":", "-", "/"})
    if (is_model(tested, std::string{model} + joint + std::string{revision})) return true;
  return false;
}

class Subject {
 public:
  Subject(const Facts& f, const EvalReport& r, std::size_t position, Offenders& bad, Offenders& odd)
      : f_(f), r_(r), position_(position), bad_(bad), odd_(odd) {}

  void check() {
    const Node observability = f_.spec["observability"], routes = observability["modelRoutes"],
               prompts = observability["promptRefs"];
    if (!r_.model.empty() && none(routes, [&](Node n) { return is_route(r_.model, n); }))
      say("ReportOfOtherModel", "model " + shown(r_.model), "the review declares", values(routes, "model"));
    if (!r_.model.empty() && !f_.workload.models.empty() && !serves(r_.model))
      odd_.add("ManifestOfOtherModel",
               name() + " ran on model " + shown(r_.model) + "; the manifest serves " + listed(models()),
               "spec.evaluation." + name());
    if (!r_.prompt_digest.empty() && none(prompts, [&](Node n) { return n["digest"].text() == r_.prompt_digest; }))
      say("ReportOfOtherPrompt", "prompt " + short_digests(r_.prompt_digest), "the review declares",
          values(prompts, "digest"));
    if (!r_.image.empty() && has_images() && !runs(parse_image(r_.image)))
      say("ReportOfOtherImage", "image " + short_digests(r_.image), "this rollout runs", images());
    const Node index = f_.spec["useCase"]["retrieval"]["version"];
    if (!r_.index_version.empty() && index && index.text() != r_.index_version)
      say("ReportOfOtherIndex", "index version " + shown(r_.index_version), "the review declares",
          {shown(index.text())});
  }

 private:
  template <class Test>
  static bool none(Node list, Test&& test) {
    for (Node n : list)
      if (test(n)) return false;
    return true;
  }
  static std::vector<std::string> values(Node list, std::string_view field) {
    std::vector<std::string> out;
    for (Node n : list)
      if (stated(n[field])) out.push_back(short_digests(n[field].text()));
    return out;
  }
  template <class Visit>
  void each_image(Visit&& visit) const {
    for (const PodView& pod : f_.workload.pods)
      for (Node c : pod.containers) visit(c["image"].text());
    for (Node n : f_.workload.images)
      if (const auto text = image_text(n); !text.empty()) visit(text);
  }
  // Either may carry what the other leaves out: hf://org/name, org/name, name.
  bool serves(std::string_view tested) const {
    for (Node n : f_.workload.models)
      if (is_model(tested, n.text()) || is_model(n.text(), tested) ||
          is_model(n.text(), tested.substr(tested.find_last_of(":/") + 1)))
        return true;
    return false;
  }
  std::vector<std::string> models() const {
    std::vector<std::string> out;
    for (Node n : f_.workload.models) out.push_back(shown(n.text()));
    return out;
  }
  bool has_images() const {
    bool any = false;
    each_image([&](std::string_view) { any = true; });
    return any;
  }
  bool runs(const Image& tested) const {
    bool found = false;
    each_image([&](std::string_view image) { found |= same_image(tested, parse_image(image)); });
    return found;
  }
  std::vector<std::string> images() const {
    std::vector<std::string> out;
    each_image([&](std::string_view image) { out.push_back(short_digests(image)); });
    return out;
  }
  std::string name() const { return "reports[" + std::to_string(position_) + "]"; }
  [[gnu::cold]] void say(std::string_view reason, const std::string& tested, const char* whose,
                         const std::vector<std::string>& declared) {
    bad_.add(reason, name() + " ran on " + tested + "; " + whose + " " + (declared.empty() ? "none" : listed(declared)),
             "spec.evaluation." + name());
  }

  const Facts& f_;
  const EvalReport& r_;
  const std::size_t position_;
  Offenders &bad_, &odd_;
};

}  // namespace

Finding eval_matches_artifact(const Facts& f) {
  Offenders bad, odd;
  std::size_t position = 0, known = 0;
  auto strength = Strength::Observed;
  for (const EvalReport& r : f.review->evidence.reports) {
    const auto at = position++;
    if (!trusted(r) || (r.model.empty() && r.prompt_digest.empty() && r.image.empty())) continue;
    ++known;
    if (!r.parsed) strength = Strength::Claimed;
    Subject{f, r, at, bad, odd}.check();
  }
  if (known == 0)
    return unknown("SubjectUnknown", "no report says what it was run on", {},
                   "spec.evaluation.reports[].subject: {model, promptDigest, image}, or a report that carries it");
  if (bad) return bad.finding();
  if (odd) return odd.warning(strength);
  return pass(strength);
}

}  // namespace launchgate
