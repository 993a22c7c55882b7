// PRR-COV-02 artifact-bound
// Fields: spec.covers[].{artifacts[], artifactPolicy.repo}; images of all containers, init containers included, and those
// that an operator's kind names outside of containers
// Allowed: every image is pinned by digest, and the digest stands in artifacts[] of any entry of the review, or its
// repository is that of an artifactPolicy. A container from a repository that the review does not speak of (a sidecar)
// only warns, as long as each pod holds an image that the review does speak of, and it is pinned. From tier high on one
// that is not pinned fails, unless its image is one that others inject, such as a mesh's proxy.
// Strength: observed when every digest is listed; claimed through an artifactPolicy, whose signature is not verified.
#include <algorithm>
#include <array>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {
namespace {

// What the review says of an image, from nothing at all.
enum class Standing : std::uint8_t { Unknown, Related, Allowed, Listed };  // Related: of a repository that it lists

// How the repositories end of images that meshes, agents and operators put beside an application, as they are set up for
// the whole cluster: who writes the manifest doesn't choose their tag.
constexpr std::array<std::string_view, 21> injected{"/proxyv2",
                                                    "/ztunnel",
                                                    "linkerd/proxy",
                                                    "linkerd/proxy-init",
                                                    "/consul-dataplane",
                                                    "/consul-k8s-control-plane",
                                                    "/kuma-dp",
                                                    "/kuma-init",
                                                    "/aws-appmesh-envoy",
                                                    "/cilium-envoy",
                                                    "/daprd",
                                                    "/dapr",
                                                    "hashicorp/vault",
                                                    "/flagd",
                                                    "/opentelemetry-collector",
                                                    "/opentelemetry-collector-contrib",
                                                    "/opentelemetry-collector-k8s",
                                                    "datadog/agent",
                                                    "/gcs-fuse-csi-driver-sidecar-mounter",
                                                    "/jaeger-agent",
                                                    "kserve/agent"};

bool is_injected(std::string_view image) {
  const auto name = image_name(image);
  return name.find("/autoinstrumentation-") != std::string_view::npos ||
         std::any_of(injected.begin(), injected.end(), [&](std::string_view end) { return name.ends_with(end); });
}

class Bound {
 public:
  explicit Bound(Node covers) {
    for (Node cover : covers) {
      for (Node a : cover["artifacts"]) artifacts_.push_back({a.text(), image_digest(a.text())});
      if (const auto repo = cover["artifactPolicy"]["repo"].text(); !repo.empty()) policies_.push_back(repo);
    }
  }
  bool empty() const { return artifacts_.empty() && policies_.empty(); }
  Standing standing(std::string_view image) const {
    const auto digest = image_digest(image);
    const auto any = [](const auto& all, auto&& test) { return std::any_of(all.begin(), all.end(), test); };
    if (!digest.empty() && any(artifacts_, [&](const Artifact& a) { return a.digest == digest; }))
      return Standing::Listed;
    if (any(policies_, [&](std::string_view repo) { return same_repository(repo, image); })) return Standing::Allowed;
    if (any(artifacts_, [&](const Artifact& a) { return same_repository(a.image, image); })) return Standing::Related;
    return Standing::Unknown;
  }

 private:
  struct Artifact {
    std::string_view image, digest;
  };
  std::vector<Artifact> artifacts_;
  std::vector<std::string_view> policies_;  // repositories
};

}  // namespace

Finding artifact_bound(const Facts& f) {
  if (const Kind* kind = f.workload.kind; kind && kind->pod_templates.empty() && kind->images.empty())
    return not_applicable("a " + std::string{kind->kind} + " names no image");
  const Bound bound{f.spec["covers"]};
  if (bound.empty()) return fail("ArtifactsMissing", "the review lists no image that it was given for");
  Offenders bad, beside;
  auto strength = Strength::Observed;
  std::size_t seen = 0;
  // `what` is called for offenders only.
  const auto check = [&](std::string_view image, Standing standing, auto&& what) {
    const auto add = [&](std::string_view reason, const char* how) {
      bad.add(
          reason, [&] { return what() + how; }, [] { return std::string{}; });
    };
    if (image_digest(image).empty()) add("ImageNotPinned", " is named without a digest");
    else if (standing < Standing::Allowed) add("ArtifactNotCovered", " is not a digest that the review covers");
    else if (standing == Standing::Allowed) strength = Strength::Claimed;
  };
  for (const PodView& pod : f.workload.pods) {
    const auto known = [&](Node c) { return bound.standing(c["image"].text()) != Standing::Unknown; };
    const bool has_subject = std::any_of(pod.containers.begin(), pod.containers.end(), known);
    seen += pod.containers.size() + pod.init_containers.size();
    for (const auto* containers : {&pod.containers, &pod.init_containers})
      for (Node c : *containers) {
        const auto image = c["image"].text();
        const Standing standing = bound.standing(image);
        const auto what = [&] { return "container " + shown(c["name"].text()) + " image " + short_digests(image); };
        const bool fixed = f.tier < Tier::High || !image_digest(image).empty() || is_injected(image);
        if (has_subject && standing == Standing::Unknown && fixed)
          beside.add(
              "SidecarNotCovered", [&] { return what() + " is from a repository that the review does not list"; },
              [] { return std::string{}; });
        else check(image, standing, what);
      }
  }
  for (Node n : f.workload.images) {
    const auto text = image_text(n);
    if (text.empty()) continue;
    ++seen;
    check(text, bound.standing(text), [&] { return path_to(f.workload.object, n) + " " + short_digests(text); });
  }
  if (bad) return bad.finding();
  if (beside) return beside.warning(strength);
  if (seen == 0) return unknown("ImagesNotVisible", f.workload.reference() + " shows no container images");
  return pass(strength);
}

}  // namespace launchgate
