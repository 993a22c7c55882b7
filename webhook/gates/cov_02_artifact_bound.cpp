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
  std::vector<Image> artifacts;
  std::vector<std::string> policies;  // repositories

  explicit Bound(Node covers) {
    for (Node cover : covers) {
      for (Node a : cover["artifacts"]) artifacts.push_back(parse_image(a.text()));
      if (const auto repo = cover["artifactPolicy"]["repo"].text(); !repo.empty())
        policies.push_back(parse_image(repo).repository);
    }
  }
  bool lists(const Image& i) const {
    return std::any_of(artifacts.begin(), artifacts.end(),
                       [&](const Image& a) { return !i.digest.empty() && a.digest == i.digest; });
  }
  bool allows(const Image& i) const {
    return std::find(policies.begin(), policies.end(), i.repository) != policies.end();
  }
  bool speaks_of(const Image& i) const {
    return lists(i) || allows(i) || std::any_of(artifacts.begin(), artifacts.end(), [&](const Image& a) {
             return a.repository == i.repository;
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
  const auto check = [&](const Image& image, auto&& what) {
    if (image.digest.empty()) bad.add("ImageNotPinned", what() + " is named without a digest", {});
    else if (!bound.lists(image) && !bound.allows(image))
      bad.add("ArtifactNotCovered", what() + " is not a digest that the review covers", {});
    else if (!bound.lists(image)) strength = Strength::Claimed;
  };
  std::vector<Image> images;
  for (const PodView& pod : f.workload.pods) {
    images.clear();
    for (const auto* containers : {&pod.containers, &pod.init_containers})
      for (Node c : *containers) images.push_back(parse_image(c["image"].text()));
    const auto subjects = images.begin() + static_cast<std::ptrdiff_t>(pod.containers.size());
    const auto known = [&](const Image& image) { return bound.speaks_of(image); };
    const bool has_subject = std::any_of(images.begin(), subjects, known);
    seen += images.size();
    for (std::size_t i = 0; i < images.size(); ++i) {
      const auto what = [&] {
        const Node c = i < pod.containers.size() ? pod.containers[i] : pod.init_containers[i - pod.containers.size()];
        return "container " + shown(c["name"].text()) + " image " + short_digests(c["image"].text());
      };
      if (has_subject && !known(images[i]))
        beside.add("SidecarNotCovered", what() + " is from a repository that the review does not list", {});
      else check(images[i], what);
    }
  }
  for (Node n : f.workload.images) {
    const auto text = image_text(n);
    if (text.empty()) continue;
    ++seen;
    check(parse_image(text), [&] { return path_to(f.workload.object, n) + " " + short_digests(text); });
  }
  if (bad) return bad.finding();
  if (beside) return beside.finding(Outcome::Warn);
  if (seen == 0) return unknown("ImagesNotVisible", f.workload.reference() + " shows no container images");
  return pass(strength);
}

}  // namespace launchgate
