// PRR-COV-02 artifact-bound
// Fields: spec.covers[].{artifacts[], artifactPolicy.repo}; images of all containers, init containers included, and those
// that an operator's kind names outside of containers
// Allowed: every image is pinned by digest, and the digest stands in artifacts[] of any entry of the review, or its
// repository is that of an artifactPolicy. A container from a repository that the review does not speak of (a sidecar,
// often injected) only warns, as long as each pod holds an image that the review does speak of.
// Strength: observed when every digest is listed; claimed through an artifactPolicy, whose signature is not verified.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {
namespace {

struct Bound {
  std::vector<std::string_view> artifacts, policies;  // images; repositories

  explicit Bound(Node covers) {
    for (Node cover : covers) {
      for (Node a : cover["artifacts"]) artifacts.push_back(a.text());
      if (const auto repo = cover["artifactPolicy"]["repo"].text(); !repo.empty()) policies.push_back(repo);
    }
  }
  bool lists(std::string_view image) const {
    const auto digest = image_digest(image);
    return !digest.empty() && std::any_of(artifacts.begin(), artifacts.end(),
                                          [&](std::string_view a) { return image_digest(a) == digest; });
  }
  bool allows(std::string_view image) const {
    return std::any_of(policies.begin(), policies.end(),
                       [&](std::string_view repo) { return same_repository(repo, image); });
  }
  bool speaks_of(std::string_view image) const {
    return lists(image) || allows(image) || std::any_of(artifacts.begin(), artifacts.end(), [&](std::string_view a) {
             return same_repository(a, image);
           });
  }
};

}  // namespace

Finding artifact_bound(const Facts& f) {
  if (const Kind* kind = f.workload.kind; kind && kind->pod_templates.empty() && kind->images.empty())
    return not_applicable("a " + std::string{kind->kind} + " names no image");
  const Bound bound{f.spec["covers"]};
  if (bound.artifacts.empty() && bound.policies.empty())
    return fail("ArtifactsMissing", "the review lists no image that it was given for");
  Offenders bad, beside;
  auto strength = Strength::Observed;
  std::size_t seen = 0;
  // `what` is called for offenders only.
  const auto check = [&](std::string_view image, auto&& what) {
    if (image_digest(image).empty()) bad.add("ImageNotPinned", what() + " is named without a digest", {});
    else if (!bound.lists(image) && !bound.allows(image))
      bad.add("ArtifactNotCovered", what() + " is not a digest that the review covers", {});
    else if (!bound.lists(image)) strength = Strength::Claimed;
  };
  for (const PodView& pod : f.workload.pods) {
    const auto known = [&](Node c) { return bound.speaks_of(c["image"].text()); };
    const bool has_subject = std::any_of(pod.containers.begin(), pod.containers.end(), known);
    seen += pod.containers.size() + pod.init_containers.size();
    for (const auto* containers : {&pod.containers, &pod.init_containers})
      for (Node c : *containers) {
        const auto image = c["image"].text();
        const auto what = [&] { return "container " + shown(c["name"].text()) + " image " + short_digests(image); };
        if (has_subject && !known(c))
          beside.add("SidecarNotCovered", what() + " is from a repository that the review does not list", {});
        else check(image, what);
      }
  }
  for (Node n : f.workload.images) {
    const auto text = image_text(n);
    if (text.empty()) continue;
    ++seen;
    check(text, [&] { return path_to(f.workload.object, n) + " " + short_digests(text); });
  }
  if (bad) return bad.finding();
  if (beside) return beside.finding(Outcome::Warn);
  if (seen == 0) return unknown("ImagesNotVisible", f.workload.reference() + " shows no container images");
  return pass(strength);
}

}  // namespace launchgate
