// PRR-EVAL-10 eval-attested
// Fields: spec.evaluation.attestations[].{ref, predicateType, signerKeyId}; of the policy trust.evalSigners; the images of
// the rollout
// Allowed: at least one statement with its signer. One that can be read (a DSSE envelope in a ConfigMap) verifies with the
// trusted key that it names, says PASSED, and has the whole sha256 of an image of the rollout among its subjects.
// Strength: attested when such a statement verified, else claimed.
#include <algorithm>

#include "gates/facts.h"
#include "gates/finding.h"
#include "model/image.h"

namespace launchgate {
namespace {

// Whole digests only: a subject without a sha256 (a commit) is read as "", which is a part of every digest.
bool is_digest(std::string_view image, std::string_view sha256) {
  constexpr std::string_view algorithm = "sha256:";
  const auto digest = image_digest(image);
  return sha256.size() == 64 && digest.starts_with(algorithm) && digest.substr(algorithm.size()) == sha256;
}

bool runs_subject(const Workload& w, const Attestation& a) {
  const auto matches = [&](Node container) {
    const auto image = container["image"].text();
    return std::any_of(a.subjects.begin(), a.subjects.end(),
                       [&](const std::string& sha256) { return is_digest(image, sha256); });
  };
  for (const PodView& pod : w.pods)
    if (std::any_of(pod.containers.begin(), pod.containers.end(), matches)) return true;
  return false;
}

// Every policy that names signers trusts the one that signed.
bool is_trusted(const Facts& f, const Attestation& a, std::string_view key) {
  bool named = false;
  for (const Policy* p : f.policies) {
    if (p->eval_signers.empty()) continue;
    named = true;
    const bool signs = std::any_of(p->eval_signers.begin(), p->eval_signers.end(), [&](const TrustedKey& k) {
      return k.name == key && std::find(a.verified_by.begin(), a.verified_by.end(), k.pem) != a.verified_by.end();
    });
    if (!signs) return false;
  }
  return named;
}

bool any_signers(const Facts& f) {
  return std::any_of(f.policies.begin(), f.policies.end(), [](const Policy* p) { return !p->eval_signers.empty(); });
}

void judge(const Facts& f, Node declared, const Attestation& a, Offenders& bad) {
  const auto at = "spec." + path_to(f.spec, declared), name = "attestation " + shown(declared["ref"].text());
  const auto key = declared["signerKeyId"].text();
  if (any_signers(f) && !is_trusted(f, a, key))
    bad.add("AttestationNotTrusted", name + " is not signed with a trusted key named " + shown(key),
            at + ".signerKeyId", "have CI sign it with a key of trust.evalSigners, for the release candidate");
  else if (a.result != "PASSED")
    bad.add("AttestedFailure",
            name + " says " + (a.result.empty() ? "no result" : shown(a.result)) + ", expected PASSED", at + ".ref");
  else if (!f.workload.pods.empty() && !runs_subject(f.workload, a))
    bad.add("AttestationOfAnotherImage", name + " is about none of the images of this rollout", at + ".ref",
            "run the suite on the image that is rolled out, and sign that result");
}

}  // namespace

Finding eval_attested(const Facts& f) {
  const Node declared = f.spec["evaluation"]["attestations"];
  const auto& read = f.review->evidence.attestations;
  if (declared.size() == 0) return fail("AttestationMissing", "evaluation result is claimed, not signed");
  Offenders bad, absent;
  bool attested = false;
  std::size_t position = 0;
  for (Node d : declared) {
    const Attestation a = position < read.size() ? read[position] : Attestation{};
    ++position;
    const auto at = "spec." + path_to(f.spec, d);
    if (!stated(d["ref"]) || !stated(d["signerKeyId"]))
      bad.add("AttestationIncomplete",
              std::string{"an attestation has no "} + (stated(d["ref"]) ? "signerKeyId" : "ref"), at);
    else if (a.link == Link::Missing)
      absent.add("AttestationNotFound", "attestation " + shown(d["ref"].text()) + " is not there", at + ".ref");
    else if (a.link == Link::Found && !a.parsed)
      bad.add("AttestationUnreadable",
              "attestation " + shown(d["ref"].text()) + " is no DSSE envelope with a test result", at + ".ref");
    else if (a.parsed) judge(f, d, a, bad);
    attested |= a.parsed && any_signers(f);
  }
  if (bad) return bad.finding();
  const auto strength = attested ? Strength::Attested : Strength::Claimed;
  return absent ? absent.warning(strength) : pass(strength);
}

}  // namespace launchgate
